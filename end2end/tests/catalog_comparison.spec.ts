// Two catalogs are compared: from the page of the first, with scripts and without.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { follow, heading, main, press } from '../support/act.ts';
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { connectionPath } from '../support/place.ts';

const row = (page: Page, name: string) => main(page).getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled: scripts });

    test('from a catalog to what another one has not, and on to a table that differs', async ({ page }) => {
      const look = async () => scripts && (await accessible(page));
      await page.goto(connectionPath('sample-generic'));
      await follow(page, 'Compare with another catalog');
      await expect(heading(page)).toHaveText('Compare two catalogs');
      const [first, second] = ['First', 'Second'].map((name) => main(page).getByRole('group', { name })) as [ReturnType<typeof main>, ReturnType<typeof main>];
      await expect(first.getByLabel(/^Connection/)).toHaveValue('sample-generic');
      await second.getByLabel(/^Connection/).selectOption('sample-generic');
      await second.getByLabel(/^Warehouse/).fill('lab');
      await look();
      await press(page, 'Compare');
      await expect(heading(page)).toHaveText('Compare sample-generic and sample-generic › lab');
      // Without scripts a person reloads.
      await expect(async () => {
        if (!scripts) await page.reload();
        await expect(main(page).getByRole('status').first()).toHaveText(/^Done: /);
      }).toPass({ timeout: 30_000 });
      await look();
      await main(page).getByRole('link', { name: /^Only in the second/ }).click();
      await expect(row(page, 'faults')).toContainText('Only in the second');
      await expect(row(page, 'sales')).toHaveCount(0);
      // The address brings it back.
      const again = await page.context().newPage();
      await again.goto(page.url());
      await expect(row(again, 'faults')).toContainText('Only in the second');
      await again.close();
      const [file] = await Promise.all([page.waitForEvent('download'), follow(page, 'All of it as CSV')]);
      expect(await readFile(await file.path(), 'utf8')).toContain('"namespace","","faults","second","Only in the second"');
      await follow(page, 'Swap the sides');
      await expect(heading(page)).toHaveText('Compare sample-generic › lab and sample-generic');
    });
  });
}
