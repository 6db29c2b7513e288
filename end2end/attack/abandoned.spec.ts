// Work that nobody waits for, work that never ends, and clients that only hold on.
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { each, ours } from './support/ask.ts';
import { good, reply } from './support/mock.ts';
import { pulse } from './support/pulse.ts';
import { report } from './support/report.ts';
import { expect, test } from './support/test.ts';

/** How long a page of an endless list takes, in milliseconds. */
const PAGE = 100;
/** Calls to one catalog at the same time. */
const BULKHEAD = 32;

test('reads that were abandoned end, and new ones join what is under way', async ({ serve, start }) => {
  const mock = await serve({
    // A list that goes on for ever, a page at a time.
    endless: async (call) => {
      if (!call.path.endsWith('/tables')) return good(call);
      await pause(PAGE);
      const page = Number(/pageToken=(\d+)/.exec(call.query)?.[1] ?? 0);
      reply(call, 200, { identifiers: [{ namespace: ['a'], name: `t${page}` }], 'next-page-token': String(page + 1) });
    },
  });
  const console = await start('abandoned', { connections: [{ name: 'endless', url: `${mock.url}/endless`, kind: 'generic' }] });
  const asked = 'ask[filter]=&ask[descending]=false&ask[start]=0&ask[count]=10';
  const path = `/api/names?place=${encodeURIComponent('/c/endless?ns=a')}&kind=tables&${encodeURI(asked)}&fresh=true`;
  const began = performance.now();
  await each(Array.from({ length: 100 }), 100, () => console.ask(path, { headers: ours, patience: 300 }).catch(() => undefined));
  const then = mock.calls.get('endless')!;
  await expect
    .poll(async () => {
      const before = mock.calls.get('endless')!;
      await pause(1_000);
      return mock.calls.get('endless')! - before;
    }, { timeout: 25_000, message: 'calls within a second, when nobody waits any more' })
    .toBe(0);
  const all = mock.calls.get('endless')!;
  report('100 abandoned reads', `${then} calls while they were waited for, ${all - then} after`);
  expect(then).toBeGreaterThan(0);
  // All of them wait for one list, which makes one call at a time.
  expect(all).toBeLessThan((performance.now() - began) / PAGE + 20);
});

test('a catalog that hangs is not called without limit, and others do not wait @short', async ({ serve, start }) => {
  const mock = await serve({ hangs: (call) => (call.path.includes('/tables/') ? undefined : good(call)), good });
  const connections = ['hangs', 'good'].map((name) => ({ name, url: `${mock.url}/${name}`, kind: 'generic' }));
  const console = await start('bulkhead', { connections });
  await console.ask('/c/hangs/ns?ns=a');
  const tables = Array.from({ length: 400 }, (_, index) => `/c/hangs/t/overview?ns=a&t=t${index}`);
  const { slowest, result } = await pulse(console, async () => {
    const waiting = each(tables, 400, (path) => console.ask(path, { patience: 4_000 }).then(({ status }) => status, () => 0));
    await pause(500);
    const other = await console.ask('/c/good/ns?ns=a', { patience: 10_000 });
    await waiting;
    return other;
  });
  const most = mock.most.get('hangs')!;
  report('400 reads of a catalog that hangs', `${most} at once at most, another catalog in ${result.took.toFixed(0)} ms, health within ${slowest.toFixed(0)} ms`);
  expect(result.status).toBe(200);
  expect(most).toBeLessThanOrEqual(BULKHEAD);
  expect(slowest).toBeLessThan(1_000);
});

/** Sockets that send `text` and then nothing; resolves when all are connected or refused. */
async function hold(url: string, count: number, text: string): Promise<{ sockets: net.Socket[]; closed: () => number }> {
  const { hostname, port } = new URL(url);
  let closed = 0;
  const sockets = Array.from({ length: count }, () => net.connect(Number(port), hostname));
  await Promise.all(
    sockets.map((socket) => {
      socket.on('error', () => {}).on('close', () => (closed += 1)).resume();
      return new Promise<void>((ready) => void socket.once('connect', () => socket.write(text, () => ready())).once('error', () => ready()));
    }),
  );
  return { sockets, closed: () => closed };
}

for (const [name, descriptors, count, text] of [
  ['600 idle sockets at 200 descriptors', 200, 600, ''],
  ['1,000 half headers', undefined, 1_000, 'GET / HTTP/1.1\r\nHost: localhost\r\nX: '],
  ['300 slow bodies', undefined, 300, 'POST /c/x/grants HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na'],
] as const) {
  test(`${name}: health answers, and all are let go`, async ({ start }) => {
    const console = await start('held', { descriptors, flags: ['--sample'] });
    const held = await hold(console.url, count, text);
    const { slowest } = await pulse(console, () =>
      expect.poll(held.closed, { timeout: 120_000, message: 'sockets that were let go' }).toBe(count),
    );
    report(name, `all let go, health within ${slowest.toFixed(0)} ms`);
    expect(slowest).toBeLessThan(1_000);
    expect((await console.ask('/')).status).toBe(200);
  });
}
