// Starts the console once for a run, on a free port, over its own sample catalog.
// CROWSNEST_URL names one that runs already (make dev, the real catalogs): then that one is used.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export const binary = resolve(process.env.CROWSNEST_BIN ?? join(import.meta.dirname, '../../target/release/crowsnest'));
const logs = join(import.meta.dirname, '../artifacts/logs');

export default async function start(): Promise<(() => Promise<void>) | void> {
  if (process.env.CROWSNEST_URL) return;
  const metrics = `127.0.0.1:${await freePort()}`;
  const { url, stop } = await launch(await freePort(), { CROWSNEST_METRICS_LISTEN: metrics });
  process.env.CROWSNEST_URL = url;
  process.env.CROWSNEST_METRICS = `http://${metrics}`;
  return stop;
}

/** Starts the console on a port, over a sample catalog of its own. */
export async function launch(port: number, env: Record<string, string> = {}) {
  const address = `127.0.0.1:${port}`;
  const url = `http://${address}`;
  // A folder of its own: no crowsnest.toml of this machine is read, and the site must come from the binary.
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-'));
  mkdirSync(logs, { recursive: true });
  const log = join(logs, `crowsnest-${port}.log`);
  let failure: string | undefined;
  const server = spawn(binary, ['--listen', address, '--sample'], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, XDG_CONFIG_HOME: folder, ...env },
  });
  server.on('error', (error) => (failure ??= `${binary} does not start: ${error.message}. Build it with \`make build\`.`));
  server.on('exit', (code) => (failure ??= `${binary} stopped with code ${code}; see ${log}`));
  const output = createWriteStream(log);
  server.stdout.pipe(output, { end: false });
  server.stderr.pipe(output, { end: false });
  for (const deadline = Date.now() + 30_000; !(await healthy(url)); await pause(100)) {
    if (Date.now() > deadline) failure ??= `${binary} was not healthy within 30 s; see ${log}`;
    if (failure) {
      server.kill();
      throw new Error(failure);
    }
  }
  const stop = async () => {
    if (server.exitCode === null) {
      const gone = new Promise((done) => server.once('exit', done));
      server.kill('SIGTERM');
      await gone;
    }
    if (readFileSync(log, 'utf8').includes('"message":"panicked"')) throw new Error(`the server panicked; see ${log}`);
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, stop };
}

async function healthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    return false;
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
