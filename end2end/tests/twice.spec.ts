// A second press at the same place removes nothing that nobody meant: in each list with an action.
import type { APIRequestContext, Locator, Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { fresh, polarisPath } from '../support/polaris.ts';

const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin', accept: 'application/json' };

async function send(request: APIRequestContext, path: string, form: Record<string, string>) {
  const answer = await request.post(path, { form, headers: SAME_ORIGIN, maxRedirects: 0 });
  expect(answer.status(), `${path} ${await answer.text()}`).toBeLessThan(400);
}

const make = (request: APIRequestContext, page: string, name: string, ...at: [string, string][]) =>
  send(request, polarisPath(page, ...at), { name });
const assign = (request: APIRequestContext, page: string, name: string, form: Record<string, string>) =>
  send(request, polarisPath(page, ['name', name]), { operation: 'assign', ...form });

/** The sample catalog keeps what is called like the second, and says that it failed. */
const three = () => ['a', 'err-kept', 'z'].map(fresh);

/** A list of three, by the names that its rows stand for, and what is pressed in a row. */
interface List {
  path: string;
  table: string;
  names: string[];
  opens: (name: string) => string;
  button: string;
}

const lists: Record<string, (request: APIRequestContext) => Promise<List>> = {
  'roles of a principal': async (request) => {
    const [principal, names] = [fresh('svc'), three()];
    await make(request, 'principal-new', principal);
    for (const role of names) {
      await make(request, 'principal-role-new', role);
      await assign(request, 'principal', principal, { role });
    }
    const opens = (name: string) => `Remove from ${name}…`;
    const path = polarisPath('principal', ['name', principal]);
    return { path, table: 'Principal roles', names, opens, button: 'Remove the role' };
  },
  'principals in a role': async (request) => {
    const [role, names] = [fresh('team'), three()];
    await make(request, 'principal-role-new', role);
    for (const principal of names) {
      await make(request, 'principal-new', principal);
      await assign(request, 'principal', principal, { role });
    }
    const opens = (name: string) => `Take out ${name}…`;
    const path = polarisPath('principal-role', ['name', role]);
    return { path, table: 'Principals', names, opens, button: 'Take it out' };
  },
  'catalog roles of a role': async (request) => {
    const [role, names] = [fresh('team'), three()];
    await make(request, 'principal-role-new', role);
    for (const held of names) {
      await make(request, 'catalog-role-new', held, ['w', 'lab']);
      await assign(request, 'principal-role', role, { catalog: 'lab', catalog_role: held });
    }
    const opens = (name: string) => `Revoke ${name} from ${role}…`;
    const path = polarisPath('principal-role', ['name', role]);
    return { path, table: 'Catalog roles in lab', names, opens, button: 'Revoke the role' };
  },
  'holders of a catalog role': async (request) => {
    const [held, names] = [fresh('role'), three()];
    await make(request, 'catalog-role-new', held, ['w', 'lab']);
    for (const role of names) {
      await make(request, 'principal-role-new', role);
      await assign(request, 'principal-role', role, { catalog: 'lab', catalog_role: held });
    }
    const opens = (name: string) => `Revoke ${held} from ${name}…`;
    const path = polarisPath('catalog-role', ['w', 'lab'], ['name', held]);
    return { path, table: 'Principal roles', names, opens, button: 'Revoke the role' };
  },
};

const rowOf = (page: Page, list: List, name: string) =>
  page.getByRole('table', { name: list.table, exact: true }).getByRole('row').filter({ hasText: name });

async function place(button: Locator) {
  const box = (await button.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Opens the confirmation of a row, and says where its button is. */
async function open(page: Page, list: List, name: string) {
  await page.getByText(list.opens(name)).click();
  return place(rowOf(page, list, name).getByRole('button', { name: list.button }));
}

for (const [what, seed] of Object.entries(lists)) {
  test(`${what}: a second press takes nothing more`, async ({ page, request, problems }) => {
    // The answer to a second press that is quick enough to be sent.
    problems.expect(/status of 409/);
    const list = await seed(request);
    const [first, ...others] = list.names as [string, ...string[]];
    await page.goto(list.path);
    const { x, y } = await open(page, list, first);
    await page.mouse.click(x, y);
    await page.mouse.click(x, y);
    await expect(rowOf(page, list, first)).toHaveCount(0);
    await expect(page.locator('td details[open]')).toHaveCount(0);
    await page.mouse.click(x, y);
    await page.reload();
    for (const name of others) await expect(rowOf(page, list, name)).toHaveCount(1);
    await expect(rowOf(page, list, first)).toHaveCount(0);
  });

  test(`${what}: after an error the confirmation is still its own row's`, async ({ page, request, problems }) => {
    problems.expect(/status of 5\d\d/);
    const list = await seed(request);
    const [first, second] = list.names as [string, string];
    await page.goto(list.path);
    const { x, y } = await open(page, list, second);
    await page.mouse.click(x, y);
    await expect(page.getByRole('alert')).toBeVisible();
    const opened = page.locator('td details[open]');
    await expect(opened).toHaveCount(1);
    await expect(rowOf(page, list, second).locator('details[open]')).toHaveCount(1);

    // The row above goes meanwhile: what is open does not move to another row.
    await page.getByText(list.opens(first)).click();
    await rowOf(page, list, first).getByRole('button', { name: list.button }).click();
    await expect(rowOf(page, list, first)).toHaveCount(0);
    await expect(opened).toHaveCount(1);
    await expect(rowOf(page, list, second).locator('details[open]')).toHaveCount(1);
  });
}

test('a form that is sent again from a page gone back to does nothing more', async ({ page, problems }) => {
  problems.expect(/status of 409/);
  const name = fresh('svc');
  await page.goto(polarisPath('principal-new'));
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Create principal' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('New credentials');
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('done already');
  await expect(page.getByRole('main')).not.toContainText('Client secret');
});
