// Connections that are made in the browser: from nothing to the first rows.
import type { Page } from '@playwright/test';
import { follow, heading, main, press } from '../support/act.ts';
import { accessible } from '../support/axe.ts';
import { Console } from '../support/console.ts';
import { arrive, expect, test } from '../support/people.ts';

/** Where the sample's Polaris is: in the list, as all of the configuration. */
async function polaris(page: Page) {
  await page.goto('/connections');
  const row = main(page).getByRole('row').filter({ hasText: 'sample-polaris' });
  return /http:\S+/.exec(await row.innerText())![0];
}

/** Fills a form in by the beginnings of its labels. */
async function fill(page: Page, values: Record<string, string>) {
  for (const [label, value] of Object.entries(values)) await page.getByLabel(new RegExp(`^${label}`)).fill(value);
}

const REACH = 'people_reach = ["127.0.0.0/8"]\npeople_ports = ["1024-65535"]';
const ROOT = { Warehouse: 'lakehouse', 'Client ID': 'root', 'Client secret': 's3cr3t' };

for (const javaScript of [true, false]) {
  test(`a Polaris is added by clicks and its tables are there, ${javaScript ? 'with' : 'without'} scripts`, async ({ visit, withPasswords }) => {
    const console = await withPasswords({ ana: 'admin' }, REACH);
    const page = await visit(console, { javaScript });
    await arrive(page, console, 'ana');
    const url = await polaris(page);
    await page.goto(console.url);
    await follow(page, 'Add or edit');
    await follow(page, 'Apache Polaris');
    await expect(heading(page)).toHaveText('Add a catalog');
    if (javaScript) await accessible(page);
    await fill(page, { Name: 'prod', Address: url, ...ROOT });
    await expect(page.getByLabel(/^Access key/).first()).toBeHidden();
    await press(page, 'Add and test');
    await expect(heading(page)).toHaveText('Connection prod');
    await expect(main(page).locator('[data-stage="Load a table"]')).toHaveAttribute('data-outcome', 'ok');
    // Each step has its time.
    for (const step of ['Resolve the host', 'Connect', 'Sign in', 'Open the warehouse', 'List namespaces', 'Load a table']) {
      await expect(main(page).locator(`[data-stage="${step}"]`), step).toHaveText(/ (\d+|Less than 1) ms\./);
    }
    expect(await page.content()).not.toContain('s3cr3t');
    if (javaScript) await accessible(page);
    await follow(page, 'Open it');
    await expect(main(page)).toContainText('lakehouse');
    await page.goto('/c/prod/ns');
    await expect(main(page).getByRole('link', { name: 'sales', exact: true })).toBeVisible();
  });
}

test('who may not use a connection neither sees nor reaches it', async ({ visit, withPasswords }) => {
  const console = await withPasswords({ ana: 'admin', vic: 'viewer', eve: 'viewer' }, REACH);
  const ana = await visit(console);
  await arrive(ana, console, 'ana');
  const url = await polaris(ana);
  await ana.goto('/connections/new?kind=polaris');
  await fill(ana, { Name: 'secret', Address: url, ...ROOT });
  await ana.getByRole('combobox', { name: /^Role/ }).selectOption('admin');
  await ana.getByRole('checkbox', { name: 'eve' }).check();
  await press(ana, 'Add and test');
  await expect(heading(ana)).toHaveText('Connection secret');

  for (const [name, sees] of [['vic', false], ['eve', true]] as const) {
    const page = await visit(console, { expect: [/404/, /403/] });
    await arrive(page, console, name);
    await page.goto('/');
    await expect(main(page).getByRole('link', { name: 'secret', exact: true })).toHaveCount(sees ? 1 : 0);
    const answer = await page.goto('/c/secret/ns');
    expect(answer?.status(), name).toBe(sees ? 200 : 404);
    const form = await page.goto('/connections/edit?name=secret');
    expect(form?.status(), name).toBe(403);
  }
});

test('what is not reached is told in one way, and ten are tried a minute', async ({ visit, withPasswords }) => {
  const console = await withPasswords({ ana: 'admin' });
  const page = await visit(console, { expect: [/status of 429/] });
  await arrive(page, console, 'ana');
  const told = main(page).locator('[data-outcome="failed"]');
  const urls = ['http://127.0.0.1:9', 'http://localhost:9', 'http://[::1]:9', 'http://10.0.0.1', 'https://[::ffff:192.168.0.1]', 'http://2130706433'];
  for (const url of urls) {
    await page.goto('/connections/new?kind=generic');
    await fill(page, { Name: 'inside', Address: url });
    await press(page, 'Add and test');
    await expect(heading(page), url).toHaveText('Connection inside');
    await expect(told, url).toHaveText(/Resolve the host\. Nothing was reached there: it is no address that may be called, nothing listens, or nothing answers in time\./);
    if (url === urls.at(-1)) continue;
    await main(page).getByText('Remove it').click();
    await press(page, 'Remove');
    await expect(heading(page)).toHaveText('All connections');
  }
  for (let more = urls.length; more < 10; more++) {
    await press(page, 'Test again');
    await expect(told).toHaveCount(1);
  }
  await press(page, 'Test again');
  await expect(main(page).getByText('Each person checks 10 addresses a minute at most.')).toBeVisible();
});

test('a file of another program is read once it was seen', async ({ visit, withPasswords }) => {
  const console = await withPasswords({ ana: 'admin' }, REACH);
  const page = await visit(console);
  await arrive(page, console, 'ana');
  const url = await polaris(page);
  const file = `connector.name=iceberg
iceberg.catalog.type=rest
iceberg.rest-catalog.uri=${url}
iceberg.rest-catalog.warehouse=lakehouse
iceberg.rest-catalog.security=OAUTH2
iceberg.rest-catalog.oauth2.credential=root:s3cr3t
iceberg.rest-catalog.oauth2.scope=PRINCIPAL_ROLE:ALL
`;
  await main(page).getByText(/^From what Spark/).click();
  await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'lake.properties', mimeType: 'text/plain', buffer: Buffer.from(file) });
  const area = page.getByLabel(/^Configuration/);
  await expect(area).toHaveValue(file);
  await area.fill('');
  const dropped = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'lake.properties'));
    return data;
  }, file);
  await area.dispatchEvent('drop', { dataTransfer: dropped });
  await expect(area).toHaveValue(file);
  await press(page, 'Read it');
  await expect(main(page)).toContainText('Read from Trino');
  expect(await page.content()).not.toContain('s3cr3t');
  await press(page, 'Add what is chosen');
  await expect(heading(page)).toHaveText('All connections');
  await expect(main(page).getByRole('row').filter({ hasText: url })).toHaveCount(2);
});

test('killed in the middle of edits, a connection is as one of them left it', async ({ visit, ends }) => {
  // Nobody signs in: whoever does has ten a minute.
  const console = await Console.prepare();
  ends(console);
  console.configure();
  await console.start();
  const page = await visit(console, { javaScript: false });
  const { request } = page.context();
  const headers = { origin: console.url };
  // Address, patience and token of an edit belong together.
  const fields = (n: number) => ({ name: 'prod', kind: 'generic', url: `http://127.0.0.1:${1000 + n}`, 'auth.type': 'bearer', 'auth.token': `token-${n}`, read_timeout: `${1 + n}s`, role: 'viewer' });
  const added = await request.post('/connections/new?kind=generic', { form: { operation: 'create', version: '0', ...fields(0) }, headers, maxRedirects: 0 });
  expect(added.status()).toBe(303);
  const kept = async () => {
    await page.goto('/connections/edit?name=prod');
    const [url, patience] = await Promise.all([page.getByLabel(/^Address/).inputValue(), page.getByLabel(/^A read/).inputValue()]);
    return [Number(new URL(url).port) - 1000, parseInt(patience) - 1] as const;
  };
  let done = 0;
  for (const [round, after] of [3, 7, 12].entries()) {
    const edits = async () => {
      for (let n = done + 1; ; n++) {
        const edited = await request.get('/connections/edit?name=prod');
        const version = /name="version" value="(\d+)"/.exec(await edited.text())?.[1] ?? '';
        const saved = await request.post('/connections/edit?name=prod', { form: { operation: 'save', version, ...fields(n) }, headers, maxRedirects: 0 });
        expect(saved.status()).toBe(303);
        done = n;
      }
    };
    const begun = done;
    const going = edits().catch(() => undefined);
    await expect.poll(() => done, { intervals: [1] }).toBeGreaterThan(begun + after);
    await console.kill();
    await going;
    expect(await console.checkStore()).toContain('is whole');
    await console.start();
    const [url, patience] = await kept();
    expect(url, `round ${round}`).toBe(patience);
    expect([done, done + 1]).toContain(url);
    done = Math.max(done, url);
  }
});
