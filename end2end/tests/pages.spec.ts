// Every page, in both themes: it answers, has one heading, no accessibility violation, and is kept as a picture.
import { join } from 'node:path';
import { axe, expect, test } from '../support/fixtures.ts';
import { failures, pages } from '../support/pages.ts';

const pictures = join(import.meta.dirname, '../artifacts/screenshots');

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    for (const [name, path] of Object.entries(pages)) {
      test(name, async ({ page }) => {
        expect((await page.goto(path))!.status()).toBe(200);
        await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
        await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
        await expect(page).toHaveTitle(/\S+ · Crowsnest$/);
        await axe(page);
        await page.screenshot({ path: join(pictures, `${name}-${theme}.png`) });
      });
    }

    for (const [name, { path, status }] of Object.entries(failures)) {
      test(`${name}, which is not all right`, async ({ page, problems }) => {
        problems.expect(new RegExp(`status of ${status}`));
        expect((await page.goto(path))!.status()).toBe(status);
        await expect(page.getByRole('link', { name: /\S/ }).first()).toBeVisible();
        await axe(page);
        await page.screenshot({ path: join(pictures, `${name}-${theme}.png`) });
      });
    }
  });
}

for (const width of [360, 2560]) {
  test.describe(`${width} px wide`, () => {
    test.use({ viewport: { width, height: 900 } });

    for (const [name, path] of Object.entries(pages)) {
      test(`${name} needs no sideways scrolling`, async ({ page }) => {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      });
    }
  });
}
