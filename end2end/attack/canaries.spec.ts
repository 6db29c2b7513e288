// Marked secrets in every setting, and catalogs that give back what they hear: no secret comes out anywhere.
import { TABLE_TABS } from '../support/pages.ts';
import { execFileSync } from 'node:child_process';
import { each, navigation, ours } from './support/ask.ts';
import { canary, disguises, sightings } from './support/canaries.ts';
import { binary, type Connection, type Console } from './support/console.ts';
import { echoes, echoing } from './support/echoes.ts';
import { good, loaded, reply, type Behaviour } from './support/mock.ts';
import { none, report } from './support/report.ts';
import { expect, test, type Stage } from './support/test.ts';

/** Ways to sign in, each with secrets of its own. */
const signIns: Record<string, (number: number) => Record<string, string | Record<string, string>>> = {
  bearer: (n) => ({ auth: { type: 'bearer', token: canary('token', n) } }),
  oauth2: (n) => ({ auth: { type: 'oauth2', client_id: 'crowsnest', client_secret: canary('client', n), scope: 'all' } }),
  sigv4: (n) => ({
    auth: { type: 'sigv4', region: 'eu-central-1', signing_name: 's3tables', access_key_id: 'AKIAEXAMPLE', secret_access_key: canary('key', n), session_token: canary('session', n) },
  }),
  header: (n) => ({ headers: { 'X-Api-Key': canary('header', n), Cookie: `s=${canary('cookie', n, false)}` } }),
};

/** Keys under which servers keep secrets, of Iceberg, the clouds and those who write them by hand. */
const SECRET_KEYS = [
  's3.secret-access-key', 's3.session-token', 's3.sse.key', 'adls.auth.shared-key.account.key', 'adls.sas-token.account', 'gcs.oauth2.token',
  'gcs.encryption-key', 'gcs.decryption-key', 'fs.azure.account.key.x.dfs.core.windows.net', 'fs.s3a.secret.key', 'jdbc.password', 'ssl.key.pass.phrase',
  'keystore.pwd', 'client.credential', 'token', 'rest.jwt', 'my.passphrase',
];
const kept = (number: number) => Object.fromEntries(SECRET_KEYS.map((key, index) => [key, canary('kept', number * 100 + index)]));
const inUrls = (number: number) => ({ 'jdbc.url': `jdbc:postgresql://user:${canary('url', number, false)}@db/x`, endpoint: `https://u:${canary('url', number, false)}@h/?sig=${canary('sig', number, false)}` });

/** A catalog that keeps secrets in all places that have properties. */
const keeping: Behaviour = (call) => {
  const properties = { ...kept(1), ...inUrls(1) };
  const { method, path } = call;
  if (path === '/v1/config') return reply(call, 200, { defaults: properties, overrides: { ...kept(2), 'header.x-key': canary('kept', 3), token: canary('kept', 4) } });
  if (method === 'GET' && path.includes('/tables/')) {
    const credentials = [{ prefix: 's3://', config: kept(5) }];
    return reply(call, 200, { ...loaded({ properties }), config: kept(6), 'storage-credentials': credentials }, { 'set-cookie': `s=${canary('cookie', 7, false)}` });
  }
  if (/namespaces\/[^/]+$/.test(path) && method === 'GET') return reply(call, 200, { namespace: ['a'], properties });
  return good(call);
};

const place = (name: string, query = '') => `place=${encodeURIComponent(`/c/${name}${query}`)}`;
const table = '?ns=a&t=t';
/** Every page and function that tells what a catalog said. */
const addresses = (name: string): string[] => [
  `/c/${name}`, `/c/${name}/ns`, `/c/${name}/ns?ns=a&tab=tables`, `/c/${name}/ns?ns=a&tab=properties`, `/c/${name}/open`, `/c/${name}/connect${table}`, `/c/${name}/compare${table}&to-ns=a&to-t=u`,
  ...TABLE_TABS.map((tab) => `/c/${name}/t/${tab}${table}`),
  `/c/${name}/t/metadata.json${table}`, `/c/${name}/v/overview?ns=a&v=v`, `/c/${name}/principals`,
  `/api/connection?${place(name)}&fresh=true`, `/api/rights?${place(name)}`, `/api/namespace?${place(name, '?ns=a')}`, `/api/table_raw?${place(name, table)}&page=1&fresh=true`, `/api/table_properties?${place(name, table)}&fresh=true`,
  `/c/${name}/schema-edit${table}`, `/api/table_schema_lines?${place(name, table)}`,
  `/api/table_template?${place(name, table)}`, `/api/tree?${place(name)}&ask=`, '/api/search?ask=q%3Da', `/api/counts?${place(name, '?ns=a')}&patient=true`, `/api/grants-picks?${place(name, '?ns=a')}&pick=tables`, `/destination/form?from=${name}`, `/destination/review?from=${name}`,
];

/** Whether a file of its own may show what a table's owner wrote: the document itself, asked for on purpose. */
const isDocument = (path: string) => path.includes('/t/metadata.json');

async function search(console: Console, names: string[]): Promise<{ asked: number; found: string[] }> {
  const paths = names.flatMap(addresses).concat('/', '/api/connections', '/api/destination-starts');
  const found = await each(paths, 8, async (path) => {
    const answer = await console.ask(path, { headers: path.startsWith('/api/') ? ours : navigation }).catch((error: Error) => ({ status: 0, headers: {}, body: error.message }));
    return sightings(`${JSON.stringify(answer.headers)}\n${answer.body}`).map((seen) => `${path}: ${answer.status}: ${seen}`);
  });
  return { asked: paths.length, found: found.flat() };
}

test('the search finds a canary in every encoding, and in a page @short', async ({ serve, start }) => {
  for (const [encoding, text] of Object.entries(disguises(canary('token', 1)))) {
    expect(sightings(`before ${text} after`), encoding).not.toEqual([]);
  }
  expect(sightings('an innocent page')).toEqual([]);
  // Not a secret of the console's: a name of the catalog, which pages show.
  const planted: Behaviour = (call) => (call.path === '/v1/namespaces' ? reply(call, 200, { namespaces: [[canary('planted', 1, false)]] }) : good(call));
  const mock = await serve({ planted });
  const console = await start('planted', { connections: [{ name: 'planted', url: `${mock.url}/planted`, kind: 'generic' }] });
  const { found } = await search(console, ['planted']);
  report('the planted canary', `found ${found.length} times`);
  expect(found.length).toBeGreaterThan(0);
});

/** Attacks with the echoes named, in each way to sign in. */
async function leaks(modes: string[], { serve, start }: Stage) {
  const behaviours: Record<string, Behaviour> = { keeping };
  const connections: Omit<Connection, 'url'>[] = [{ name: 'keeping', kind: 'generic', ...signIns.bearer!(0) }];
  for (const mode of modes) {
    for (const [auth, settings] of Object.entries(signIns)) {
      const name = `${auth}-${mode.replaceAll(' ', '-')}`;
      behaviours[name] = echoing(echoes[mode]!, canary('access', connections.length));
      connections.push({ name, kind: mode.startsWith('token') || connections.length % 2 ? 'generic' : 'polaris', ...settings(connections.length) });
    }
  }
  const mock = await serve(behaviours);
  const proxied = { name: 'proxied', kind: 'generic', url: `${mock.url}/keeping`, proxy: `${mock.url.replace('//', `//${canary('user', 1, false)}:${canary('proxy', 1, false)}@`)}` };
  const settings: Connection[] = [...connections.map((connection) => ({ ...connection, url: `${mock.url}/${connection.name}` }) as Connection), proxied];
  const console = await start('canaries', { connections: settings, server: 'log = "trace,hyper=trace,reqwest=trace,oauth2=trace"' });
  const names = settings.map(({ name }) => name);
  const { asked, found } = await search(console, names);
  // What catalogs keep is theirs, and may stand in the document that somebody downloads.
  const out = found.filter((line) => !(isDocument(line) && /keeping/.test(line)));
  const printed = execFileSync(binary, ['--config', `${console.folder}/crowsnest.toml`, '--print-config'], { encoding: 'utf8' });
  const others: Record<string, string> = { '--print-config': printed, 'command line and environment': console.visible(), metrics: await console.metrics() };
  for (const [place, text] of Object.entries(others)) out.push(...sightings(text).map((seen) => `${place}: ${seen}`));
  const lines = console.log().split('\n');
  out.push(...lines.flatMap((line) => sightings(line).map((seen) => `log: ${seen}`)));
  const planted = JSON.stringify(settings).split('Qz7kXw9vJ4').length - 1;
  report('canaries', `${planted} planted in ${settings.length} connections, ${asked} requests, ${lines.length} log lines, ${out.length} found`);
  // Of those that differ by their numbers and by the secret alone, one is enough.
  const kinds = new Map(out.map((line) => [line.replace(/…[^…]*…|\d+/g, ''), line]));
  return [...kinds.values()];
}

test('no secret comes back out of some connections @short', async ({ serve, start }) => {
  none(await leaks(['request id', 'error 500', 'wrong shape', 'token error', 'configuration'], { serve, start }));
});

test('no secret comes back out of all connections', async ({ serve, start }) => {
  none(await leaks(Object.keys(echoes), { serve, start }));
});
