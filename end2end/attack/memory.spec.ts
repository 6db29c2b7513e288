// Answers that are small to send and large to keep.
import { gzipSync } from 'node:zlib';
import { each } from './support/ask.ts';
import { good, loaded, reply, type Behaviour, type Call } from './support/mock.ts';
import { report } from './support/report.ts';
import { expect, test, type Stage } from './support/test.ts';

const MIB = 1 << 20;
const fill = (text: string, mib: number) => Buffer.alloc(mib * MIB, text);
const around = (begin: string, middle: Buffer, end: string) => Buffer.concat([Buffer.from(begin), middle, Buffer.from(end)]);
const [opened, closed] = JSON.stringify(loaded({ properties: { here: 0 } })).split('"here":0') as [string, string];

interface Hostile {
  page: string;
  status?: number;
  on: (call: Call) => boolean;
  body: () => Buffer;
}
const lists = ({ path }: Call) => path === '/v1/namespaces';
const tables = ({ path }: Call) => path.endsWith('/tables');
const loads = ({ path }: Call) => path.includes('/tables/t');
const TABLE = '/t/properties?ns=a&t=t';

const hostile: Record<string, Hostile> = {
  'a list of equal names': { page: '/ns', on: lists, body: () => around('{"namespaces":[', fill('["a"],', 60), '["b"]]}') },
  'a list of tables': { page: '/ns?ns=a&tab=tables', on: tables, body: () => around('{"identifiers":[', fill('{"namespace":["a"],"name":"t"},', 60), '{"namespace":["a"],"name":"u"}]}') },
  'an error body': { page: TABLE, status: 500, on: loads, body: () => around('{"error":{"stack":[', fill('0,', 60), '0]}}') },
  'a property': { page: TABLE, on: loads, body: () => around(`${opened}"x":[`, fill('0,', 60), `0]${closed}`) },
  'an unknown field': { page: TABLE, on: loads, body: () => around('{"extra":[', fill('{},', 60), `0],${JSON.stringify(loaded()).slice(1)}`) },
  'many properties': { page: TABLE, on: loads, body: () => around(opened, Buffer.from(Array.from({ length: 2_000_000 }, (_, n) => `"k${n}":"v"`).join(',')), closed) },
  'a wrong shape': { page: '/ns', on: lists, body: () => around('{"namespaces":"', fill('A', 8), '"}') },
  'a long message': { page: TABLE, status: 500, on: loads, body: () => around('{"error":{"message":"', fill('m', 8), '","type":"X","code":500}}') },
  'a long name': { page: '/ns', on: lists, body: () => around('{"namespaces":[["', fill('n', 8), '"]]}') },
};

/** Bytes are made once, and only when they are asked for. */
function behaviour({ on, status = 200, body }: Hostile, packed: boolean): Behaviour {
  let bytes: Buffer | undefined;
  const headers = packed ? { 'content-encoding': 'gzip' } : {};
  return (call) => {
    if (!on(call)) return good(call);
    bytes ??= packed ? gzipSync(body(), { level: 9 }) : body();
    reply(call, status, bytes, headers);
  };
}

/** Opens the page over `count` catalogs at once; what memory grew to, and what stayed. */
async function attacked({ serve, start }: Stage, name: string, packed: boolean, count: number) {
  const mock = await serve({ x: behaviour(hostile[name]!, packed) });
  const names = Array.from({ length: count }, (_, index) => `x${index}`);
  const console = await start('memory', { connections: names.map((name) => ({ name, url: `${mock.url}/x`, kind: 'generic' })) });
  await console.ask('/');
  const idle = console.memory().now;
  const pages = await each(names, count, (connection) => console.settled(`/c/${connection}${hostile[name]!.page}`, 120_000));
  const largest = Math.max(...pages.map(({ body }) => body.length));
  const { peak } = console.memory();
  await expect.poll(() => console.memory().now - idle, { timeout: 15_000, message: `${name}: MiB kept afterwards` }).toBeLessThan(128);
  await console.stop();
  await mock.stop();
  return { grown: peak - idle, largest };
}

for (const packed of [true, false]) {
  const how = packed ? 'compressed' : 'plain';
  test(`hostile answers, ${how}: at most four times what was read`, async ({ serve, start }) => {
    for (const [name, { body }] of Object.entries(hostile)) {
      await test.step(name, async () => {
        const read = body().length / MIB;
        const { grown, largest } = await attacked({ serve, start }, name, packed, 1);
        report(`${name}, ${how}`, `${read.toFixed(0)} MiB of answer, ${grown.toFixed(0)} MiB of memory, a page of ${(largest / 1024).toFixed(0)} KiB`);
        expect.soft(grown, `${name}: MiB over idle`).toBeLessThanOrEqual(4 * read);
        expect.soft(largest, `${name}: bytes of the page`).toBeLessThan(2 * MIB);
      });
    }
  });
}

test('20 hostile answers at once: at most 512 MiB', async ({ serve, start }) => {
  for (const name of Object.keys(hostile)) {
    await test.step(name, async () => {
      const { grown } = await attacked({ serve, start }, name, true, 20);
      report(`20 of ${name}`, `${grown.toFixed(0)} MiB of memory`);
      expect.soft(grown, `${name}: MiB over idle`).toBeLessThanOrEqual(512);
    });
  }
});

test('one hostile answer of each kind keeps to its memory @short', async ({ serve, start }) => {
  for (const name of ['a list of equal names', 'an error body', 'a property']) {
    const { grown } = await attacked({ serve, start }, name, true, 1);
    report(name, `60 MiB of answer, ${grown.toFixed(0)} MiB of memory`);
    expect.soft(grown, `${name}: MiB over idle`).toBeLessThanOrEqual(240);
  }
});
