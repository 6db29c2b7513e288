// Changes that are made by clicks on real servers, and read back from the servers themselves. They come after the
// journeys, which compare what the servers hold.
import type { Page } from '@playwright/test';
import { follow, press } from '../../support/act.ts';
import { expect, test } from '../../support/fixtures.ts';
import { namespacePath, tablePath } from '../../support/place.ts';
import { servers } from '../../support/truth.ts';

const roots: Record<string, string> = {
  fixture: `http://127.0.0.1:${process.env.FIXTURE_PORT}/v1`,
  nessie: `http://127.0.0.1:${process.env.NESSIE_PORT}/iceberg/v1/main`,
};
/** Calls a server itself. */
const caller = (server: string) => (path: string, body?: object) =>
  fetch(roots[server]! + path, body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const said = (page: Page, text: string) => expect(page.getByText(text, { exact: true })).toBeVisible();
// All that Nessie wants of a new table.
const table = (name: string) => ({
  name,
  schema: { type: 'struct', 'schema-id': 0, fields: [{ id: 1, name: 'id', required: true, type: 'long' }] },
  'partition-spec': { 'spec-id': 0, fields: [] },
  'write-order': { 'order-id': 0, fields: [] },
  'stage-create': false,
  properties: {},
});

interface Loaded {
  'metadata-location': string;
  metadata: { 'table-uuid': string; properties: Record<string, string>; refs?: Record<string, { type: string; 'max-ref-age-ms'?: number }> };
}

for (const server of servers) {
  const call = caller(server);
  const load = async (path: string): Promise<Loaded> => {
    const answer = await call(path);
    expect(answer.status, path).toBe(200);
    return answer.json();
  };

  test(`${server}: a namespace and a table are changed, moved and dropped, as the server itself says`, async ({ page }) => {
    await page.goto(namespacePath(server));
    await follow(page, 'New namespace');
    await page.getByLabel('Name', { exact: true }).fill('changed');
    await press(page, 'Preview');
    await press(page, 'Create namespace');
    await said(page, 'Created.');
    const made = await call('/namespaces/changed/tables', table('first'));
    expect(made.status, await made.text()).toBe(200);
    const before = await load('/namespaces/changed/tables/first');

    await page.goto(tablePath(server, { namespace: ['changed'] }, 'first', 'properties'));
    await follow(page, 'Edit properties');
    const keys = page.getByLabel(/^Key \d/);
    const last = (await keys.count()) - 1;
    await keys.nth(last).fill('tier');
    await page.getByLabel(/^Value \d/).nth(last).fill('gold');
    await press(page, 'Preview');
    await press(page, 'Save properties');
    await said(page, 'Saved.');
    const edited = await load('/namespaces/changed/tables/first');
    expect(edited.metadata.properties.tier).toBe('gold');
    expect(edited.metadata['table-uuid']).toBe(before.metadata['table-uuid']);

    await follow(page, 'Rename or move');
    await page.getByLabel('Name', { exact: true }).fill('second');
    await press(page, 'Preview');
    await press(page, 'Rename or move');
    await said(page, 'Renamed.');
    const renamed = await load('/namespaces/changed/tables/second');
    expect(renamed.metadata['table-uuid']).toBe(before.metadata['table-uuid']);
    expect((await call('/namespaces/changed/tables/first')).status).toBe(404);

    await follow(page, 'Drop…');
    await press(page, 'Preview');
    await page.getByLabel(/to confirm$/).fill('second');
    await press(page, 'Drop the table');
    await said(page, 'Dropped: changed.second');
    expect((await call('/namespaces/changed/tables/second')).status).toBe(404);

    await follow(page, 'Drop…');
    await page.getByLabel(/to confirm$/).fill('changed');
    await press(page, 'Drop the namespace');
    await expect(page.getByText(/^Dropped/)).toBeVisible();
    expect((await call('/namespaces/changed')).status).toBe(404);
  });

  test(`${server}: several tables are set, dropped and registered again, as the server itself says`, async ({ page }) => {
    const several = namespacePath(server, { namespace: ['several'] });
    const made = await call('/namespaces', { namespace: ['several'], properties: {} });
    expect(made.status, await made.text()).toBe(200);
    for (const name of ['one', 'two']) expect((await call('/namespaces/several/tables', table(name))).status).toBe(200);
    const both = () => Promise.all(['one', 'two'].map((name) => load(`/namespaces/several/tables/${name}`)));
    const choose = async (what: RegExp) => {
      await page.goto(several);
      await follow(page, 'Several tables…');
      for (const name of ['one', 'two']) await page.getByRole('checkbox', { name, exact: true }).check();
      await page.getByRole('radio', { name: what }).check();
    };
    const done = () =>
      expect(async () => {
        if (!(await page.getByText('2 of 2 done').count())) await page.reload();
        expect(await page.getByText('2 of 2 done').count()).toBeGreaterThan(0);
      }).toPass({ timeout: 30_000 });

    await choose(/^Set a property/);
    await page.getByLabel('Key', { exact: true }).fill('tier');
    await page.getByLabel('Value', { exact: true }).fill('gold');
    // Nessie makes all or none.
    if (server === 'nessie') await page.getByRole('checkbox', { name: /^In one commit/ }).check();
    await press(page, 'Preview');
    await press(page, 'Do it');
    await (server === 'nessie' ? said(page, 'Saved.') : done());
    const before = await both();
    expect(before.map(({ metadata }) => metadata.properties.tier)).toEqual(['gold', 'gold']);

    await choose(/^Drop them/);
    await press(page, 'Preview');
    await page.getByLabel(/to confirm$/).fill('2 tables');
    await press(page, 'Do it');
    await done();
    expect((await call('/namespaces/several/tables/one')).status).toBe(404);

    await page.goto(several);
    await follow(page, 'Register a table');
    await follow(page, 'Register several at once');
    const files = before.map((table, index) => `${['one', 'two'][index]}, ${table['metadata-location']}`);
    await page.getByLabel(/^Names and metadata files/).fill(files.join('\n'));
    await press(page, 'Preview');
    await press(page, 'Do it');
    await done();
    const after = await both();
    expect(after.map(({ metadata }) => metadata['table-uuid'])).toEqual(before.map(({ metadata }) => metadata['table-uuid']));
  });
}

if (servers.includes('fixture')) {
  test('fixture: a schema that nothing was written by leaves the metadata, as the server itself says', async ({ page }) => {
    const call = caller('fixture');
    await call('/namespaces', { namespace: ['tidy'], properties: {} });
    await call('/namespaces/tidy/tables', table('shelf'));
    const schemas = async () => {
      const { metadata } = (await (await call('/namespaces/tidy/tables/shelf')).json()) as { metadata: { schemas: { 'schema-id': number }[] } };
      return metadata.schemas.map((schema) => schema['schema-id']);
    };
    const shelf = tablePath('fixture', { namespace: ['tidy'] }, 'shelf', 'schema');
    await page.goto(shelf);
    await follow(page, 'Edit the schema');
    const lines = page.getByLabel(/^Columns, one a line/);
    await lines.fill(`${(await lines.inputValue()).trimEnd()}\nteam string\n`);
    await press(page, 'Preview');
    await press(page, 'Save the schema');
    await said(page, 'Saved.');
    expect(await schemas()).toEqual([0, 1]);
    await follow(page, 'Remove unused schemas');
    await press(page, 'Remove them');
    await said(page, 'Deleted.');
    expect(await schemas()).toEqual([1]);
  });

  test('fixture: a tag of a registered table is made, kept for longer and deleted, as the server itself says', async ({ page }) => {
    const root = roots.fixture!;
    const orders: Loaded = await (await fetch(`${root}/namespaces/sales/tables/orders`)).json();
    const body = JSON.stringify({ name: 'orders_again', 'metadata-location': orders['metadata-location'] });
    const again = `${root}/namespaces/sales/tables/orders_again`;
    const made = await fetch(`${root}/namespaces/sales/register`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(made.status, await made.text()).toBe(200);
    const refs = async () => ((await (await fetch(again)).json()) as Loaded).metadata.refs ?? {};

    await page.goto(tablePath('fixture', { namespace: ['sales'] }, 'orders_again', 'refs'));
    await follow(page, 'New branch or tag');
    await page.getByLabel('Name', { exact: true }).fill('kept');
    await page.getByLabel(/^Type/).selectOption('tag');
    await press(page, 'Preview');
    await press(page, 'Create it');
    await said(page, 'Created.');
    expect((await refs()).kept).toMatchObject({ type: 'tag' });

    await page.getByRole('link', { name: 'Change kept' }).click();
    await page.getByLabel(/^Keep it for/).fill('30 d');
    await press(page, 'Preview');
    await press(page, 'Change it');
    await said(page, 'Saved.');
    expect((await refs()).kept).toMatchObject({ type: 'tag', 'max-ref-age-ms': 2_592_000_000 });

    await page.getByRole('link', { name: 'Change kept' }).click();
    await page.getByLabel('Name', { exact: true }).fill('held');
    await press(page, 'Preview');
    await press(page, 'Change it');
    await said(page, 'Saved.');
    expect((await refs()).held).toMatchObject({ type: 'tag', 'max-ref-age-ms': 2_592_000_000 });
    expect(Object.keys(await refs())).not.toContain('kept');

    await page.getByRole('link', { name: 'Delete held' }).click();
    await press(page, 'Preview');
    await page.getByLabel(/to confirm$/).fill('held');
    await press(page, 'Delete it');
    await said(page, 'Deleted.');
    expect(Object.keys(await refs())).not.toContain('held');
    // What was registered goes again, and its files stay.
    expect((await fetch(`${again}?purgeRequested=false`, { method: 'DELETE' })).ok).toBe(true);
  });
}
