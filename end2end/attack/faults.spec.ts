// Catalogs that misbehave, all at once: each page ends within its bound and says what happened.
import { json } from './faults/json.ts';
import { statuses } from './faults/statuses.ts';
import { tlsServers } from './faults/tls.ts';
import { wire } from './faults/wire.ts';
import { each, type Answer } from './support/ask.ts';
import type { Connection } from './support/console.ts';
import { none, report } from './support/report.ts';
import { expect, test } from './support/test.ts';

const faults = { ...statuses, ...wire, ...json };
/** Silence ends after 15 s and a read after 30 s, and a page is asked for every few seconds. */
const BOUND = 40_000;

test('catalogs that misbehave: every page ends within its bound and says why @short', async ({ serve, start }) => {
  const mock = await serve(Object.fromEntries(Object.entries(faults).map(([name, { answer }]) => [name, answer])));
  const tls = await tlsServers();
  const connections: Connection[] = [
    ...Object.entries(faults).map(([name, { settings }]) => ({ name, url: `${mock.url}/${name}`, kind: 'generic', ...settings })),
    ...Object.entries(tls.addresses).map(([name, url]) => ({ name, url, kind: 'generic' })),
  ];
  const console = await start('faults', { connections });
  const wrong = await each(connections, connections.length, async ({ name }) => {
    const page = faults[name]?.page ?? '';
    const why = await console.settled(`/c/${name}${page}`, BOUND).then(dishonest, (error: Error) => error.message);
    return why && `${name}: ${why}`;
  });
  expect((await console.ask('/healthz')).status).toBe(200);
  tls.stop();
  const failed = wrong.filter((why) => why !== undefined);
  report('misbehaving catalogs', `${connections.length} ways, ${failed.length} without an honest end`);
  none(failed);
});

/** A page with a heading and words, of a size that a person can read, whatever its status. */
function dishonest({ status, body, headers }: Answer): string | undefined {
  if (!headers['content-type']?.startsWith('text/html')) return `${status} is no page: ${body.slice(0, 80)}`;
  if (body.length > 2 << 20) return `a page of ${body.length} bytes`;
  const main = body.slice(body.indexOf('<main')).replace(/<script.*?<\/script>/gs, '').replace(/<[^>]*>/g, ' ');
  if (!body.includes('<h1') || main.replace(/\s+/g, ' ').length < 80) return `${status} without words`;
  if (/panicked|unwrap|RecvError|Other\(/.test(main)) return `${status} in words of the program: ${main.slice(0, 200)}`;
  return undefined;
}
