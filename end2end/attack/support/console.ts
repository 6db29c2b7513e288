// A release binary with a configuration, a log and limits of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { ask, navigation, type Answer } from './ask.ts';

export const binary = resolve(process.env.CROWSNEST_BIN ?? join(import.meta.dirname, '../../../target/release/crowsnest'));
const logs = join(import.meta.dirname, '../../artifacts/attack-logs');

/** One `[[connection]]`; keys of `auth` and `headers` are nested tables. */
export interface Connection {
  name: string;
  url: string;
  [key: string]: string | boolean | number | Record<string, string>;
}

export interface Settings {
  connections?: Connection[];
  /** Above the connections, as TOML. */
  server?: string;
  flags?: string[];
  /** Open file descriptors that the process may have. */
  descriptors?: number;
  /** Variables that it has besides. */
  environment?: Record<string, string>;
}

export class Console {
  private constructor(
    readonly url: string,
    /** Where operators ask for health and metrics. */
    private readonly operators: string,
    readonly folder: string,
    readonly logFile: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(name: string, { connections = [], server = '', flags = [], descriptors, environment = {} }: Settings = {}): Promise<Console> {
    const folder = mkdtempSync(join(tmpdir(), 'crowsnest-attack-'));
    mkdirSync(logs, { recursive: true });
    const logFile = join(logs, `${name}.log`);
    const log = createWriteStream(logFile);
    const config = join(folder, 'crowsnest.toml');
    writeFileSync(config, toml(`metrics_listen = "127.0.0.1:0"\n${server}`, connections), { mode: 0o600 });
    const command = `${descriptors ? `ulimit -n ${descriptors}; ` : ''}exec "$0" "$@"`;
    const child = spawn('sh', ['-c', command, binary, '--config', config, '--listen', '127.0.0.1:0', ...flags], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, XDG_CONFIG_HOME: folder, ...environment },
    });
    child.stderr.pipe(log);
    const said = (stream: Readable, pattern: RegExp) =>
      new Promise<string>((resolve, reject) => {
        let text = '';
        const listen = (chunk: Buffer) => {
          const found = pattern.exec((text += chunk));
          if (!found) return;
          stream.off('data', listen);
          resolve(found[1]!);
        };
        stream.on('data', listen);
        child.once('exit', (code) => reject(new Error(`${binary} stopped with code ${code}; see ${logFile}`)));
      });
    const [url, operators] = await Promise.all([
      said(child.stdout, /ready at (http:\/\/\S+)/),
      said(child.stderr, /"message":"metrics, health and readiness".*?"address":"([^"]+)"/),
    ]);
    return new Console(url, `http://${operators}`, folder, logFile, child);
  }

  get alive() {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  ask(path: string, asked?: Parameters<typeof ask>[2]) {
    return ask(this.url, path, asked);
  }

  /** Opens a page again and again until it no longer waits for its catalog: what it says in the end. */
  async settled(path: string, patience: number, headers: Record<string, string> = {}): Promise<Answer> {
    for (const began = performance.now(); performance.now() - began < patience; ) {
      const answer = await this.ask(path, { patience, headers: { ...navigation, ...headers } });
      if (!answer.body.includes('has not answered yet')) return answer;
    }
    throw new Error(`still waits after ${patience / 1000} s`);
  }

  /** Whether it is healthy: on its own port, and where operators ask. */
  async health(patience: number): Promise<void> {
    await Promise.all([this.url, this.operators].map((url) => ask(url, '/healthz', { patience })));
  }

  async metrics(): Promise<string> {
    return (await ask(this.operators, '/metrics')).body;
  }

  /** MiB of memory: what is resident now, and the most it has been. */
  memory(): { now: number; peak: number } {
    const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8');
    const read = (key: string) => Number(new RegExp(`${key}:\\s*(\\d+)`).exec(status)?.[1]) / 1024;
    return { now: read('VmRSS'), peak: read('VmHWM') };
  }

  /** Command line and environment, as others on the machine may see them. */
  visible(): string {
    return ['cmdline', 'environ'].map((file) => readFileSync(`/proc/${this.process.pid}/${file}`, 'latin1')).join('\n');
  }

  log(): string {
    return readFileSync(this.logFile, 'utf8');
  }

  /** Log lines of changes: one for each, whatever came of it. */
  changes(): Record<string, unknown>[] {
    const lines = this.log().split('\n').filter((line) => line.includes('"outcome"'));
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  private stopped = false;

  /** Ends the process. That it had panicked, or was gone already, fails the check. */
  async stop() {
    if (this.stopped) return;
    this.stopped = true;
    const { alive } = this;
    if (alive) {
      const gone = new Promise((done) => this.process.once('close', done));
      this.process.kill('SIGKILL');
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
    if (!alive) throw new Error(`the server had stopped; see ${this.logFile}`);
    if (this.log().includes('"message":"panicked"')) throw new Error(`the server panicked; see ${this.logFile}`);
  }
}

export function toml(server: string, connections: Connection[]): string {
  // A JSON string is a basic string of TOML.
  const line = ([key, value]: [string, unknown]): string =>
    `${key} = ${typeof value === 'object' ? `{ ${Object.entries(value!).map((pair) => line(pair)).join(', ')} }` : JSON.stringify(value)}`;
  return [server, ...connections.map((connection) => ['[[connection]]', ...Object.entries(connection).map(line)].join('\n'))].join('\n');
}
