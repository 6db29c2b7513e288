// The console goes away and comes back, as for a new release, while a page of it is open.
import { expect, test } from '../support/fixtures.ts';
import { freePort, launch } from '../support/server.ts';

test('a page whose code cannot be fetched is loaded as any other', async ({ browser }) => {
  // Of its own: the address is another one, and its complaints are about the server that is gone.
  const page = await browser.newPage();
  const port = await freePort();
  const before = await launch(port);
  await page.goto(before.url);
  await page.getByLabel('Theme').click();
  await page.getByRole('button', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await before.stop();
  await page.getByRole('link', { name: 'sample-generic', exact: true }).click();
  await expect.poll(() => page.url()).toMatch(/^chrome-error:/);
  const after = await launch(port);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('sample-generic');
  await after.stop();
  await page.close();
});
