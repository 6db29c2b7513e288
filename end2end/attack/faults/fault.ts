// What a way to misbehave is made of.
import { good, type Behaviour, type Call } from '../support/mock.ts';

export interface Fault {
  /** Where it shows, after `/c/<name>`. */
  page: string;
  answer: Behaviour;
  /** Of the connection, besides name and url. */
  settings?: Record<string, string | Record<string, string>>;
}

export type Faults = Record<string, Fault>;

const TABLE = '/t/overview?ns=a&t=t';
const TABLES = '/ns?ns=a&tab=tables';

const at = (page: string, concerns: (call: Call) => boolean) => (answer: Behaviour): Fault => ({
  page,
  answer: (call) => (concerns(call) ? answer(call) : good(call)),
});

/** Misbehaves when a table is loaded, a namespace is listed, the configuration is asked for. */
export const table = at(TABLE, ({ method, path }) => method === 'GET' && path.includes('/tables/t'));
export const list = at(TABLES, ({ method, path }) => method === 'GET' && path.endsWith('/tables'));
export const config = at('', ({ path }) => path === '/v1/config');

const oauth2 = { auth: { type: 'oauth2', client_id: 'crowsnest', client_secret: 'a-secret-of-the-mock' } };
/** Misbehaves when a token is asked for. */
export const token = (answer: Behaviour): Fault => ({
  ...at(TABLE, ({ path }) => path.endsWith('/tokens'))(answer),
  settings: oauth2,
});

/** Bytes as they are, instead of an answer; the connection stays open unless they end with `end`. */
export const raw = (...parts: (string | Buffer | 'end' | 'reset')[]): Behaviour => async ({ socket }) => {
  socket.on('error', () => {});
  for (const part of parts) {
    if (part === 'end') socket.end();
    else if (part === 'reset') socket.resetAndDestroy();
    else await new Promise((sent) => socket.write(part, sent));
  }
};

/** Writes `next()` again and again, as fast as it is read or every `pause` ms, until the client has gone. */
export const endless = (head: string, next: () => string | Buffer, pause = 0): Behaviour => async ({ socket }) => {
  socket.on('error', () => {});
  socket.write(head);
  while (!socket.destroyed && socket.writable) {
    if (!socket.write(next())) await new Promise<void>((ready) => void socket.once('drain', ready).once('close', ready));
    await new Promise((later) => (pause ? setTimeout(later, pause) : setImmediate(later)));
  }
};

export const head = (headers: string) => `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${headers}\r\n\r\n`;
