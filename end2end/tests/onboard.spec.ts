// Onboarding a service: one form, the calls, the secret once.
import { accessPath } from '../support/access.ts';
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';

const fresh = () => `svc_${crypto.randomUUID().slice(0, 8)}`;

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('a service is set up, and its secret has to be acknowledged', async ({ page }) => {
      const name = fresh();
      await page.goto(accessPath('onboard'));
      await page.getByLabel('Principal', { exact: true }).fill(name);
      await page.getByLabel('Name', { exact: true }).fill('lakehouse');
      await page.getByLabel('Reader').check();
      await page.getByRole('button', { name: 'Review the calls' }).click();
      await expect(page.getByRole('row', { name: new RegExp(`Create the principal ${name} `) })).toContainText('POST /api/management/v1/principals');
      if (javaScriptEnabled) await accessible(page);
      await page.getByRole('button', { name: 'Make these calls' }).click();
      await expect(page.getByRole('heading', { name: 'The service is set up' })).toBeVisible();
      const secret = page.getByRole('region', { name: 'Credentials' });
      await expect(secret).toContainText('Client secret');
      if (javaScriptEnabled) await accessible(page);
      await page.getByLabel('I have copied or downloaded the secret').check();
      await page.getByRole('button', { name: 'Go on' }).click();
      await expect(page.getByRole('heading', { name: `${name} is set up` })).toBeVisible();
      await page.getByRole('link', { name: `What ${name} can reach now` }).click();
      await expect(page.getByRole('row', { name: /catalog lakehouse/ })).toContainText('TABLE_READ_DATA');
    });
  });
}

test('the secret reaches the wizard within the browser', async ({ page }) => {
  const name = fresh();
  await page.goto(accessPath('onboard', `w=lakehouse&principal=${name}&preset=olake&step=review`));
  await page.getByRole('button', { name: 'Make these calls' }).click();
  await page.getByRole('link', { name: 'Make an OLake destination with them' }).click();
  await expect(page).toHaveURL(/\/destination\/form\?/);
  expect(page.url()).not.toContain('secret');
});

test('calls are followed while they are made, and what was made before a failure can be undone', async ({ page }) => {
  const name = fresh();
  // Each call about this role takes seconds.
  await page.goto(accessPath('onboard', `w=lakehouse&principal=${name}&catalog-role=err-slow&preset=none&privilege=TABLE_SING&step=review`));
  await expect(page.getByRole('row', { name: /Grant TABLE_SING/ })).toContainText('to do');
  // Nothing can be asked of a page that is being left: it tells by itself.
  const told: string[] = [];
  page.on('console', (message) => told.push(message.text()));
  await page.evaluate(() => {
    const main = document.querySelector('main')!;
    new MutationObserver(() => console.info(main.innerText)).observe(main, { subtree: true, childList: true, characterData: true });
  });
  await page.getByRole('button', { name: 'Make these calls' }).click();
  await expect(page.getByRole('heading', { name: 'It stopped where a call failed' })).toBeVisible();
  const last = told.findLast((text) => text.includes('calls made'));
  expect(last).toContain('1 of 6 calls made');
  expect(last).toMatch(/Create the catalog role err-slow.*done/s);
  expect(last).toMatch(/Grant TABLE_SING.*under way.*Create the principal role.*to do/s);
  await page.getByRole('button', { name: 'Undo what was made' }).click();
  await expect(page.getByRole('heading', { name: 'What was made is undone' })).toBeVisible();
});
