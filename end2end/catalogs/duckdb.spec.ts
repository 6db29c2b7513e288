// DuckDB's iceberg extension and the schema page say the same of the sample catalog's tables.
import { expect, test } from '../support/fixtures.ts';
import { tablePath } from '../support/place.ts';
import { open, rows, sameColumns } from '../support/read.ts';
import { read } from '../support/truth.ts';

interface Described {
  namespace: string;
  name: string;
  columns?: { path: string; type: string }[];
}

// The partners' 230 feeds are alike: one of them will do.
const tables = read<Described[]>('duckdb.json').filter(({ name }) => !/^feed_/.test(name) || name === 'feed_001');

for (const namespace of new Set(tables.map((table) => table.namespace))) {
  test(`DuckDB and the pages agree on ${namespace}`, async ({ page }) => {
    for (const { name, columns } of tables.filter((table) => table.namespace === namespace)) {
      await test.step(name, async () => {
        expect(columns, 'described by DuckDB').toBeDefined();
        await open(page, tablePath('sample', { namespace: [namespace] }, name, 'schema'));
        const shown = (await rows(page)).map((row) => row.map((cell) => cell.replace(/^fixed\[\d+\]$/, 'binary')));
        sameColumns(shown, columns!);
      });
    }
  });
}
