// The wizard without JavaScript, and by keyboard alone.
import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/fixtures.ts';
import { goldens, typed } from '../support/golden.ts';

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  for (const golden of goldens) {
    test(`${golden.name}: from the first page to the published file`, async ({ page }) => {
      await page.goto('/destination');
      await page.getByRole('main').locator(`a[href="/destination/prepare?catalog=${golden.catalog}"]`).click();
      await page.getByRole('link', { name: 'Next: settings' }).click();
      const mode = page.locator(`input[name=auth][value=${golden.auth}]`);
      if (!(await mode.isChecked())) {
        await mode.check();
        await page.getByRole('button', { name: 'Apply the choices' }).click();
      }
      for (const [id, value, secret] of typed(golden)) if (!secret) await page.locator(`#${id}`).fill(value);
      await page.getByRole('button', { name: 'Skip to the review' }).click();
      for (const [id, value, secret] of typed(golden)) if (secret) await page.locator(`#${id}`).fill(value);
      await page.getByRole('checkbox', { name: 'Include secrets in the file' }).check();
      const arrives = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download the file' }).click();
      expect(await readFile(await (await arrives).path(), 'utf8')).toBe(golden.text);
    });
  }

  test('a check answers with a page, fields kept and secrets left out', async ({ page }) => {
    await page.goto('/destination/check?catalog=unity&auth=token&rest_catalog_url=http%3A%2F%2F127.0.0.1%3A9&iceberg_s3_path=main');
    await page.locator('#token').fill('CANARY');
    await page.getByRole('button', { name: 'Check with these values' }).click();
    await expect(page.locator('[data-stage="Connect"]')).toHaveAttribute('data-outcome', 'failed');
    expect(await page.content()).not.toContain('CANARY');
    await page.getByRole('link', { name: 'Settings' }).click();
    await expect(page.locator('#iceberg_s3_path')).toHaveValue('main');
  });

  test('a broken file comes back with the reason', async ({ page }) => {
    await page.goto('/destination/import');
    await page.getByRole('textbox', { name: 'destination.json' }).fill('{\n oops');
    await page.getByRole('button', { name: 'Read the file' }).click();
    await expect(page.locator('#file-problem')).toContainText('line 2');
    await expect(page.getByRole('textbox', { name: 'destination.json' })).toHaveValue('{\n oops');
  });
});

test('by keyboard alone, from the first page to the file', async ({ page }) => {
  /** Presses Tab until the focus is on what has this id or text. */
  const reach = async (name: string) => {
    for (let step = 0; step < 80; step += 1) {
      const focused = await page.evaluate(() => [document.activeElement?.id, document.activeElement?.textContent?.trim()]);
      if (focused.includes(name)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`${name} is not reached by Tab`);
  };
  const heading = page.getByRole('heading', { level: 1 });
  await page.goto('/destination');
  await reach('Generic REST');
  await page.keyboard.press('Enter');
  await expect(heading).toHaveText('Prepare the catalog');
  await reach('Next: settings');
  await page.keyboard.press('Enter');
  await expect(page.locator('input[type=password]').first()).toBeEnabled();
  await reach('rest_catalog_url');
  await page.keyboard.type('http://rest:8181');
  await reach('iceberg_s3_path');
  await page.keyboard.type('s3://warehouse');
  await reach('aws_region');
  await page.keyboard.type('us-east-1');
  await page.keyboard.press('Enter');
  await expect(heading).toHaveText('Check');
  await expect(page).toHaveURL(/iceberg_s3_path=s3%3A%2F%2Fwarehouse/);
  await reach('Next: review');
  await page.keyboard.press('Enter');
  await expect(heading).toHaveText('Review');
  await reach('Download the file');
  const arrives = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect(await readFile(await (await arrives).path(), 'utf8')).toContain('"iceberg_s3_path": "s3://warehouse"');
});
