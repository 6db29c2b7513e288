// The wizard against real servers: its live check, and a file that another client then works from.
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures.ts';
import { servers } from '../support/truth.ts';

const { FIXTURE_PORT, NESSIE_PORT, MOTO_PORT, TRUTH } = process.env;
const files: Record<string, { catalog: string; values: Record<string, string> }> = {
  fixture: {
    catalog: 'generic',
    values: { rest_catalog_url: `http://127.0.0.1:${FIXTURE_PORT}`, iceberg_s3_path: 's3://warehouse', aws_region: 'us-east-1' },
  },
  nessie: {
    catalog: 'nessie',
    values: {
      rest_catalog_url: `http://127.0.0.1:${NESSIE_PORT}/iceberg/`,
      iceberg_s3_path: 's3://lakehouse/nessie',
      s3_endpoint: `http://127.0.0.1:${MOTO_PORT}`,
      aws_region: 'us-east-1',
      aws_access_key: 'testing',
      aws_secret_key: 'testing',
    },
  },
};

for (const server of servers.filter((server) => server in files)) {
  const { catalog, values } = files[server]!;

  test(`${server}: checked well, and exported`, async ({ page }) => {
    await page.goto(`/destination/form?catalog=${catalog}&auth=none`);
    await expect(page.locator('input[type=password]').first()).toBeEnabled();
    for (const [id, value] of Object.entries(values)) await page.locator(`#${id}`).fill(value);
    await page.getByRole('button', { name: 'Next: check' }).click();
    await page.getByRole('button', { name: 'Check with these values' }).click();
    const result = page.getByRole('region', { name: 'Result of the check' });
    await expect(result).toContainText('Nothing failed');
    const store = result.locator('[data-stage="Reach the object store"]');
    await expect(store).toHaveAttribute('data-outcome', values.s3_endpoint ? 'ok' : 'skipped');
    await page.getByRole('link', { name: 'Next: review' }).click();
    await page.getByRole('checkbox', { name: 'Include secrets in the file' }).check();
    const arrives = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the file' }).click();
    await copyFile(await (await arrives).path(), join(TRUTH!, `destination-${server}.json`));
  });

  for (const [what, change, stage, says] of [
    ['a wrong port', { rest_catalog_url: 'http://127.0.0.1:9/iceberg/' }, 'Connect', 'Nothing listens'],
    ['a wrong path', { rest_catalog_url: `${values.rest_catalog_url!.replace(/\/iceberg\/$/, '')}/ui` }, 'Open the warehouse', 'no Iceberg REST catalog'],
  ] as const) {
    test(`${server}: ${what} is found`, async ({ page }) => {
      const query = new URLSearchParams({ catalog, ...values, ...change });
      query.delete('aws_access_key');
      query.delete('aws_secret_key');
      await page.goto(`/destination/check?${query}`);
      await expect(page.locator('input[type=password]').first()).toBeEnabled();
      await page.getByRole('button', { name: 'Check with these values' }).click();
      await expect(page.locator(`[data-stage="${stage}"]`)).toHaveAttribute('data-outcome', 'failed');
      await expect(page.locator(`[data-stage="${stage}"]`)).toContainText(says);
    });
  }
}
