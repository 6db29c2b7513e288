// What a browser does of itself: goes back, sends twice, is used by the keyboard alone.
import type { Locator, Page } from '@playwright/test';
import { heading, main, press } from '../support/act.ts';
import { accessible } from '../support/axe.ts';
import { expect, signInAt, test } from '../support/people.ts';

/** Goes to something with the keyboard alone. */
async function reach(page: Page, target: Locator) {
  const focused = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; !(await focused()); presses++) {
    expect(presses, `Tab does not lead to ${target}`).toBeLessThan(60);
    await page.keyboard.press('Tab');
  }
}

for (const javaScript of [true, false]) {
  const how = javaScript ? '' : ', without JavaScript';

  test(`nothing of who was here before comes back with the button for it${how}`, async ({ withProvider, visit }) => {
    const { console, provider } = await withProvider();
    const page = await visit(console, { javaScript });
    await signInAt(page, provider, 'ana', '/you');
    await expect(main(page)).toContainText('Ana Admin');
    // Back to the provider, which is through with it, and forth again.
    await page.goBack();
    await page.goForward();
    await expect(main(page)).toContainText('Ana Admin');
    await page.goto('/people');
    await expect(main(page).getByRole('table')).toContainText('Ana Admin');
    await page.goto('/audit');
    await expect(main(page).getByRole('table')).toContainText('Ana Admin');
    await page.goto('/you');
    await press(page, 'Sign out');
    await expect(main(page)).toContainText('You are signed out of Crowsnest.');
    // Where nobody is.
    for (let steps = 0; steps < 3; steps++) {
      await page.goBack();
      await expect(heading(page)).toHaveText('Sign in');
      await expect(page.locator('body')).not.toContainText('Ana Admin');
    }
    // Where somebody else is, who may less.
    await page.context().clearCookies();
    await signInAt(page, provider, 'eve', '/you');
    await expect(main(page)).toContainText('Eve Editor');
    for (const path of ['/people', '/audit', '/you']) {
      await page.goto(path);
      await expect(heading(page)).toBeVisible();
    }
    for (let steps = 0; steps < 3; steps++) {
      await page.goBack();
      await expect(heading(page)).toBeVisible();
      await expect(page.locator('body')).not.toContainText('Ana Admin');
    }
  });
}

test('who clicks twice at the provider is signed in once', async ({ withProvider, visit }) => {
  const { console } = await withProvider();
  const page = await visit(console, { javaScript: false });
  await page.goto('/you');
  await page.getByRole('link', { name: /^Sign in with/ }).dblclick();
  await page.getByLabel('Account').fill('ana');
  await page.getByRole('button', { name: 'Log in' }).dblclick();
  await page.getByRole('button', { name: 'Allow' }).dblclick();
  await expect(main(page)).toContainText('Ana Admin');
  await expect(main(page).getByRole('button', { name: 'End', exact: true })).toHaveCount(0);
});

test('the keyboard alone leads through the provider to every page about people, and each is accessible', async ({ withProvider, visit }) => {
  const { console, provider } = await withProvider();
  const page = await visit(console);
  await page.goto('/you');
  await accessible(page);
  const way = page.getByRole('link', { name: `Sign in with ${provider.label}` });
  await reach(page, way);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Account')).toBeFocused();
  await page.keyboard.type('ana');
  await page.keyboard.press('Enter');
  const allow = page.getByRole('button', { name: 'Allow' });
  await expect(allow).toBeVisible();
  await reach(page, allow);
  await page.keyboard.press('Enter');
  await expect(main(page)).toContainText('Ana Admin');
  await reach(page, main(page).getByRole('link', { name: 'People' }));
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('People');
  await accessible(page);
  for (const name of ['Record of changes', 'You']) {
    await reach(page, page.locator('summary', { hasText: 'Tools' }));
    await page.keyboard.press('Enter');
    await reach(page, page.getByRole('link', { name, exact: true }));
    await page.keyboard.press('Enter');
    await expect(heading(page)).toHaveText(name);
    await accessible(page);
  }
  await reach(page, page.getByRole('button', { name: 'Sign out' }));
  await page.keyboard.press('Enter');
  await expect(main(page)).toContainText(`You may still be signed in at ${provider.label}`);
  await accessible(page);
  // What goes wrong on the way, too.
  provider.refuses = { status: 400, error: 'invalid_grant' };
  await reach(page, way);
  await page.keyboard.press('Enter');
  await expect(main(page)).toContainText('is over or was used already');
  await accessible(page);
});
