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

/** How long a connection waits, and the milliseconds after which none of its pages may wait any more. */
const patience: Record<string, { settings: Record<string, string>; bound: number }> = {
  // Silence ends after 15 s and a read after 30 s; a page is asked for every few seconds.
  'as it is unless told': { settings: {}, bound: 45_000 },
  'as short as it is set @short': { settings: { connect_timeout: '2s', silence_timeout: '2s', read_timeout: '4s', token_timeout: '2s' }, bound: 15_000 },
};

for (const [title, { settings, bound }] of Object.entries(patience)) {
  test(`catalogs that misbehave: every page ends and says why, with patience ${title}`, async ({ serve, start }) => {
    const mock = await serve(Object.fromEntries(Object.entries(faults).map(([name, { answer }]) => [name, answer])));
    const tls = await tlsServers();
    const connections: Connection[] = [
      ...Object.entries(faults).map(([name, fault]) => ({ name, url: `${mock.url}/${name}`, kind: 'generic', ...settings, ...fault.settings })),
      ...Object.entries(tls.addresses).map(([name, url]) => ({ name, url, kind: 'generic', ...settings })),
    ];
    const console = await start('faults', { connections });
    const wrong = await each(connections, connections.length, async ({ name }) => {
      const page = faults[name]?.page ?? '';
      const why = await console.settled(`/c/${name}${page}`, bound).then(dishonest, (error: Error) => error.message);
      return why && `${name}: ${why}`;
    });
    tls.stop();
    expect((await console.ask('/healthz')).status).toBe(200);
    const failed = wrong.filter((why) => why !== undefined);
    report('misbehaving catalogs', `${connections.length} ways, ${failed.length} without an honest end`);
    none(failed);
  });
}

/** A page with a heading and words, of a size that a person can read, whatever its status. */
function dishonest({ status, body, headers }: Answer): string | undefined {
  if (!headers['content-type']?.startsWith('text/html')) return `${status} is no page: ${body.slice(0, 80)}`;
  if (body.length > 2 << 20) return `a page of ${body.length} bytes`;
  const main = body.slice(body.indexOf('<main')).replace(/<script.*?<\/script>/gs, '').replace(/<[^>]*>/g, ' ');
  if (!body.includes('<h1') || main.replace(/\s+/g, ' ').length < 80) return `${status} without words`;
  if (/panicked|unwrap|RecvError|Other\(/.test(main)) return `${status} in words of the program: ${main.slice(0, 200)}`;
  return undefined;
}
