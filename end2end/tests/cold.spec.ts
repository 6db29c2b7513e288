// The first page of each connection that a server is asked for: its lists come while the page is on its way.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, Problems, test } from '../support/fixtures.ts';
import { namespacePath, tablePath, viewPath } from '../support/place.ts';
import { freePort, launch } from '../support/server.ts';

const sales = { namespace: ['sales'] };
const first = [
  `${namespacePath('sample-polaris', sales)}&tab=views`,
  namespacePath('sample-generic', sales),
  `${namespacePath('sample-lakekeeper', sales)}&tab=properties`,
  tablePath('sample-nessie', sales, 'orders'),
  tablePath('sample-unity', sales, 'orders', 'snapshots'),
  viewPath('sample-polaris', sales, 'revenue_by_day', 'versions'),
  '/search?q=orders',
];

test('a page that is served while its lists arrive is taken over whole', async ({ browser }) => {
  const { url, stop } = await launch(await freePort());
  for (const path of first) {
    // Of its own: what it complains about is looked at here.
    const page = await browser.newPage();
    const problems = new Problems(page.context(), url);
    await page.goto(url + path);
    // Scripts have taken over once the search's page narrows, or the tree takes the keyboard.
    await expect(page.locator('[role=tree][tabindex], main [role=status]').first()).toBeVisible();
    const others = page.getByRole('main').locator('nav a:not([aria-current])').filter({ hasText: /Properties|Tables/ });
    const href = (await others.count()) ? await others.first().getAttribute('href') : null;
    if (href) {
      const tab = page.getByRole('main').locator(`nav a[href="${href}"]`);
      await tab.click();
      await expect(tab).toHaveAttribute('aria-current', 'page');
    }
    expect(problems.unexpected, path).toEqual([]);
    await page.close();
  }
  await stop();
});

test('a first page whose catalog answers late is taken over whole', async ({ browser }) => {
  const answers: Record<string, object> = {
    '/iceberg/v1/config': { defaults: { prefix: 'main' }, overrides: { 'nessie.is-nessie-catalog': 'true' } },
    '/iceberg/v1/main/namespaces': { namespaces: [['sales']] },
    '/api/v2/trees': { references: [{ type: 'BRANCH', name: 'main', hash: 'a1' }] },
  };
  const catalog = createServer(async (request, response) => {
    const { pathname } = new URL(request.url!, 'http://catalog');
    await pause(pathname.endsWith('/config') ? 1000 : 200);
    const answer = answers[pathname];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((ready) => catalog.listen(0, '127.0.0.1', ready));
  const { port } = catalog.address() as AddressInfo;
  const { url, stop } = await launch(await freePort(), { CROWSNEST_CONNECTION_LATE_URL: `http://127.0.0.1:${port}/iceberg` });
  const page = await browser.newPage();
  const problems = new Problems(page.context(), url);
  await page.goto(`${url}/c/late`);
  await expect(page.locator('[role=tree][tabindex]').getByRole('treeitem', { name: 'sales' })).toBeVisible();
  expect(problems.unexpected).toEqual([]);
  await page.close();
  await stop();
  catalog.close();
});

test('who moves on while warehouses answer late is led on', async ({ browser }) => {
  const catalog = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://catalog');
    const prefix = searchParams.get('warehouse') ?? 'a';
    if (pathname.endsWith('/config') && prefix !== 'a') await pause(3000);
    const answer = pathname.endsWith('/config') ? { defaults: {}, overrides: { prefix } } : { namespaces: [['sales']] };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((ready) => catalog.listen(0, '127.0.0.1', ready));
  const { port } = catalog.address() as AddressInfo;
  const { url, stop } = await launch(await freePort(), { CROWSNEST_CONNECTION_LATE_URL: `http://127.0.0.1:${port}` });
  const page = await browser.newPage();
  const problems = new Problems(page.context(), url);
  const follow = (path: string) =>
    page.evaluate((path) => {
      const link = Object.assign(document.createElement('a'), { href: path });
      document.body.append(link);
      link.click();
      link.remove();
    }, path);
  await page.goto(`${url}/c/late/namespace-new?w=a`);
  await expect(page.locator('[role=tree][tabindex]')).toBeVisible();
  const last = page.waitForResponse((response) => /facts.*w%3Dc/.test(response.url()));
  await follow('/c/late/namespace-new?w=b');
  await expect(page).toHaveURL(/w=b/);
  await follow('/c/late/namespace-new?w=c');
  await expect(page).toHaveURL(/w=c/);
  await last;
  await follow('/c/late?w=a');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('late');
  expect(problems.unexpected).toEqual([]);
  await page.close();
  await stop();
  catalog.close();
});
