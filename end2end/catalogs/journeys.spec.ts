// The same journeys on every real server: each page holds what PyIceberg read from the same server.
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { namespacePath, tablePath, viewPath } from '../support/place.ts';
import { even, holds, linked, linkedNamespaces, open, rows, sameColumns, tab, texts } from '../support/read.ts';
import { below, namespaces, servers } from '../support/truth.ts';

const kinds: Record<string, string> = { fixture: 'Iceberg REST', nessie: 'Nessie' };
const sorted = (names: string[]) => names.toSorted();

for (const server of servers) {
  test.describe(server, () => {
    const truth = namespaces(`${server}.json`);

    test('is on the home page, with the kind that was detected', async ({ page }) => {
      await page.goto('/');
      const card = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: server, exact: true }) });
      await expect(card).toContainText(new RegExp(kinds[server]!, 'i'));
    });

    test('from home by clicks alone to the columns of sales.orders', async ({ page }) => {
      await page.goto('/');
      await page.getByRole('link', { name: server, exact: true }).click();
      await page.getByRole('tree').getByText('sales', { exact: true }).click();
      await page.getByRole('main').getByRole('link', { name: 'orders', exact: true }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('orders');
      await page.getByRole('link', { name: 'Schema' }).click();
      await expect(page.getByRole('main')).toContainText('customer_id');
      await accessible(page);
      await page.reload();
      await expect(page.getByRole('main')).toContainText('customer_id');
      await page.goBack();
      await expect(page.getByRole('main')).toContainText(truth.find(({ name }) => name[0] === 'sales')!.tables.orders!.uuid);
    });

    for (const above of [[], ...truth.map(({ name }) => name)]) {
      test(`namespace ${above.join(' / ') || '(top)'} holds the same namespaces, tables and views`, async ({ page }) => {
        await open(page, `${namespacePath(server, { namespace: above })}${above.length ? '&' : '?'}tab=namespaces`);
        await expect.poll(() => linkedNamespaces(page, above).then((found) => sorted(found.map(String)))).toEqual(
          sorted(below(truth, above).map(String)),
        );
        const here = truth.find(({ name }) => String(name) === String(above));
        if (!here) return;
        await tab(page, 'Tables', async () => {
          expect(sorted(await linked(page, 't/overview', 't'))).toEqual(sorted(Object.keys(here.tables)));
        });
        await tab(page, 'Views', async () => {
          expect(sorted(await linked(page, 'v/overview', 'v'))).toEqual(sorted(Object.keys(here.views)));
        });
        await tab(page, 'Properties', async () => {
          const shown = await rows(page);
          for (const [key, value] of Object.entries(here.properties)) {
            expect(shown.find((row) => row.join(' ').includes(key))?.join(' ')).toContain(even(value));
          }
        });
      });
    }

    for (const { name: namespace, tables, views } of truth) {
      const place = { namespace };
      for (const [name, table] of Object.entries(tables)) {
        test(`table ${[...namespace, name].join(' / ')} shows the same, to the last digit`, async ({ page }) => {
          const main = page.getByRole('main');
          await open(page, tablePath(server, place, name));
          await expect(main).toContainText(table.uuid);
          await expect(main).toContainText(table.location);
          if (table.currentSnapshot) await expect(main).toContainText(table.currentSnapshot);

          await tab(page, 'Schema', async () => {
            const columns = await rows(page);
            sameColumns(columns, table.schema.columns);
            expect(columns.map(([id, , , required]) => [id, required === 'required'])).toEqual(
              table.schema.columns.map(({ id, required }) => [String(id), required]),
            );
          });
          await tab(page, 'Partitions and sort', async () => {
            const shown = await texts(page);
            for (const field of Object.values(table.specs).flat()) {
              expect(shown.some((row) => row.includes(field.name) && row.includes(field.transform)), field.name).toBe(true);
            }
          });
          await tab(page, 'Snapshots', async () => {
            const shown = await texts(page);
            expect(shown).toHaveLength(table.snapshots.length);
            for (const { id, operation } of table.snapshots) {
              expect(shown.some((row) => row.includes(id) && row.includes(operation)), id).toBe(true);
            }
          });
          await tab(page, 'Branches and tags', async () => {
            const shown = await texts(page);
            for (const [ref, { type, snapshot }] of Object.entries(table.refs)) {
              expect(shown.find((row) => row.includes(ref) && row.includes(snapshot))).toMatch(new RegExp(type, 'i'));
            }
          });
          await tab(page, 'Properties', async () => {
            const shown = await texts(page);
            for (const [key, value] of Object.entries(table.properties)) {
              expect(shown.find((row) => row.includes(key))).toContain(even(value));
            }
          });
        });
      }

      for (const [name, view] of Object.entries(views)) {
        test(`view ${[...namespace, name].join(' / ')} shows the same columns and SQL`, async ({ page }) => {
          const main = page.getByRole('main');
          await open(page, viewPath(server, place, name));
          await expect(main).toContainText(view.uuid);
          await tab(page, 'Schema', async () => {
            const shown = await texts(page);
            for (const column of view.schema.columns) {
              expect(shown.find((row) => row.includes(column.path))).toContain(column.type.split('(')[0]!);
            }
          });
          await tab(page, 'SQL', async () => {
            const shown = (await main.innerText()).toLowerCase();
            for (const [dialect, sql] of Object.entries(view.sql)) {
              expect(shown).toContain(dialect.toLowerCase());
              // Formatted for people: the words are the same, the blanks are not.
              expect(holds(shown, sql.toLowerCase()), sql).toBe(true);
            }
          });
        });
      }
    }

    test('a namespace, a table and a view that are not there are a 404 with a way back', async ({ page, problems }) => {
      problems.expect(/404/);
      for (const path of [
        tablePath(server, { namespace: ['sales'] }, 'no such table'),
        viewPath(server, { namespace: ['sales'] }, 'no such view'),
      ]) {
        expect((await page.goto(path))!.status()).toBe(404);
        await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
      }
    });
  });
}
