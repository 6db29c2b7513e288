// Servers whose TLS goes wrong.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Addresses by what is wrong with them, and how to close them. */
export async function tlsServers(): Promise<{ addresses: Record<string, string>; stop: () => void }> {
  const { key, cert } = certificate('/CN=localhost', 'DNS:localhost');
  const strange = certificate('/CN=elsewhere.example', 'DNS:elsewhere.example');
  const answer: http.RequestListener = (_, response) => response.end('{"defaults":{},"overrides":{}}');
  const silent = (then: (socket: net.Socket) => void) =>
    net.createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => then(socket));
    });
  const servers: Record<string, net.Server> = {
    'tls-self-signed': https.createServer({ key, cert }, answer),
    'tls-other-name': https.createServer(strange, answer),
    'tls-old': https.createServer({ key, cert, maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }, answer),
    'tls-none': http.createServer(answer),
    'tls-silent': silent(() => {}),
    'tls-reset': silent((socket) => socket.resetAndDestroy()),
    'tls-garbage': silent((socket) => socket.end(Buffer.alloc(512, 0x5a))),
    'tls-alert': silent((socket) => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, 40]))),
  };
  const addresses: Record<string, string> = {};
  for (const [name, server] of Object.entries(servers)) {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    addresses[name] = `https://localhost:${(server.address() as AddressInfo).port}`;
  }
  return { addresses, stop: () => Object.values(servers).forEach((server) => server.close()) };
}

function certificate(subject: string, names: string) {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-tls-'));
  const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
  const options = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-days', '1', '-subj', subject, '-addext', `subjectAltName=${names}`];
  execFileSync('openssl', ['req', '-x509', '-nodes', '-keyout', key, '-out', cert, ...options], { stdio: 'ignore' });
  const pair = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return pair;
}
