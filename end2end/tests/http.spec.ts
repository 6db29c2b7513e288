// What the binary answers before any page is looked at.
import { expect, test } from '../support/fixtures.ts';
import { fresh, polarisPath } from '../support/polaris.ts';
import { namespacePath } from '../support/place.ts';

test('health and readiness answer, and metrics on a port of their own', async ({ request }) => {
  expect((await request.get('/healthz')).status()).toBe(200);
  expect((await request.get('/readyz')).status()).toBe(200);
  expect((await request.get('/metrics')).status()).toBe(404);
  const { CROWSNEST_METRICS } = process.env;
  test.skip(!CROWSNEST_METRICS, 'the console was started elsewhere');
  const metrics = await request.get(`${CROWSNEST_METRICS}/metrics`);
  expect(metrics.headers()['content-type']).toContain('text/plain');
  expect(await metrics.text()).toMatch(/^# TYPE \w+ (counter|gauge|histogram)$/m);
});

test('every page carries the security headers, with a nonce of its own', async ({ request }) => {
  const nonces = new Set<string>();
  for (const path of ['/', '/', '/c/nobody', '/no/such/page']) {
    const headers = (await request.get(path)).headers();
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("'wasm-unsafe-eval'");
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain("'unsafe-eval'");
    nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cache-control']).toContain('no-store');
    expect(headers['x-request-id']).toMatch(/\S{8,}/);
  }
  expect(nonces.size).toBe(4);
});

test('a page names the files of its code in its head, each once', async ({ request }) => {
  const files = { '/search': ['search'], '/destination': ['destination'], [polarisPath('grants')]: ['connection_area', 'grant_pages'] };
  for (const [path, names] of Object.entries(files)) {
    const head = (await (await request.get(path)).text()).split('</head>')[0]!;
    const links = [...head.matchAll(/<link [^>]*href="([^"]*\/([a-z_]+)\.wasm)"/g)];
    const named = links.map((link) => link[2]!).filter((name) => name !== 'crowsnest');
    expect(named.sort(), path).toEqual(names);
    expect((await request.get(links[0]![1]!)).status()).toBe(200);
  }
});

test('each file of a page’s code is fetched once', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => request.url().endsWith('.wasm') && asked.push(request.url()));
  await page.goto(namespacePath('sample-generic', { namespace: ['sales'] }));
  await expect(page.locator('[role=tree][tabindex]')).toBeVisible();
  expect(asked.length).toBeGreaterThan(3);
  expect(new Set(asked).size).toBe(asked.length);
});

test('a request for another host name is refused', async ({ request }) => {
  const answer = await request.get('/', { headers: { host: 'evil.example' } });
  expect(answer.status()).toBeGreaterThanOrEqual(400);
  expect(answer.status()).toBeLessThan(500);
});

test('a post from another site is refused, and does nothing', async ({ request }) => {
  const name = fresh('forged');
  const made = async () => (await request.get(polarisPath('principal-role', ['name', name]))).status();
  const post = (headers: Record<string, string>) =>
    request.post(polarisPath('principal-role-new'), { headers, form: { name }, maxRedirects: 0 });
  const foreign: Record<string, string>[] = [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }];
  for (const headers of foreign) {
    expect((await post(headers)).status()).toBe(403);
    expect(await made()).toBe(404);
  }
  expect((await post({ 'sec-fetch-site': 'same-origin' })).status()).toBe(303);
  expect(await made()).toBe(200);
});

for (const path of ['/c/nobody', '/c/nobody/ns?ns=a', '/c/nobody/t/overview?ns=a&t=b', '/no/such/page']) {
  test(`${path} is a real 404 with a way back`, async ({ request }) => {
    const answer = await request.get(path);
    expect(answer.status()).toBe(404);
    expect(await answer.text()).toContain('href="/"');
  });
}

const MALFORMED = ['?page=-1', '?page=99999999999999999999', '?page=x', '?ns=', '?ns=%FF%FE', '?ns=..', '?sort=nothing', '?%', '?&&=&'];
test('malformed query parameters never end in a server error', async ({ request }) => {
  const home = await (await request.get('/')).text();
  const connections = [...new Set([...home.matchAll(/href="(\/c\/[^"/?]+)/g)].map((match) => match[1]!))];
  expect(connections.length).toBeGreaterThan(0);
  for (const connection of connections) {
    for (const query of MALFORMED) {
      const answer = await request.get(`${connection}/ns${query}`);
      expect(answer.status(), `${connection}/ns${query}`).toBeLessThan(500);
    }
  }
});
