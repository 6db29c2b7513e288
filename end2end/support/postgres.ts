// A PostgreSQL of a test's own, for as long as the test runs. It ends with this process, however that ends.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Debian has its programs, the newest first. */
const folders = () => readdirSync('/usr/lib/postgresql').sort((one, other) => Number(other) - Number(one)).map((version) => `/usr/lib/postgresql/${version}/bin`);

const RUN = `
trap '' INT TERM HUP PIPE
set -e
cd "$folder"
$as "$bin/initdb" -D "$folder/data" -U crowsnest --auth=trust --encoding=UTF8 --no-locale --no-sync >&2
$as "$bin/pg_ctl" start -w -D "$folder/data" -l "$folder/data/log" -o "-k $folder -c listen_addresses= -c fsync=off" >&2
echo ready
cat >/dev/null
$as "$bin/pg_ctl" stop -D "$folder/data" -m immediate >/dev/null
`;

export class Postgres {
  private constructor(
    readonly folder: string,
    private readonly shell: ChildProcess,
  ) {}

  /** Its address, for `database_url`. */
  get url() {
    return `postgres:///postgres?host=${this.folder}&user=crowsnest`;
  }

  static async start(): Promise<Postgres> {
    const folder = mkdtempSync(join(tmpdir(), 'crowsnest-postgres-'));
    // It does not run as root.
    const other = process.getuid!() === 0 ? 'setpriv --reuid=postgres --clear-groups' : '';
    if (other) execFileSync('chown', ['postgres', folder]);
    else chmodSync(folder, 0o700);
    const shell = spawn('sh', ['-c', RUN], { env: { PATH: process.env.PATH, folder, as: other, bin: folders()[0] }, detached: true });
    let said = '';
    shell.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await new Promise<void>((ready, failed) => {
      shell.stdout!.once('data', () => ready());
      shell.once('exit', () => failed(new Error(`PostgreSQL does not start; end2end/postgres.sh installs it: ${said.slice(-500)}`)));
    });
    return new Postgres(folder, shell);
  }

  /** All that it keeps, as `pg_dump` writes it. */
  dump(): string {
    return execFileSync(join(folders()[0]!, 'pg_dump'), ['-h', this.folder, '-U', 'crowsnest', 'postgres'], { encoding: 'utf8', maxBuffer: 64 << 20 });
  }

  async stop() {
    const gone = new Promise((done) => this.shell.once('exit', done));
    this.shell.stdin!.end();
    await gone;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
