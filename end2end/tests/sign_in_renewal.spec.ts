// What a provider gave ends while people are here: it is renewed without their noticing, or they are told and led back.
import type { Page } from '@playwright/test';
import { ask, navigation } from '../attack/support/ask.ts';
import { heading, main } from '../support/act.ts';
import { pageOf } from '../support/guarded.ts';
import { arriveFrom, ended, expect, test } from '../support/people.ts';
import type { IdentityProvider } from '../support/provider.ts';

const HERE = pageOf('ana');

const address = (page: Page) => page.url().slice(new URL(page.url()).origin.length);
const link = (page: Page, { label }: IdentityProvider) => page.getByRole('link', { name: `Sign in with ${label}` });

/** Goes there until that leads to signing in: a catalog may be the first to know that a token has ended. */
const led = (page: Page, path: string) =>
  expect(async () => {
    await page.goto(path);
    await expect(heading(page)).toHaveText('Sign in', { timeout: 500 });
  }).toPass({ timeout: 15_000 });

test('a token that has ended is renewed once, however many ask at once, and nobody notices', async ({ withGuarded, visit }) => {
  const { console, provider, catalog } = await withGuarded();
  const page = await visit(console, { javaScript: false });
  provider.lifetime = 1;
  const cookie = await arriveFrom(page, provider, 'ana');
  await ended(provider);
  const read = async () => (await ask(console.url, HERE, { headers: { ...navigation, cookie } })).body;
  expect(await read()).toContain('read by ana');
  expect(provider.renewals).toBe(1);
  // By now with what came of the first renewal.
  await ended(provider);
  provider.lifetime = 600;
  const tabs = await Promise.all(Array.from({ length: 8 }, () => page.context().newPage()));
  const [answers] = await Promise.all([Promise.all(Array.from({ length: 20 }, read)), ...tabs.map((tab) => tab.goto(HERE))]);
  for (const answer of answers) expect(answer).toContain('read by ana');
  for (const tab of tabs) await expect(main(tab)).toContainText('read by ana');
  expect(provider.renewals).toBe(2);
  // Its provider ends one a moment before Crowsnest takes it for ended: it is refused, and nobody notices that either.
  expect(catalog.tokens.size, 'that of the sign-in, and one of each renewal').toBeLessThanOrEqual(3);
  await page.goto(HERE);
  await expect(main(page)).toContainText('read by ana');
  expect(provider.renewals, 'it lasts for a while').toBe(2);
  expect(provider.errors).toEqual([]);
});

for (const javaScript of [true, false]) {
  const how = javaScript ? '' : ', without JavaScript';

  test(`whom the provider has forgotten is told, signs in again and is back where they were${how}`, async ({ withGuarded, visit }) => {
    const { console, provider } = await withGuarded();
    const page = await visit(console, { javaScript, expect: [/status of 502/] });
    provider.lifetime = 1;
    await arriveFrom(page, provider, 'ana');
    provider.lifetime = 600;
    provider.revoke();
    await led(page, HERE);
    expect(new URL(page.url()).searchParams.get('to')).toBe(HERE);
    await link(page, provider).click();
    await page.getByRole('button', { name: 'Allow' }).click();
    await expect(main(page)).toContainText('read by ana');
    expect(address(page)).toBe(HERE);
  });
}

test('a role that the provider takes away is gone with the next renewal', async ({ withGuarded, visit }) => {
  const { console, provider } = await withGuarded();
  const page = await visit(console, { javaScript: false, expect: [/status of 502/] });
  // Each ends soon, on a catalog too.
  provider.lifetime = 1;
  await arriveFrom(page, provider, 'ana');
  provider.tamper = (claims) => (claims.groups = ['catalog-editors']);
  // No session goes on with the role before.
  await led(page, '/you');
  await link(page, provider).click();
  await expect(main(page)).toContainText('Ana Admin');
  await expect(main(page)).toContainText(/Role\s*editor/);
  await page.goto('/people');
  await expect(main(page).getByRole('table')).toHaveCount(0);
  // Then every role.
  provider.tamper = (claims) => (claims.groups = ['canteen']);
  await led(page, '/you');
  await link(page, provider).click();
  await expect(main(page)).toContainText(`${provider.label} knows you, and you have no role here`);
});

test('while the provider is away what there is goes on, and is renewed once it is back', async ({ withGuarded, visit }) => {
  const { console, provider } = await withGuarded();
  const page = await visit(console, { javaScript: false, expect: [/status of 502/] });
  // Time to renew it from the half on.
  provider.lifetime = 6;
  await arriveFrom(page, provider, 'ana');
  provider.refuses = { status: 503, error: 'temporarily_unavailable' };
  const calls = provider.tokenCalls;
  const here = async () => {
    await page.goto(HERE);
    await expect(main(page)).toContainText('read by ana', { timeout: 1 });
  };
  await expect(async () => {
    await here();
    expect(provider.tokenCalls).toBeGreaterThan(calls);
  }).toPass({ timeout: 15_000 });
  expect(provider.renewals).toBe(0);
  provider.refuses = undefined;
  provider.lifetime = 600;
  await expect(async () => {
    await here();
    expect(provider.renewals).toBe(1);
  }).toPass({ timeout: 15_000 });
});
