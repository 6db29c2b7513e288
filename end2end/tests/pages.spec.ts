// Every page: it answers, has one heading, is accessible in both themes, fits every width, and is the
// same after a reload. `PICTURES` names a folder to keep it in as pictures.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { heading } from '../support/act.ts';
import { accessible, readable } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { groups } from '../support/groups.ts';
import { failures } from '../support/pages.ts';

const pictures = process.env.PICTURES;
// The README's, which `make screenshot` asks for: a test run changes no file that is kept.
const readme = process.env.README_PICTURE;

const picture = async (page: Page, name: string) => {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) });
};

/** Accessible in both themes: colours alone differ between them. */
async function inBothThemes(page: Page, name: string) {
  await accessible(page);
  await picture(page, `${name}-light`);
  if (readme && name === 'table-overview') await page.screenshot({ path: readme });
  await page.emulateMedia({ colorScheme: 'dark' });
  await readable(page);
  await picture(page, `${name}-dark`);
}

async function lookAt(page: Page, name: string, path: string) {
  const rows = page.getByRole('main').getByRole('row');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1440, height: 900 });
  await test.step('answers', async () => {
    expect((await page.goto(path))!.status()).toBe(200);
    await expect(heading(page)).toHaveCount(1);
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
    await expect(page).toHaveTitle(/\S+ · Crowsnest$/);
  });
  const before = { heading: await heading(page).innerText(), rows: await rows.count() };
  await test.step('is accessible', () => inBothThemes(page, name));
  await test.step('is the same after a reload', async () => {
    await page.reload();
    await expect(heading(page)).toHaveText(before.heading);
    await expect(rows).toHaveCount(before.rows);
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(path);
  });
  for (const width of [360, 2560]) {
    await test.step(`needs no sideways scrolling at ${width} px`, async () => {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  }
}

for (const [title, group] of Object.entries(groups)) {
  test(title, async ({ page }) => {
    for (const [name, path] of group) await test.step(name, () => lookAt(page, name, path));
  });
}

for (const [name, { path, status }] of Object.entries(failures)) {
  test(`${name}, which is not all right`, async ({ page, problems }) => {
    problems.expect(new RegExp(`status of ${status}`));
    expect((await page.goto(path))!.status()).toBe(status);
    await expect(page.getByRole('link', { name: /\S/ }).first()).toBeVisible();
    await page.emulateMedia({ colorScheme: 'light' });
    await inBothThemes(page, name);
  });
}
