// One request with a hostile address must not stop anybody else's.
import { faults, form, navigation, ours, type Answer } from './support/ask.ts';
import type { Console } from './support/console.ts';
import { pulse } from './support/pulse.ts';
import { none, report } from './support/report.ts';
import { routes, type Route } from './support/routes.ts';
import { expect, test } from './support/test.ts';

const LONGEST = 8 * 1024;
const DEEPEST = 64;
const all = routes('sample-polaris');
const join = (path: string, query: string) => `${path}${path.includes('?') ? '&' : '?'}${query}`;

/** Queries by what is hostile about them. All are longer than an address may be. */
const long: Record<string, string> = {
  'levels': 'ns=a&'.repeat(8_000),
  'empty levels': 'ns=&'.repeat(8_000),
  'one long level': `ns=${'a'.repeat(40_000)}`,
  'one long name': `t=${'%F0%9F%92%A9'.repeat(3_000)}`,
  'pairs': Array.from({ length: 4_000 }, (_, index) => `k${index}=v`).join('&'),
  'open branches': 'open=%2Fa%2Fa&shut=%2Fa&'.repeat(1_500),
  'marks': '&'.repeat(40_000),
  'a question': `q=${'%3C'.repeat(10_000)}`,
};
/** Addresses that are short enough and still too deep. */
const deep: Record<string, string> = {
  'one level too many': 'ns=a&'.repeat(DEEPEST + 1),
  'as many levels as fit': 'ns=a&'.repeat(1_500),
};
const place = (levels: number) => `place=${encodeURIComponent(`/c/sample-polaris?${'ns=a&'.repeat(levels)}`)}&ask=&name=x&confirm=x&tab=tables`;

const send = (console: Console, { method, path, kind }: Route, query: string) => {
  const headers = kind === 'function' ? ours : method === 'POST' ? form : navigation;
  const type = method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  return console.ask(join(path, query), { method, headers: { ...headers, ...type }, body: method === 'POST' ? '' : undefined, patience: 10_000 });
};

async function refused(console: Console, routes: Route[], queries: Record<string, string>, status: (answer: Answer, route: Route) => boolean) {
  const tried = routes.flatMap((route) => Object.entries(queries).map(([name, query]) => ({ route, name, query })));
  const beat = await pulse(console, () =>
    faults(tried, 8, async ({ route, name, query }) => {
      const answer = await send(console, route, query).catch((error: Error) => error);
      if (answer instanceof Error) return `${name}: ${answer.message}`;
      return !status(answer, route) && `${name}: ${answer.status} in ${answer.took.toFixed(0)} ms for ${route.method} ${route.path}`;
    }),
  );
  return { tried: tried.length, slowest: beat.slowest, passed: beat.result };
}

test('addresses that are too long or too deep: refused, and health answers meanwhile @short', async ({ start }) => {
  const console = await start('long-addresses', { flags: ['--sample'] });
  const tooLong = await refused(console, all, long, ({ status }) => status === 414);
  // A place stands in the address of a page; functions are told theirs in `place`.
  const placed = all.filter(({ kind, path }) => kind === 'page' && path.startsWith('/c/'));
  const tooDeep = await refused(console, placed, deep, ({ status }) => status === 400);
  const functions = all.filter(({ placed }) => placed);
  const toldDeep = await refused(console, functions, { 'a deep place': place(DEEPEST + 1), 'the deepest place': place(400) }, ({ status }) => status >= 400 && status < 500);
  const slowest = Math.max(tooLong.slowest, tooDeep.slowest, toldDeep.slowest);
  const passed = [...tooLong.passed, ...tooDeep.passed, ...toldDeep.passed];
  report('hostile addresses', `${tooLong.tried + tooDeep.tried + toldDeep.tried} sent, ${passed.length} not refused, health within ${slowest.toFixed(0)} ms`);
  none(passed);
  expect(slowest).toBeLessThan(1_000);
});

test('forms that are too deep: refused, and health answers meanwhile', async ({ start }) => {
  const console = await start('deep-forms', { flags: ['--sample'] });
  const posts = all.filter(({ method }) => method === 'POST');
  const levels = 'ns=a&'.repeat(30_000);
  const bodies = [levels, `place=${encodeURIComponent(`/c/sample-polaris?${levels}`)}&name=x&confirm=x`, `levels=${encodeURIComponent('/a'.repeat(100_000))}&place=%2Fc%2Fsample-polaris&name=x`];
  const tried = posts.flatMap((route) => bodies.map((body) => ({ route, body })));
  const beat = await pulse(console, () =>
    faults(tried, 8, async ({ route, body }) => {
      const asked = { method: 'POST', headers: form, body, patience: 10_000 };
      const answer = await console.ask(route.path, asked).catch((error: Error) => error);
      if (answer instanceof Error) return answer.message;
      return (answer.took > 10_000 || answer.body.length > 2 << 20) && `${answer.body.length} bytes in ${answer.took.toFixed(0)} ms for ${route.path}`;
    }),
  );
  const passed = beat.result;
  report('deep forms', `${tried.length} sent, ${passed.length} cost too much, health within ${beat.slowest.toFixed(0)} ms`);
  none(passed);
  expect(beat.slowest).toBeLessThan(1_000);
});

test('the longest address that is allowed costs little on every page', async ({ start }) => {
  const console = await start('longest-addresses', { flags: ['--sample'] });
  const pages = all.filter(({ kind, path }) => kind === 'page' && path.length < 1_000);
  const wide = 'ns=a&'.repeat(DEEPEST - 4);
  const filled = (path: string) => `${join(path, wide)}q=${'a'.repeat(LONGEST - 200 - join(path, wide).length)}`;
  const beat = await pulse(console, () =>
    faults(pages, 8, async ({ path }) => {
      const { status, body, took } = await console.ask(filled(path), { patience: 30_000 });
      return (status >= 500 || body.length > 4 << 20 || took > 15_000) && `${status}, ${body.length} bytes in ${took.toFixed(0)} ms: ${path}`;
    }),
  );
  const dear = beat.result;
  report('longest addresses', `${pages.length} pages, ${dear.length} cost too much, health within ${beat.slowest.toFixed(0)} ms`);
  none(dear);
  expect(beat.slowest).toBeLessThan(1_000);
});
