// The same journeys on every real server: each page holds what PyIceberg read from the same server.
import { axe, expect, test } from '../support/fixtures.ts';
import { namespacePath, tablePath, viewPath } from '../support/place.ts';
import { holds, linked, linkedNamespaces, open, rows, sameColumns } from '../support/read.ts';
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
      await axe(page);
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
        await open(page, `${namespacePath(server, { namespace: above })}&tab=tables`);
        await expect.poll(() => linked(page, 't/overview', 't').then(sorted)).toEqual(sorted(Object.keys(here.tables)));
        await open(page, `${namespacePath(server, { namespace: above })}&tab=views`);
        await expect.poll(() => linked(page, 'v/overview', 'v').then(sorted)).toEqual(sorted(Object.keys(here.views)));
        await open(page, `${namespacePath(server, { namespace: above })}&tab=properties`);
        for (const [key, value] of Object.entries(here.properties)) {
          const row = page.getByRole('main').getByRole('row').filter({ hasText: key });
          await expect(row.first()).toContainText(value);
        }
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

          await open(page, tablePath(server, place, name, 'schema'));
          await expect(main).toContainText(table.schema.columns[0]!.path);
          const columns = await rows(page);
          sameColumns(columns, table.schema.columns);
          expect(columns.map(([id, , , required]) => [id, required === 'required'])).toEqual(
            table.schema.columns.map(({ id, required }) => [String(id), required]),
          );

          await open(page, tablePath(server, place, name, 'partitions'));
          for (const field of Object.values(table.specs).flat()) {
            await expect(main.getByRole('row').filter({ hasText: field.name }).filter({ hasText: field.transform }).first()).toBeVisible();
          }

          await open(page, tablePath(server, place, name, 'snapshots'));
          for (const { id, operation } of table.snapshots) {
            await expect(main.getByRole('row').filter({ hasText: id }).filter({ hasText: operation }).first()).toBeAttached();
          }
          if (table.snapshots.length) expect(await rows(page)).toHaveLength(table.snapshots.length);

          await open(page, tablePath(server, place, name, 'refs'));
          for (const [ref, { type, snapshot }] of Object.entries(table.refs)) {
            const row = main.getByRole('row').filter({ hasText: ref }).filter({ hasText: snapshot });
            await expect(row.first()).toContainText(new RegExp(type, 'i'));
          }

          await open(page, tablePath(server, place, name, 'properties'));
          for (const [key, value] of Object.entries(table.properties)) {
            await expect(main.getByRole('row').filter({ hasText: key }).first()).toContainText(value);
          }
        });
      }

      for (const [name, view] of Object.entries(views)) {
        test(`view ${[...namespace, name].join(' / ')} shows the same columns and SQL`, async ({ page }) => {
          const main = page.getByRole('main');
          await open(page, viewPath(server, place, name));
          await expect(main).toContainText(view.uuid);
          await open(page, viewPath(server, place, name, 'schema'));
          for (const column of view.schema.columns) {
            await expect(main.getByRole('row').filter({ hasText: column.path })).toContainText(column.type.split('(')[0]!);
          }
          await open(page, viewPath(server, place, name, 'sql'));
          for (const [dialect, sql] of Object.entries(view.sql)) {
            await expect(main).toContainText(new RegExp(dialect, 'i'));
            // Formatted for people: the words are the same, the blanks are not.
            await expect.poll(async () => holds((await main.innerText()).toLowerCase(), sql.toLowerCase())).toBe(true);
          }
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
