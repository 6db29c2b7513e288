// People who sign in with a password: from an empty folder to the record of what they did.
import type { Page } from '@playwright/test';
import { follow, heading, main, press } from '../support/act.ts';
import { accessible, readable } from '../support/axe.ts';
import { PASSWORD } from '../support/console.ts';
import { namespacePath, tablePath } from '../support/place.ts';
import { rows, texts } from '../support/read.ts';
import { arrive, expect, signIn, test } from '../support/people.ts';

const deep = `${namespacePath('sample-generic', { warehouse: 'lakehouse', namespace: ['sales'] })}&tab=tables`;
const orders = tablePath('sample-generic', { warehouse: 'lakehouse', namespace: ['sales'] }, 'orders');

const address = (page: Page) => page.url().slice(new URL(page.url()).origin.length);
const section = (page: Page, name: string) => main(page).locator('section').filter({ has: page.getByRole('heading', { name }) });
const alert = (page: Page) => main(page).getByRole('alert');

/** Goes to a field or a button with the keyboard alone. */
async function reach(page: Page, role: 'textbox' | 'button', name: string) {
  const target = page.getByRole(role, { name, exact: true });
  const focused = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; !(await focused()); presses++) {
    expect(presses, `Tab does not lead to ${name}`).toBeLessThan(60);
    await page.keyboard.press('Tab');
  }
}

for (const javaScript of [true, false]) {
  const how = javaScript ? '' : ', without JavaScript';

  test(`signs in and out with the keyboard alone, and is led to where they wanted to be${how}`, async ({ withPasswords, visit }) => {
    const console = await withPasswords({ ana: 'admin' });
    const page = await visit(console, { javaScript });
    await page.goto(deep);
    await expect(page).toHaveTitle('Sign in · Crowsnest');
    await expect(heading(page)).toHaveText('Sign in');
    expect(new URL(page.url()).searchParams.get('to')).toBe(deep);
    const type = async (name: string, password: string) => {
      await reach(page, 'textbox', 'Name');
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(name);
      await page.keyboard.press('Tab');
      await page.keyboard.type(password);
      await page.keyboard.press('Enter');
    };
    await type('ana', 'not the password of hers');
    await expect(alert(page)).toContainText('Name and password do not go together.');
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('ana');
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
    await type('ana', PASSWORD);
    await expect(heading(page)).toContainText('sales');
    expect(address(page)).toBe(deep);

    await page.goto('/you');
    await expect(main(page)).toContainText('By a password that Crowsnest keeps.');
    await reach(page, 'button', 'Sign out');
    await page.keyboard.press('Enter');
    await expect(main(page)).toContainText('You are signed out of Crowsnest.');
    // What was there before does not come back with the button for it.
    await page.goBack();
    await expect(heading(page)).toHaveText('Sign in');
    await expect(page.locator('body')).not.toContainText('By a password that Crowsnest keeps.');
    expect(await page.context().cookies()).toEqual([]);
  });

  test(`sees their sessions, and ends another one${how}`, async ({ withPasswords, visit }) => {
    const console = await withPasswords({ ana: 'admin' });
    const [here, there] = [await visit(console, { javaScript }), await visit(console, { javaScript: false })];
    await arrive(here, console, 'ana');
    await arrive(there, console, 'ana');
    await there.goto('/you');
    await here.goto('/you');
    const sessions = section(here, 'Sessions').getByRole('row');
    await expect(sessions).toHaveCount(3);
    await expect(sessions.filter({ hasText: 'this one' })).toHaveCount(1);
    await sessions.getByRole('button', { name: 'End', exact: true }).click();
    await expect(sessions).toHaveCount(2);
    await there.reload();
    await expect(heading(there)).toHaveText('Sign in');
    await here.reload();
    await expect(heading(here)).toHaveText('You');
  });

  test(`changes their password, and is signed out everywhere${how}`, async ({ withPasswords, visit }) => {
    const console = await withPasswords({ ana: 'admin' });
    const [page, other] = [await visit(console, { javaScript }), await visit(console, { javaScript: false })];
    await arrive(page, console, 'ana');
    await arrive(other, console, 'ana');
    const change = async (old: string, next: string) => {
      await page.goto('/you');
      await page.getByLabel('The one you have').fill(old);
      await page.getByLabel('New password').fill(next);
      await press(page, 'Change it, and sign out everywhere');
    };
    await change('not the password of hers', 'another four words of hers');
    await expect(alert(page)).toContainText('This is not your password.');
    await change(PASSWORD, 'too short');
    await expect(alert(page)).toContainText('A password has at least 15 characters.');
    await change(PASSWORD, 'another four words of hers');
    await expect(heading(page)).toHaveText('Sign in');
    await other.goto('/you');
    await expect(heading(other)).toHaveText('Sign in');
    await signIn(page, 'ana');
    await expect(alert(page)).toContainText('Name and password do not go together.');
    await signIn(page, 'ana', 'another four words of hers');
    await expect(heading(page)).toHaveText('You');
  });

  test(`an admin adds somebody, changes what they may, and lets them in no more${how}`, async ({ withPasswords, visit }) => {
    const console = await withPasswords({ ana: 'admin' });
    const [page, other] = [await visit(console, { javaScript }), await visit(console, { javaScript: false })];
    await arrive(page, console, 'ana');
    await page.goto('/people');
    const add = async (name: string, password: string) => {
      const form = section(page, 'Add somebody');
      await form.getByLabel('Name', { exact: true }).fill(name);
      await form.getByRole('radio', { name: /^editor/ }).check();
      await form.getByLabel('New password').fill(password);
      await press(page, 'Add');
    };
    await add('Bo', 'too short');
    await expect(alert(page)).toContainText('A password has at least 15 characters.');
    await expect(section(page, 'Add somebody').getByLabel('Name', { exact: true })).toHaveValue('Bo');
    await add('Bo', PASSWORD);
    const row = main(page).getByRole('row').filter({ hasText: 'Bo' });
    await expect(row).toContainText('editor');
    await arrive(other, console, 'bo');
    await row.getByText('Change', { exact: true }).click();
    await row.getByRole('radio', { name: /^viewer/ }).check();
    await row.getByRole('button', { name: 'Give this role' }).click();
    await expect(row.getByRole('cell').nth(2)).toHaveText('viewer');
    await other.goto('/you');
    await expect(heading(other), 'no session goes on with the role before').toHaveText('Sign in');
    await arrive(other, console, 'bo');
    await row.getByRole('button', { name: 'Let in no more' }).click();
    await expect(row).toContainText('not let in');
    await other.goto('/you');
    await signIn(other, 'bo');
    await expect(alert(other)).toContainText('Name and password do not go together.');
    await row.getByRole('button', { name: 'Let in again' }).click();
    await expect(row).not.toContainText('not let in');
    await signIn(other, 'bo');
    await expect(heading(other)).toHaveText('You');
    await other.goto('/people');
    await expect(main(other)).toContainText(/admin/);
    await expect(main(other).getByRole('table')).toHaveCount(0);
  });

  test(`a viewer sees what they may not, and why${how}`, async ({ withPasswords, visit }) => {
    const console = await withPasswords({ vic: 'viewer', ana: 'admin' });
    const page = await visit(console, { javaScript });
    await arrive(page, console, 'vic');
    await page.goto('/');
    const edit = main(page).getByRole('link', { name: 'Add or edit' });
    await expect(heading(page)).toHaveText('Connections');
    await expect(edit).toHaveCount(0);
    await page.goto('/c/sample-polaris/principal-role-new');
    await expect(main(page).getByRole('button', { name: 'Create' })).toBeDisabled();
    await expect(main(page)).toContainText('You are signed in as viewer');
    await page.goto(deep);
    const off = main(page).getByRole('button', { name: 'New namespace' });
    await expect(off).toBeDisabled();
    await expect(off).toHaveAttribute('title', /^You are signed in as viewer/);
    await arrive(page, console, 'ana');
    await page.reload();
    await expect(main(page).getByRole('link', { name: 'New namespace' })).toBeVisible();
    await page.goto('/');
    await expect(edit).toBeVisible();
  });

  test(`a script comes in with a token, until it is taken back${how}`, async ({ withPasswords, visit, playwright }) => {
    const console = await withPasswords({ eve: 'editor' });
    const page = await visit(console, { javaScript });
    await arrive(page, console, 'eve');
    await page.goto('/you');
    const tokens = section(page, 'Tokens for scripts');
    await tokens.getByLabel('Name', { exact: true }).fill('nightly job');
    await tokens.getByLabel('Ends after, in days').fill('400');
    await press(page, 'Make a token');
    await expect(alert(page)).toContainText('A token lasts 1 to 365 days.');
    await tokens.getByLabel('Ends after, in days').fill('7');
    await press(page, 'Make a token');
    await expect(main(page)).toContainText('This is the only time that the token is shown');
    const token = /crowsnest_[\w-]{43}/.exec(await main(page).innerText())?.[0];
    expect(token).toBeTruthy();
    await page.goto('/you');
    await expect(main(page)).not.toContainText(token!);
    const script = await playwright.request.newContext({ baseURL: console.url, extraHTTPHeaders: { authorization: `Bearer ${token}` } });
    expect((await script.get('/api/connections')).status()).toBe(200);
    expect(await (await script.get('/you')).text()).toContain('By a token.');
    // It is for reading, whatever else its person may.
    const made = await script.post('/c/sample-polaris/principal-role-new', { form: { name: 'by_a_script' }, headers: { origin: console.url }, maxRedirects: 0 });
    expect(made.status()).toBe(403);
    await page.reload();
    const row = tokens.getByRole('row').filter({ hasText: 'nightly job' });
    await expect(row).not.toContainText('never');
    await row.getByRole('button', { name: 'Take back' }).click();
    await expect(tokens.getByRole('row').filter({ hasText: 'nightly job' })).toHaveCount(0);
    expect((await script.get('/api/connections')).status()).toBe(401);
    await script.dispose();
  });

  test(`the record says who did what, and is a file for a spreadsheet${how}`, async ({ withPasswords, visit }) => {
    const console = await withPasswords({ ana: 'admin', eve: 'editor' });
    const [page, other] = [await visit(console, { javaScript }), await visit(console, { javaScript: false })];
    await other.goto('/you');
    await signIn(other, 'eve', 'not the password of hers');
    await expect(alert(other)).toBeVisible();
    await arrive(other, console, 'eve');
    await other.goto(deep.replace('&tab=tables', ''));
    await follow(other, 'New namespace');
    await other.getByLabel('Name', { exact: true }).fill('of_eve');
    await press(other, 'Preview');
    await press(other, 'Create namespace');
    await expect(heading(other)).toHaveText('of_eve');
    await arrive(page, console, 'ana');
    await page.goto('/audit');
    await expect(heading(page)).toHaveText('Record of changes');
    const says = await texts(page);
    expect(says.find((row) => row.includes('Sign-in or password refused'))).toMatch(/eve .*refused/);
    expect(says.find((row) => row.includes('Signed in') && row.includes('eve'))).toMatch(/done/);
    expect(says.find((row) => row.includes('sales.of_eve'))).toMatch(/eve .*sample-generic.*done/);
    expect(says.filter((row) => row.includes('command line') && row.includes('Added a person'))).toHaveLength(2);
    await page.getByLabel('On', { exact: true }).fill('of_eve');
    await page.getByRole('button', { name: 'Filter' }).click();
    await expect(page).toHaveURL(/object=of_eve/);
    await expect(async () => expect((await rows(page)).every((row) => row[3]?.includes('of_eve'))).toBe(true)).toPass();
    const downloading = page.waitForEvent('download');
    await follow(page, 'All of it as CSV');
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('audit.csv');
    const csv = await (await page.request.get('/audit/export?format=csv')).text();
    expect(csv.split(/\r?\n/)[0]).toContain('event');
    expect(csv).toContain('authn_login_fail');
    expect(csv).not.toMatch(/^[=+@-]/m);
    // Others read what they did themselves.
    await other.goto('/audit');
    await expect(main(other)).toContainText('This is what you did yourself.');
    for (const row of await texts(other)) expect(row).toMatch(/ eve /);
  });
}

test('every page about people has one heading and a title, is accessible in both themes, and fits a narrow screen', async ({ withPasswords, visit }) => {
  const console = await withPasswords({ ana: 'admin', 'a person with quite a long name for a table': 'viewer' });
  const page = await visit(console, { expect: [/status of 4/] });
  const look = async (name: string, path: string, title: string) => {
    await test.step(name, async () => {
      await page.setViewportSize({ width: 1440, height: 900 });
      if (path) await page.goto(path);
      await expect(page).toHaveTitle(`${title} · Crowsnest`);
      await expect(heading(page)).toHaveCount(1);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await (colorScheme === 'light' ? accessible(page) : readable(page));
        for (const width of [390, 1440]) {
          await page.setViewportSize({ width, height: 900 });
          if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}-${colorScheme}-${width}.png`, fullPage: true });
        }
      }
      await page.setViewportSize({ width: 360, height: 900 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 'sideways').toBeLessThanOrEqual(0);
    });
  };
  await look('sign-in', '/sign-in', 'Sign in');
  await signIn(page, 'ana', 'not the password of hers');
  await expect(alert(page)).toBeVisible();
  await look('sign-in-refused', '', 'Sign in');
  await signIn(page, 'ana');
  await expect(heading(page)).not.toHaveText('Sign in');
  await look('you', '/you', 'You');
  await look('people', '/people', 'People');
  await look('audit', '/audit', 'Record of changes');
  await look('audit-empty', '/audit?object=nothing-like-it', 'Record of changes');
  await page.goto('/you');
  await press(page, 'Sign out');
  await expect(main(page)).toContainText('You are signed out');
  await look('signed-out', '', 'Sign in');
});

test('a page whose session ends says so where somebody goes on, and leads back to it', async ({ withPasswords, visit }) => {
  const console = await withPasswords({ ana: 'admin' });
  const page = await visit(console, { expect: [/status of 401/] });
  await arrive(page, console, 'ana');
  await page.goto(orders);
  await page.context().clearCookies();
  let asked = 0;
  page.on('request', () => asked++);
  await page.getByRole('link', { name: 'Snapshots', exact: true }).click();
  await expect(alert(page)).toContainText('Signed out');
  await expect(alert(page)).toContainText('Nobody is signed in, or the session has ended.');
  await page.waitForLoadState('networkidle');
  expect(asked, 'requests after the session ended').toBeLessThan(15);
  const where = address(page);
  expect(where).toContain('/t/snapshots');
  await alert(page).getByRole('link', { name: 'Sign in' }).click();
  await expect(heading(page)).toHaveText('Sign in');
  await signIn(page, 'ana');
  await expect(main(page).getByRole('row').nth(3)).toBeVisible();
  expect(address(page)).toBe(where);
});

test('a form that is sent after the session has ended is not lost', async ({ withPasswords, visit }) => {
  const console = await withPasswords({ ana: 'admin' });
  const [page, other] = [await visit(console, { javaScript: false }), await visit(console, { javaScript: false })];
  await arrive(page, console, 'ana');
  await page.goto('/c/sample-polaris/principal-role-new');
  await page.getByLabel('Name', { exact: true }).fill('typed_before');
  // Elsewhere all sessions are ended.
  await arrive(other, console, 'ana');
  await other.goto('/you');
  await press(other, 'End all, and sign out');
  await press(page, 'Create principal role');
  await expect(heading(page)).toHaveText('You are signed out');
  // In another tab; then the browser sends it again. What was typed does not stand in the form behind it any more.
  await arrive(page, console, 'ana');
  await page.reload();
  await expect(heading(page)).toHaveText('typed_before');
});

test('who tries on and on waits, and others do not', async ({ withPasswords, visit }) => {
  const console = await withPasswords({ ana: 'admin', eve: 'editor' });
  const page = await visit(console, { javaScript: false, expect: [/status of 429/] });
  await page.goto('/sign-in');
  // At once: a minute's tries come back evenly within it.
  const guess = () => page.request.post('/sign-in', { form: { user: 'ana', password: 'guessed' }, headers: { origin: console.url } });
  const answers = await Promise.all(Array.from({ length: 9 }, guess));
  const refused = answers.filter((answer) => answer.status() === 429);
  expect(refused.length).toBeGreaterThan(1);
  expect(await refused[0]!.text()).toContain('Too many tries to sign in.');
  await signIn(page, 'eve');
  await expect(heading(page)).not.toHaveText('Sign in');
});
