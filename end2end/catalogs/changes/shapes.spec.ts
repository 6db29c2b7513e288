// Tables and views are created and evolved by clicks on real servers; PyIceberg and DuckDB read what came of it, and
// the rows that were written before.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { follow, main, press } from '../../support/act.ts';
import { expect, test } from '../../support/fixtures.ts';
import { namespacePath, tablePath, viewPath } from '../../support/place.ts';
import { servers } from '../../support/truth.ts';

const run = promisify(execFile);
const shaped = { namespace: ['shaped'] };
const clients: Record<string, string[]> = {
  fixture: ['--uri', `http://127.0.0.1:${process.env.FIXTURE_PORT}`],
  nessie: [
    ...['--uri', `http://127.0.0.1:${process.env.NESSIE_PORT}/iceberg`],
    ...['-p', `s3.endpoint=http://127.0.0.1:${process.env.MOTO_PORT}`, '-p', 's3.access-key-id=testing'],
    ...['-p', 's3.secret-access-key=testing', '-p', 's3.region=us-east-1'],
  ],
};

interface Table {
  schema: { identifiers: string[]; columns: { id: number; path: string; type: string; required: boolean; doc: string | null }[] };
  specs: Record<string, { name: string; transform: string }[]>;
  currentSpec: number;
  sortOrders: Record<string, string[]>;
  currentSortOrder: number;
  snapshots: { id: string }[];
  formatVersion: number;
  rows: Record<string, string>[];
  duckDbRows: number;
}

interface View {
  schema: Table['schema'];
  sql: Record<string, string>;
  properties: Record<string, string>;
}

async function readBack<T>(server: string, ...options: string[]): Promise<T> {
  const script = join(import.meta.dirname, '../clients/read_back.py');
  const { stdout } = await run(process.env.PYTHON!, [script, ...clients[server]!, ...options]);
  return JSON.parse(stdout);
}

const said = (page: Page, text: string) => expect(page.getByText(text, { exact: true })).toBeVisible();
const columns = (table: { schema: Table['schema'] }) => table.schema.columns.map(({ id, path, type }) => `${id} ${path} ${type}`);
const typed = ['id bigint not null identifier', 'at timestamptz', "name string comment 'who'", 'size int', 'point struct<x int, y int>'];

for (const server of servers) {
  test(`${server}: a table is created and evolves, as PyIceberg and DuckDB read it`, async ({ page }) => {
    await page.goto(namespacePath(server));
    await follow(page, 'New namespace');
    await page.getByLabel('Name', { exact: true }).fill('shaped');
    await press(page, 'Preview');
    await press(page, 'Create namespace');
    await said(page, 'Created.');

    await page.goto(namespacePath(server, shaped));
    await follow(page, 'New table');
    await page.getByLabel('Name', { exact: true }).fill('events');
    await page.getByLabel(/^Columns/).fill(typed.join('\n'));
    await page.getByLabel(/^Partition fields/).fill('day(at)');
    await page.getByLabel(/^Sort order/).fill('id desc');
    await press(page, 'Preview');
    await press(page, 'Create table');
    await said(page, 'Created.');
    const made = await readBack<Table>(server, '--table', 'shaped.events', '--append', '1');
    expect(columns(made)).toEqual(['1 id long', '2 at timestamptz', '3 name string', '4 size int', '5 point struct', '6 point.x int', '7 point.y int']);
    expect(made.schema.identifiers).toEqual(['id']);
    expect(made.schema.columns[2]!.doc).toBe('who');
    expect(made.specs[made.currentSpec]!.map(({ transform }) => transform)).toEqual(['day']);
    expect(made.sortOrders[made.currentSortOrder]).toHaveLength(1);
    expect(made.duckDbRows).toBe(1);

    await page.goto(tablePath(server, shaped, 'events', 'schema'));
    await follow(page, 'Edit the schema');
    const lines = page.getByLabel(/^Columns, one a line/);
    const now = await lines.inputValue();
    await lines.fill(
      `${now.trimEnd()}\nteam string\n`.replace(/^3: name/m, '3: customer').replace(/^4: size int/m, '4: size bigint').replace('6: x int', '6: x long'),
    );
    await press(page, 'Preview');
    await press(page, 'Save the schema');
    await expect(main(page).getByRole('row', { name: /customer/ })).toBeVisible();
    const evolved = await readBack<Table>(server, '--table', 'shaped.events');
    expect(columns(evolved)).toEqual([
      ...['1 id long', '2 at timestamptz', '3 customer string', '4 size long', '5 point struct', '6 point.x long', '7 point.y int', '8 team string'],
    ]);
    expect(evolved.rows).toEqual([expect.objectContaining({ id: '7', customer: 'ana', team: 'None' })]);
    expect(evolved.duckDbRows).toBe(1);

    await page.goto(tablePath(server, shaped, 'events', 'partitions'));
    await follow(page, 'Edit partitions and sort order');
    await page.getByLabel(/^Partition fields, one a line/).fill('day(at)\nbucket(4, id)');
    await page.getByLabel(/^Sort order, one field a line/).fill('customer asc nulls last');
    await press(page, 'Preview');
    await press(page, 'Save partitions and sort order');
    await expect(main(page)).toContainText('bucket[4]');
    const laidOut = await readBack<Table>(server, '--table', 'shaped.events', '--append', '2');
    expect(laidOut.specs[laidOut.currentSpec]!.map(({ transform }) => transform)).toEqual(['day', 'bucket[4]']);
    expect(laidOut.sortOrders[laidOut.currentSortOrder]).toHaveLength(1);
    expect(laidOut.rows).toHaveLength(3);
    expect(laidOut.duckDbRows).toBe(3);

    // Nessie keeps one snapshot in a table, and expires none.
    if (server === 'nessie') return;
    await page.goto(tablePath(server, shaped, 'events', 'snapshots'));
    await follow(page, 'Expire snapshots');
    await page.getByRole('radio', { name: /^By an age and a number/ }).check();
    await page.getByLabel(/^Older than/).fill('1 ms');
    await page.getByLabel(/^Keep at least/).fill('1');
    await press(page, 'Preview');
    await page.getByLabel(/to confirm$/).fill('events');
    await press(page, 'Expire them');
    await said(page, 'Expired: what goes is out of the metadata.');
    const left = await readBack<Table>(server, '--table', 'shaped.events');
    expect(left.snapshots).toHaveLength(1);
    expect(left.duckDbRows).toBe(3);
  });

  test(`${server}: a view is created and written anew, as PyIceberg reads it`, async ({ page }) => {
    await page.goto(`${namespacePath(server, { namespace: ['sales'] })}&tab=views`);
    await follow(page, 'New view');
    await page.getByLabel('Name', { exact: true }).fill('counted');
    await page.getByLabel('Dialect 1').fill('spark');
    await page.getByLabel('SQL 1').fill('SELECT count(*) AS n FROM orders');
    await page.getByLabel(/^Columns/).fill('n bigint');
    await press(page, 'Preview');
    await press(page, 'Create the view');
    await said(page, 'Created.');
    const made = await readBack<View>(server, '--view', 'sales.counted');
    expect(made.sql).toEqual({ spark: 'SELECT count(*) AS n FROM orders' });
    expect(columns(made)).toEqual(['1 n long']);

    await page.goto(viewPath(server, { namespace: ['sales'] }, 'counted'));
    await follow(page, 'Edit SQL');
    await page.getByLabel('SQL 1').fill('SELECT count(1) AS n FROM orders');
    await page.getByLabel('Dialect 2').fill('trino');
    await page.getByLabel('SQL 2').fill('SELECT count(*) AS n FROM orders');
    await press(page, 'Preview');
    await press(page, 'Save the view');
    await said(page, 'Saved.');
    const replaced = await readBack<View>(server, '--view', 'sales.counted');
    expect(replaced.sql).toEqual({ spark: 'SELECT count(1) AS n FROM orders', trino: 'SELECT count(*) AS n FROM orders' });

    await follow(page, 'Drop…');
    await page.getByLabel(/to confirm$/).fill('counted');
    await press(page, 'Drop the view');
    await said(page, 'Dropped: sales.counted');
  });
}
