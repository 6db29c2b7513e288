// The power goes while a provider is asked: nobody is half signed in, and what was there goes on.
import { heading, main } from '../support/act.ts';
import { pageOf } from '../support/guarded.ts';
import { arriveFrom, ended, expect, test } from '../support/people.ts';

/** Somebody waits for the provider. */
const never = () => new Promise<void>(() => {});

test('killed in the middle of a sign-in, nobody is half signed in', async ({ withProvider, visit }) => {
  const { console, provider } = await withProvider();
  const page = await visit(console, { javaScript: false, expect: [/ERR_|status of 50/] });
  await page.goto('/you');
  await page.getByRole('link', { name: /^Sign in with/ }).click();
  provider.hold(never());
  let back = '';
  page.on('request', (request) => request.url().includes('/sign-in/back/') && (back = request.url()));
  await page.getByLabel('Account').fill('ana');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('button', { name: 'Allow' }).click({ noWaitAfter: true });
  await expect.poll(() => provider.tokenCalls).toBe(1);
  await console.kill();
  await expect.poll(() => page.url()).toMatch(/^chrome-error:/);
  expect(await console.checkStore()).toContain('is whole');
  provider.hold(undefined);
  await console.start();
  expect((await page.context().cookies(console.url)).map(({ name }) => name)).not.toContain(`crowsnest-${console.port}`);
  // As a browser does that asks again.
  await page.goto(back);
  await expect(main(page)).toContainText('This sign-in was not begun in this browser, took longer than ten minutes, or has come back before.');
  await page.goto('/you');
  await expect(heading(page)).toHaveText('Sign in');
  await page.getByRole('link', { name: /^Sign in with/ }).click();
  await expect(main(page)).toContainText('Ana Admin');
  await expect(main(page).getByRole('row').filter({ hasText: 'this one' })).toHaveCount(1);
  await expect(main(page).getByRole('button', { name: 'End', exact: true }), 'no session of before').toHaveCount(0);
});

test('killed in the middle of renewals, people go on, or sign in again where the provider has renewed', async ({ withGuarded, visit }) => {
  const { console, provider } = await withGuarded();
  const visits = [await visit(console, { javaScript: false, expect: [/ERR_/, /status of 502/] }), await visit(console, { javaScript: false, expect: [/ERR_/, /status of 502/] })] as const;
  const [ana, eve] = visits;
  provider.lifetime = 1;
  await arriveFrom(ana, provider, 'ana');
  await arriveFrom(eve, provider, 'eve');
  await ended(provider);
  provider.lifetime = 600;
  const calls = provider.tokenCalls;
  // The provider never does the one; it does the other, and nobody hears of it.
  provider.hold(never());
  const going = [ana.goto(pageOf('ana')).catch(() => undefined)];
  await expect.poll(() => provider.tokenCalls).toBe(calls + 1);
  provider.hold(undefined);
  provider.withhold(never());
  going.push(eve.goto(pageOf('eve')).catch(() => undefined));
  await expect.poll(() => provider.renewals).toBe(1);
  await console.kill();
  await Promise.all(going);
  provider.withhold(undefined);
  expect(await console.checkStore()).toContain('is whole');
  await console.start();
  // Whoever had the turn to renew keeps it for ten seconds.
  await Promise.all([
    expect(async () => {
      await ana.goto(pageOf('ana'));
      await expect(main(ana)).toContainText('read by ana', { timeout: 1 });
      expect(provider.renewals).toBeGreaterThan(1);
    }).toPass({ timeout: 30_000 }),
    expect(async () => {
      await eve.goto(pageOf('eve'));
      await expect(heading(eve)).toHaveText('Sign in', { timeout: 1 });
    }).toPass({ timeout: 30_000 }),
  ]);
  await eve.getByRole('link', { name: /^Sign in with/ }).click();
  await eve.getByRole('button', { name: 'Allow' }).click();
  await expect(main(eve)).toContainText('read by eve');
});
