// Requests that another site makes a browser send: none does anything, on any route.
import { ask, each, form, navigation, ours } from './support/ask.ts';
import type { Console } from './support/console.ts';
import { forgedCalls, forgedChanges, forgeries } from './support/forgeries.ts';
import { good, type Mock } from './support/mock.ts';
import { none, report } from './support/report.ts';
import { routes, type Route } from './support/routes.ts';
import { expect, test as base } from './support/test.ts';

const all = routes('mock');
const body = 'place=%2Fc%2Fmock%3Fw%3Dx&name=x&connection=mock&ask=&catalog=x&back=%2Fc%2Fmock&confirm=x';

/** A console with a catalog that counts what it is asked. */
const test = base.extend<{ mock: Mock; console: Console }>({
  mock: async ({ serve }, use) => use(await serve({ mock: good })),
  console: async ({ start, mock }, use) => {
    const console = await start('forged', { flags: ['--sample'], connections: [{ name: 'mock', url: `${mock.url}/mock`, kind: 'polaris' }] });
    // The first look at every connection is the console's own.
    await expect.poll(() => mock.calls.get('mock') ?? 0).toBeGreaterThan(0);
    await use(console);
  },
});

const send = (console: Console, { method, path, kind }: Route, headers: Record<string, unknown>) => {
  const query = method === 'GET' && kind === 'function' ? `${path}?${body}` : path;
  const type = method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  return ask(console.url, query, { method, headers: { ...type, ...headers } as never, body: method === 'POST' ? body : undefined });
};

test('every route exists: forms, functions, files and pages @short', async ({ console }) => {
  const lost = await each(all, 8, async (route) => {
    // A form is asked for as its page, so that nothing is changed.
    const answer = await (route.kind === 'form' ? ask(console.url, route.path, { method: 'OPTIONS', headers: ours }) : send(console, route, route.kind === 'function' ? ours : navigation));
    return answer.body.includes('There is nothing here') && `${route.method} ${route.path}`;
  });
  none(lost);
  const count = (kind: Route['kind']) => all.filter((route) => route.kind === kind).length;
  expect(count('function')).toBeGreaterThan(45);
  expect(count('form')).toBeGreaterThan(15);
  report('routes', `${count('function')} functions, ${count('form')} forms, ${count('file')} files, ${count('page')} pages`);
});

test('forged requests on every route: none passes @short', async ({ console, mock }) => {
  const host = new URL(console.url).host;
  const forged = all.flatMap((route) => {
    const tried = route.kind === 'function' ? forgedCalls : route.method === 'POST' ? forgedChanges : forgeries;
    return Object.entries(tried(host)).map(([name, headers]) => ({ route, name, headers }));
  });
  const before = mock.calls.get('mock')!;
  const changes = console.changes().length;
  const passed = await each(forged, 16, async ({ route, name, headers }) => {
    const { status } = await send(console, route, headers);
    return status !== 403 && status !== 421 && `${name}: ${status} for ${route.method} ${route.path}`;
  });
  const found = passed.filter(Boolean);
  report('forged requests', `${forged.length} on ${all.length} routes, ${found.length} passed`);
  none(found);
  expect(console.changes().length, 'changes made').toBe(changes);
  // Its own look once a minute is two or three calls.
  expect(mock.calls.get('mock')! - before, 'calls of the catalog').toBeLessThan(8);
});

test('a method in a header or a field is no method @short', async ({ console }) => {
  const targets = all.filter((route) => route.method === 'POST');
  const disguises = ['x-http-method-override', 'x-http-method', 'x-method-override'];
  const tried = targets.flatMap((route) => [...disguises, ''].map((disguise) => ({ route, disguise })));
  const changes = console.changes().length;
  await each(tried, 8, ({ route, disguise }) =>
    ask(console.url, `${route.path}?${disguise ? body : `${body}&_method=POST`}`, { headers: { ...navigation, ...(disguise ? { [disguise]: 'POST' } : {}) } }),
  );
  report('disguised methods', `${tried.length} sent, ${console.changes().length - changes} changes made`);
  expect(console.changes().length).toBe(changes);
});

test('links from other sites lead to every page @short', async ({ console }) => {
  const visitors = [
    { ...navigation, 'sec-fetch-site': 'cross-site' },
    { ...navigation, 'sec-fetch-site': 'cross-site', referer: 'http://evil.test/' },
    { ...navigation, 'sec-fetch-site': 'same-site' },
    navigation,
    {},
  ];
  const visits = all.filter(({ kind }) => kind === 'page').flatMap((route) => visitors.map((headers) => ({ route, headers })));
  const refused = await each(visits, 8, async ({ route, headers }) => {
    const { status } = await send(console, route, headers);
    return status >= 400 && `${status} for ${route.path} with ${JSON.stringify(headers)}`;
  });
  report('links from elsewhere', `${visits.length} followed, ${refused.filter(Boolean).length} refused`);
  none(refused);
  const own = await console.ask('/c/mock/access/collect', { method: 'POST', headers: form, body });
  expect(own.status, 'a form of our own').toBeLessThan(400);
});
