// A console of a test's own: with a configuration, a store and a home that nobody else has, over the sample catalogs.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { binary, freePort } from './server.ts';

export const PASSWORD = 'four words that nobody guesses';

export class Console {
  /** All that was logged, of every start. */
  log = '';
  private process: ChildProcess | undefined;

  private constructor(
    readonly folder: string,
    readonly port: number,
  ) {}

  /** Not started yet: `configure` may want to know where it will be. */
  static async prepare(): Promise<Console> {
    return new Console(mkdtempSync(join(tmpdir(), 'crowsnest-own-')), await freePort());
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  get host() {
    return `127.0.0.1:${this.port}`;
  }

  private get env() {
    const { PATH } = process.env;
    return { PATH, HOME: this.folder, XDG_CONFIG_HOME: this.folder, XDG_DATA_HOME: join(this.folder, 'data') };
  }

  /** Its configuration, as TOML. */
  configure(...lines: string[]) {
    const always = ['log = "trace"', 'log_format = "json"', 'metrics_listen = "127.0.0.1:0"', 'trusted_proxies = ["127.0.0.1"]'];
    writeFileSync(this.config, [...always, ...lines].join('\n'), { mode: 0o600 });
  }

  get config() {
    return join(this.folder, 'crowsnest.toml');
  }

  async start() {
    const child = spawn(binary, ['--config', this.config, '--listen', this.host, '--sample'], { cwd: this.folder, env: this.env });
    this.process = child;
    child.stderr.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
    await new Promise<void>((ready, failed) => {
      child.stdout.on('data', (chunk: Buffer) => chunk.includes('ready at') && ready());
      child.once('error', failed);
      child.once('exit', (code) => failed(new Error(`${binary} stopped with code ${code}: ${this.log.slice(-500)}`)));
    });
  }

  /** Looks whether the store is whole and its record unchanged; what is wrong fails the test. */
  async checkStore(): Promise<string> {
    const { code, said } = await this.run(['--config', this.config, 'check-store']);
    if (code !== 0) throw new Error(`the store is not whole: ${said}`);
    return said;
  }

  /** Runs a command of the console, from a folder with nothing in it; what it says, whatever came of it. */
  async run(args: string[], input = ''): Promise<{ code: number | null; said: string }> {
    const empty = join(this.folder, 'empty');
    mkdirSync(empty, { recursive: true });
    const child = spawn(binary, args, { cwd: empty, env: this.env });
    child.stdin.end(input);
    const ended = new Promise<number | null>((done) => child.once('close', done));
    const [said, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { code, said: said + errors };
  }

  /** Adds somebody who signs in with [`PASSWORD`]. */
  async add(name: string, role: string) {
    const { code, said } = await this.run(['user', 'add', name, '--role', role], `${PASSWORD}\n`);
    if (code !== 0) throw new Error(`${name} was not added: ${said}`);
  }

  /** The bytes of every file that the store has, by name. */
  files(): Record<string, Buffer> {
    const folder = join(this.folder, 'data/crowsnest');
    return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
  }

  /** As when the power goes. */
  kill() {
    return this.end('SIGKILL');
  }

  /** Ends for good. That it had panicked, or was gone already, fails the test. */
  async stop() {
    const gone = this.process !== undefined && this.process.exitCode !== null;
    await this.end('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
    if (gone) throw new Error(`the console had stopped: ${this.log.slice(-500)}`);
    if (this.log.includes('"message":"panicked"')) throw new Error(`the console panicked: ${/.*"panicked".*/.exec(this.log)?.[0]}`);
  }

  private async end(signal: NodeJS.Signals) {
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('close', done));
    child.kill(signal);
    await gone;
  }
}
