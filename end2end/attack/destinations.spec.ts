// Addresses that people type into the check of a destination: what is denied sees no connection.
import { ours } from './support/ask.ts';
import type { Console } from './support/console.ts';
import { good } from './support/mock.ts';
import { none, report } from './support/report.ts';
import { expect, test as base } from './support/test.ts';
import { Trap } from './support/trap.ts';
import { allowedVectors, deniedVectors, regions, type Vector } from './support/vectors.ts';

const test = base.extend<{ check: Check }>({
  check: async ({ serve, start }, use) => {
    expect(process.env.ATTACK_NETWORK, 'a network of its own, see run.sh').toBe('own');
    const [{ url }, trap, console] = [await serve({ good }), await Trap.start(), await start('destinations')];
    await use(new Check(console, `${url}/good`, trap));
    trap.stop();
  },
});

type Writer = Record<string, string | boolean>;
const keys = { aws_access_key: 'AKIAEXAMPLE', aws_secret_key: 'an-example', iceberg_s3_path: 's3://bucket/x' };

/** The settings that lead a call to an address; `good` is a catalog's. */
const fields: Record<string, (address: string, good: string) => Writer> = {
  rest_catalog_url: (address) => ({ rest_catalog_url: address, iceberg_s3_path: 'x' }),
  oauth2_uri: (address, good) => ({ rest_catalog_url: good, oauth2_uri: address, rest_auth_type: 'oauth2', credential: 'id:secret', scope: 'x', iceberg_s3_path: 'x' }),
  s3_endpoint: (address, good) => ({ rest_catalog_url: good, s3_endpoint: address, aws_region: 'us-east-1', ...keys }),
};

class Check {
  constructor(
    private readonly console: Console,
    readonly good: string,
    readonly trap: Trap,
  ) {}

  /** Checks a destination; what was connected to meanwhile. */
  async seen(writer: Writer): Promise<string[]> {
    this.trap.seen = [];
    const file = JSON.stringify({ type: 'ICEBERG', writer: { catalog_type: 'rest', iceberg_db: 'a', ...writer } });
    const body = new URLSearchParams({ file }).toString();
    const headers = { ...ours, 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await this.console.ask('/api/check-destination', { method: 'POST', headers, body });
    expect(answer.status, JSON.stringify(writer)).toBeLessThan(500);
    return this.trap.seen;
  }

  /** Writes every vector into every setting. */
  async all(vectors: Vector[]): Promise<{ reached: string[]; missed: string[] }> {
    const found = { reached: [] as string[], missed: [] as string[] };
    for (const [field, writer] of Object.entries(fields)) {
      for (const { name, address } of vectors) {
        const seen = await this.seen(writer(address, this.good));
        if (seen.length) found.reached.push(`${field} ${name}: ${seen.join(', ')}`);
        else found.missed.push(`${field} ${name}`);
      }
    }
    return found;
  }
}

test('addresses that are denied see no connection, whatever they look like', async ({ check }) => {
  const vectors = deniedVectors(check.trap.port);
  const { reached } = await check.all(vectors);
  report('denied addresses', `${vectors.length} in ${Object.keys(fields).length} settings, ${reached.length} reached`);
  none(reached);
});

test('addresses that are allowed are reached: the trap works', async ({ check }) => {
  const vectors = allowedVectors(check.trap.port);
  const { missed } = await check.all(vectors);
  report('allowed addresses', `${vectors.length} in ${Object.keys(fields).length} settings, ${missed.length} not reached`);
  none(missed);
});

test('a region chooses no host', async ({ check }) => {
  const signed = { rest_signing_v_4: true, rest_signing_name: 's3tables' };
  const found: string[] = [];
  for (const region of regions) {
    for (const writer of [{ aws_region: region }, { aws_region: 'us-east-1', rest_signing_region: region, ...signed }]) {
      const seen = await check.seen({ rest_catalog_url: check.good, ...keys, ...writer });
      if (seen.length) found.push(`${JSON.stringify(region)}: ${seen.join(', ')}`);
    }
  }
  report('regions', `${regions.length}, ${found.length} chose a host`);
  none(found);
});
