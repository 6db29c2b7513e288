// Each kind of catalog from an empty form to its tables: the six on the sample, the other four on what answers as they do.
import { follow, heading, main, press } from '../support/act.ts';
import { arrive, expect, test } from '../support/people.ts';

const polaris = { Warehouse: 'lakehouse', 'Client ID': 'root', 'Client secret': 's3cr3t' };
const aws = { Warehouse: 'arn:aws:s3tables:eu-central-1:111122223333:bucket/lakehouse', Region: 'eu-central-1', 'Access key ID': 'AKIAIOSFODNN7EXAMPLE', 'Secret access key': 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const bearer = { Warehouse: 'lakehouse', Token: 'sample-unity-token' };

/** By the label of its kind: the sample that answers, and what is filled in. */
const KINDS: Record<string, [string, Record<string, string>]> = {
  'Apache Polaris': ['sample-polaris', polaris],
  Lakekeeper: ['sample-lakekeeper', { 'Sign-in': 'none', Warehouse: 'lakehouse' }],
  'Project Nessie': ['sample-nessie', { Warehouse: 'lakehouse' }],
  'Amazon S3 Tables': ['sample-s3-tables', aws],
  'Unity Catalog': ['sample-unity', bearer],
  'AWS Glue': ['sample-s3-tables', aws],
  'Google BigLake': ['sample-generic', { ...bearer, 'Headers': 'x-goog-user-project: my-project' }],
  'Snowflake Open Catalog': ['sample-polaris', polaris],
  'Cloudflare R2 Data Catalog': ['sample-generic', bearer],
  'Iceberg REST': ['sample-generic', { Warehouse: 'lakehouse' }],
};

test('each kind of catalog is added from an empty form, and its tables are there', async ({ withPasswords, visit }) => {
  const console = await withPasswords({ ana: 'admin' }, 'people_reach = ["127.0.0.0/8"]', 'people_ports = ["1024-65535"]');
  const page = await visit(console, { javaScript: false });
  await arrive(page, console, 'ana');
  await page.goto('/connections');
  const addresses = Object.fromEntries(
    await Promise.all(
      [...new Set(Object.values(KINDS).map(([sample]) => sample))].map(async (sample) => {
        const row = main(page).getByRole('row').filter({ has: page.getByRole('link', { name: sample, exact: true }) });
        return [sample, /http:\S+/.exec(await row.innerText())![0]] as const;
      }),
    ),
  );
  for (const [kind, [sample, fields]] of Object.entries(KINDS)) {
    const name = `my ${kind}`;
    // Four clicks, and what is typed.
    await page.goto('/');
    await follow(page, 'Add or edit');
    await follow(page, kind);
    for (const [label, value] of Object.entries({ Name: name, Address: addresses[sample]!, ...fields })) {
      const field = main(page).getByLabel(new RegExp(`^${label}`)).first();
      await (label === 'Sign-in' ? field.selectOption(value) : field.fill(value));
    }
    await press(page, 'Add and test');
    await expect(heading(page)).toHaveText(`Connection ${name}`);
    const stages = await main(page).locator('[data-stage]').evaluateAll((all) => all.map((one) => one.textContent));
    await expect(main(page).locator('[data-stage="Load a table"]'), stages.join('\n')).toHaveAttribute('data-outcome', 'ok');
    await follow(page, 'Open it');
    await page.goto(`/c/${encodeURIComponent(name)}/ns?ns=sales`);
    await expect(main(page).getByRole('link', { name: 'orders', exact: true }), kind).toBeVisible();
  }
});
