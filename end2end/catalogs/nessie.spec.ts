// What is Nessie's own: references, history in commits, and names that hold dots and slashes.
import { expect, test } from '../support/fixtures.ts';
import { connectionPath, namespacePath, tablePath } from '../support/place.ts';
import { linked, open } from '../support/read.ts';
import { namespaces, read, servers } from '../support/truth.ts';

interface History {
  logEntries: { commitMeta: { hash: string; message: string } }[];
}

if (servers.includes('nessie')) {
  test.describe('nessie', () => {
    test('another branch is chosen in the page and holds its own tables', async ({ page }) => {
      await open(page, connectionPath('nessie'));
      await page.getByRole('main').getByRole('link', { name: 'experiment' }).click();
      await expect(page).toHaveURL(/[?&]ref=experiment/);
      const iot = namespaces('nessie-experiment.json').find(({ name }) => name[0] === 'iot')!;
      expect(Object.keys(iot.tables)).toContain('forecast');
      await open(page, `${namespacePath('nessie', { reference: 'experiment', namespace: ['iot'] })}&tab=tables`);
      await expect.poll(() => linked(page, 't/overview', 't').then((names) => names.toSorted())).toEqual(
        Object.keys(iot.tables).toSorted(),
      );
      await page.getByRole('main').getByRole('link', { name: 'forecast', exact: true }).click();
      await expect(page.getByRole('main')).toContainText(iot.tables.forecast!.uuid);
    });

    test("the table's history is the reference's commits, newest first", async ({ page }) => {
      const { logEntries } = read<History>('nessie-history.json');
      await open(page, tablePath('nessie', { namespace: ['sales'] }, 'orders', 'history'));
      const shown = page.getByRole('main').locator('tbody tr');
      await expect(shown.first()).toContainText(logEntries[0]!.commitMeta.hash.slice(0, 8));
      const texts = await shown.allInnerTexts();
      expect(texts.length).toBeGreaterThan(10);
      texts.forEach((text, index) => {
        expect(text).toContain(logEntries[index]!.commitMeta.hash.slice(0, 8));
        expect(text).toContain(logEntries[index]!.commitMeta.message.split('\n')[0]!);
      });
    });

    test('one snapshot is explained by where the history is, and is no error', async ({ page }) => {
      await open(page, tablePath('nessie', { namespace: ['sales'] }, 'orders', 'snapshots'));
      const main = page.getByRole('main');
      await expect(main.getByRole('note').or(main.getByRole('status')).filter({ hasText: /commit/i })).toBeVisible();
      await expect(main.getByRole('alert')).toHaveCount(0);
    });
  });
}
