// People who sign in at a provider, and a Nessie that believes its tokens and has rules of its own: it is called as each
// of them. nessie/run.sh starts it and has the rules; each test has a console, a provider, and names that no other uses.
import type { Page } from '@playwright/test';
import { ask, navigation, ours } from '../attack/support/ask.ts';
import { follow, heading, main, press } from '../support/act.ts';
import { Console } from '../support/console.ts';
import { arriveFrom, expect, signInAt, test as base } from '../support/people.ts';
import { connectionPath, namespacePath, tablePath } from '../support/place.ts';
import { fresh } from '../support/polaris.ts';
import { IdentityProvider, ROLES } from '../support/provider.ts';
import { texts } from '../support/read.ts';
import { servers } from '../support/truth.ts';

const nessie = `http://127.0.0.1:${process.env.NESSIE_PEOPLE_PORT}`;

interface How {
  /** Whom people's own tokens are for; where there is none, for the provider alone. */
  audience?: string;
  auth?: string;
}

interface Place {
  console: Console;
  provider: IdentityProvider;
}

const test = base.extend<{ withNessie: (how?: How) => Promise<Place> }>({
  /** A console over that Nessie, where everybody may change what Nessie lets them, and the provider. */
  withNessie: async ({ ends }, use) => {
    await use(async ({ audience, auth = '{ type = "passed-on" }' }: How = { audience: 'nessie' }) => {
      const console = await Console.prepare();
      ends(console);
      const provider = await IdentityProvider.start(console.url, 'work', 'Example Work', { port: Number(process.env.PROVIDER_PORT), audience });
      ends(provider);
      const connection = `[[connection]]\nname = "nessie"\nkind = "auto"\nurl = "${nessie}/iceberg"\nauth = ${auth}`;
      console.configure('sign_in = "oidc"', ROLES.replace('"catalog-editors"', '"*"'), provider.settings, connection);
      await console.start();
      return { console, provider };
    });
  },
});

/** Asks Nessie itself, with the token that the provider gave last. */
function call({ access }: IdentityProvider, path: string, body?: object) {
  const headers = { authorization: `Bearer ${access.at(-1)}`, 'content-type': 'application/json' };
  return fetch(nessie + path, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) });
}

async function answer<T>(provider: IdentityProvider, path: string, body?: object): Promise<T> {
  const answered = await call(provider, path, body);
  expect(answered.status, path).toBe(200);
  return (await answered.json()) as T;
}

const TABLE = (name: string) => ({
  name,
  schema: { type: 'struct', 'schema-id': 0, fields: [{ id: 1, name: 'id', required: true, type: 'long' }] },
  'partition-spec': { 'spec-id': 0, fields: [] },
  'write-order': { 'order-id': 0, fields: [] },
  'stage-create': false,
  properties: {},
});

/** Made by whoever signed in last, without the console. */
const make = (provider: IdentityProvider, namespace: string) => answer(provider, '/iceberg/v1/main/namespaces', { namespace: [namespace], properties: {} });

/** Fills in the form for a namespace, and confirms it. */
async function create(page: Page, name: string) {
  await page.goto(namespacePath('nessie'));
  await follow(page, 'New namespace');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await press(page, 'Preview');
  await press(page, 'Create namespace');
}

interface History {
  logEntries: { commitMeta: { committer: string; authors: string[]; message: string } }[];
}

if (servers.includes('nessie')) {
  // One after another: all have the provider that Nessie was told of, at its one port.
  test.describe.configure({ mode: 'default' });

  test('what somebody makes by clicks is made and read as themselves, and Nessie’s log names them', async ({ withNessie, visit }) => {
    const { console, provider } = await withNessie();
    const page = await visit(console);
    const [namespace, table] = [fresh('made'), fresh('table')];
    await signInAt(page, provider, 'ana', connectionPath('nessie'));
    await expect(main(page)).toContainText('Ana Admin');
    await create(page, namespace);
    await expect(page.getByText('Created.', { exact: true })).toBeVisible();
    await follow(page, 'New table');
    await page.getByLabel('Name', { exact: true }).fill(table);
    await page.getByLabel(/^Columns/).fill('id bigint not null\ncity string');
    await press(page, 'Preview');
    await press(page, 'Create table');
    await expect(page.getByText('Created.', { exact: true })).toBeVisible();
    await page.goto(namespacePath('nessie', { namespace: [namespace] }));
    await follow(page, table);
    await page.getByText('Identity', { exact: true }).click();
    const { metadata } = await answer<{ metadata: { 'table-uuid': string } }>(provider, `/iceberg/v1/main/namespaces/${namespace}/tables/${table}`);
    await expect(main(page)).toContainText(metadata['table-uuid']);

    const { logEntries } = await answer<History>(provider, '/api/v2/trees/main/history');
    const own = logEntries.map(({ commitMeta }) => commitMeta).filter(({ message }) => message.includes(namespace));
    expect(own).toHaveLength(2);
    for (const { committer, authors } of own) expect([committer, ...authors]).toEqual(['ana', 'ana']);
    await page.goto(tablePath('nessie', { namespace: [namespace] }, table, 'history'));
    await expect.poll(() => texts(page).then(([newest]) => newest)).toMatch(/ this table ana put /);
    await page.goto('/audit');
    const said = (await texts(page)).filter((row) => row.includes(namespace));
    expect(said.length).toBeGreaterThan(1);
    for (const row of said) expect(row).toContain('Ana Admin');
    expect(provider.errors).toEqual([]);
  });

  test('each sees what Nessie’s rules let them see, and what was read as one is not shown to another', async ({ withNessie, visit }) => {
    const { console, provider } = await withNessie();
    const [page, other] = [await visit(console), await visit(console)];
    const [open, payroll] = [fresh('open'), fresh('payroll')];
    await signInAt(page, provider, 'ana', '/you');
    for (const name of [open, payroll]) await make(provider, name);
    await page.goto(namespacePath('nessie'));
    for (const name of [open, payroll]) await expect(main(page).getByRole('link', { name })).toBeVisible();
    await signInAt(other, provider, 'vic', namespacePath('nessie'));
    await expect(main(other).getByRole('link', { name: open })).toBeVisible();
    await expect(main(other).getByRole('link', { name: payroll })).toHaveCount(0);
  });

  test('a right that Nessie’s rules do not give is told as that, in its own words and under the name that it knows', async ({ withNessie, visit }) => {
    const { console, provider } = await withNessie();
    const [page, other] = [await visit(console), await visit(console)];
    const [namespace, payroll, table] = [fresh('open'), fresh('payroll'), fresh('table')];
    const refused = async (words: string) => {
      const alert = main(other).getByRole('alert');
      await expect(alert).toContainText('Not allowed');
      await expect(alert).toContainText(words);
      await expect(alert).toContainText('Nessie knows who you are, and the rules in its own configuration do not let you do this.');
    };
    await signInAt(page, provider, 'ana', '/you');
    for (const name of [namespace, payroll]) await make(provider, name);
    await answer(provider, `/iceberg/v1/main/namespaces/${namespace}/tables`, TABLE(table));
    await signInAt(other, provider, 'vic', tablePath('nessie', { namespace: [namespace] }, table));
    await expect(main(other)).toContainText('1 column');
    await follow(other, 'History');
    await refused("'LIST_COMMIT_LOG' is not allowed for role 'vic' on reference 'main'");
    await other.goto(`${namespacePath('nessie', { namespace: [payroll] })}&tab=properties`);
    await refused(`'READ_ENTITY_VALUE' is not allowed for role 'vic' on content '${payroll}'`);
    const forbidden = fresh('made');
    await create(other, forbidden);
    await refused(`'CREATE_ENTITY' is not allowed for role 'vic' on content '${forbidden}'`);
    await expect(main(other).getByRole('alert')).toContainText('Nothing was changed.');
    expect((await call(provider, `/iceberg/v1/main/namespaces/${forbidden}`)).status).toBe(404);
  });

  test('a token that Nessie does not take is told as that, and not as a missing right', async ({ withNessie, visit }) => {
    const { console, provider } = await withNessie({ audience: 'another-catalog' });
    const page = await visit(console, { expect: [/status of 502/] });
    await signInAt(page, provider, 'ana', namespacePath('nessie'));
    expect((await call(provider, '/iceberg/v1/config')).status).toBe(401);
    await expect(main(page)).toContainText('The catalog refused the credentials');
    await expect(main(page)).toContainText("The catalog does not take the token that your provider gave: ask who runs it whether it trusts this provider and expects the token's audience");
    await expect(main(page)).not.toContainText('rules');
    await page.goto(connectionPath('nessie'));
    await expect(main(page)).toContainText('The catalog does not take the token that your provider gave');
    expect(provider.errors).toEqual([]);
  });

  test('where tokens are exchanged, Nessie is called as somebody with one that is for it alone', async ({ withNessie, visit }) => {
    const { console, provider } = await withNessie({ auth: '{ type = "exchanged", audience = "nessie" }' });
    const page = await visit(console);
    const namespace = fresh('made');
    await signInAt(page, provider, 'ana', '/you');
    await expect(main(page)).toContainText('Ana Admin');
    expect((await call(provider, '/iceberg/v1/config')).status, 'their own is for the provider alone').toBe(401);
    await create(page, namespace);
    await expect(page.getByText('Created.', { exact: true })).toBeVisible();
    const { logEntries } = await answer<History>(provider, '/api/v2/trees/main/history?max-records=1');
    expect(logEntries[0]!.commitMeta).toMatchObject({ committer: 'ana', message: expect.stringContaining(namespace) });
    expect(provider.errors).toEqual([]);
  });

  test('a token that has ended is renewed, and Nessie is read on with the next', async ({ withNessie, visit }) => {
    const { console, provider } = await withNessie();
    const [page, other] = [await visit(console, { javaScript: false }), await visit(console, { javaScript: false })];
    const namespace = fresh('open');
    await arriveFrom(other, provider, 'ana');
    await make(provider, namespace);
    provider.lifetime = 1;
    await arriveFrom(page, provider, 'ana');
    await expect.poll(() => call(provider, '/iceberg/v1/config').then(({ status }) => status), { message: 'it has ended' }).toBe(401);
    provider.lifetime = 600;
    await page.goto(namespacePath('nessie'));
    await expect(main(page).getByRole('link', { name: namespace })).toBeVisible();
    expect(provider.renewals).toBe(1);
    expect((await call(provider, '/iceberg/v1/config')).status).toBe(200);
    expect(provider.errors).toEqual([]);
  });

  test('without signing in nobody sees anything of it, here or there', async ({ withNessie, visit }) => {
    const { console, provider } = await withNessie();
    const [page, nobody] = [await visit(console), await visit(console)];
    const namespace = fresh('open');
    await signInAt(page, provider, 'ana', '/you');
    await make(provider, namespace);
    // What is kept for her is not for everybody.
    const list = namespacePath('nessie');
    await page.goto(list);
    await expect(main(page).getByRole('link', { name: namespace })).toBeVisible();
    await nobody.goto(list);
    await expect(heading(nobody)).toHaveText('Sign in');
    for (const [path, headers, refusal] of [
      [list, navigation, 303],
      [namespacePath('nessie', { namespace: [namespace] }), navigation, 303],
      [`/api/names?place=${encodeURIComponent(list)}&kind=namespaces&ask=&fresh=true`, ours, 401],
    ] as const) {
      const { status, body } = await ask(console.url, path, { headers });
      expect(status, path).toBe(refusal);
      expect(body, path).not.toContain(namespace);
    }
    expect((await fetch(`${nessie}/iceberg/v1/main/namespaces`)).status, 'and Nessie itself lets nobody in').toBe(401);
  });
}
