// Where people sign in, nothing that they type and nothing that a catalog says has an address inside be called: every
// address of this network leads to a listener, which has to see nobody.
import { each, form } from './support/ask.ts';
import { BANNER, PUBLIC } from './support/inside.ts';
import { inward, NOBODYS, type Row } from './support/inward.ts';
import { plain, who, type Fields, type Made, type Told } from './support/made.ts';
import { good, reply, type Behaviour } from './support/mock.ts';
import { none, report } from './support/report.ts';
import { Stage } from './support/stage.ts';
import { expect, test } from './support/test.ts';
import { loud, words } from './support/words.ts';
import { regions } from './support/vectors.ts';

const KINDS = ['generic', 'polaris', 'nessie', 'lakekeeper', 'unity'];
/** Once looked up, this leads to the public address so many times and inside from then on. */
const TURNS = [1, 2, 3, 4, 5, 6, 8, 12];
const turning = (name: string, inside: string) => Object.fromEntries(TURNS.map((turn) => [`${name}-${turn}.test`, (nth: number) => [nth < turn ? PUBLIC : inside]]));

const REBOUND: Record<string, Record<string, (nth: number) => string[]>> = {
  'to this machine': turning('turn', '127.0.0.1'),
  'to a private network': turning('private-turn', '10.0.0.1'),
  'to metadata': turning('metadata-turn', '169.254.169.254'),
  'to this machine by IPv6': turning('six-turn', '::1'),
  'by turns': { 'flip.test': (nth) => [nth % 2 ? '127.0.0.1' : PUBLIC], 'flop.test': (nth) => [nth % 2 ? PUBLIC : '127.0.0.1'], 'flip-six.test': (nth) => [nth % 2 ? '::1' : PUBLIC] },
  'as a proxy': { 'flip-proxy.test': (nth) => [nth % 2 ? '127.0.0.1' : PUBLIC] },
  'as a token endpoint': { 'flip-token.test': (nth) => [nth % 2 ? '127.0.0.1' : PUBLIC] },
  'to both': { 'both.test': (nth) => (nth % 2 ? [PUBLIC, '127.0.0.1'] : [PUBLIC]), 'both-six.test': (nth) => (nth % 2 ? ['::1', PUBLIC] : [PUBLIC]) },
};

/** A place where an address is taken, and what is filled in besides; `good` is a catalog that may be called. */
type Place = (made: Made, address: string, good: string) => Promise<Pick<Told, 'end' | 'words' | 'status'>>;

const client = { 'auth.client_id': 'id', 'auth.client_secret': 's3cr3t' };
const keys = { 'auth.type': 'sigv4', 'auth.region': 'eu-central-1', 'auth.signing_name': 'glue', 'auth.access_key_id': 'AKIAEXAMPLE', 'auth.secret_access_key': 'an-example' };
const role = { ...keys, 'auth.role_arn': 'arn:aws:iam::111122223333:role/x' };

/** Adds a connection, and removes it again where it was kept. */
const added =
  (fields: (address: string, good: string) => Fields): Place =>
  async (made, address, good) => {
    const told = await made.add(fields(address, good));
    if (told.end !== 'refused') await made.remove(told.name);
    return told;
  };

/** Fills in the check of a destination. */
const checked =
  (writer: (address: string, good: string) => Record<string, string>): Place =>
  async (made, address, good) => {
    const { status, body } = await made.check({ aws_access_key: 'AKIAEXAMPLE', aws_secret_key: 'an-example', aws_region: 'eu-central-1', ...writer(address, good) });
    const failed = status >= 400 || /"outcome":"(failed|skipped)"/i.test(body);
    return { status, end: status >= 400 ? 'refused' : failed ? 'failed' : 'passed', words: plain(body) };
  };

const PLACES: Record<string, Place> = {
  'the address of a catalog': added((url) => ({ url })),
  'a token endpoint': added((address, good) => ({ url: good, 'auth.type': 'oauth2', ...client, 'auth.token_url': address })),
  'the STS of a role': added((address, good) => ({ url: good, ...role, 'auth.sts_endpoint': address })),
  'a proxy': added((proxy, good) => ({ url: good, proxy })),
  'the catalog of a destination': checked((address) => ({ rest_catalog_url: address, iceberg_s3_path: 'x' })),
  'the token endpoint of a destination': checked((address, good) => ({ rest_catalog_url: good, oauth2_uri: address, rest_auth_type: 'oauth2', credential: 'id:secret', scope: 'x', iceberg_s3_path: 'x' })),
  'the object store of a destination': checked((address, good) => ({ rest_catalog_url: good, s3_endpoint: address, iceberg_s3_path: 's3://bucket/x' })),
};

/** A connection that each person signs in to. */
const person: Place = async (made, address, good) => {
  const told = await made.add({ url: good, 'auth.type': 'person', 'auth.token_url': address });
  if (told.end === 'refused') return told;
  const { status, body } = await made.post(`/sign-in/catalog?connection=${told.name}`, { client_id: 'id', client_secret: 's3cr3t' });
  await made.remove(told.name);
  return { status, end: status === 303 ? 'passed' : 'failed', words: plain(body) };
};

/** A connection that led elsewhere before. */
const edited =
  (fields: (address: string, good: string) => Fields): Place =>
  async (made, address, good) => {
    const { name, end } = await made.add({ url: good });
    expect(end, 'the catalog that may be called').toBe('passed');
    const told = await made.change(name, fields(address, good));
    // What was saved is what everybody then asks.
    await made.page(`/c/${name}/ns`);
    await made.remove(name);
    return told;
  };

const more: Record<string, Place> = {
  'the token endpoint of people': person,
  'a connection that is changed': edited((url) => ({ url })),
  'a token endpoint that is changed': edited((address, good) => ({ url: good, 'auth.type': 'oauth2', ...client, 'auth.token_url': address })),
  'a proxy that is changed': edited((proxy, good) => ({ url: good, proxy })),
  'the exchange of tokens': added((address, good) => ({ url: good, 'auth.type': 'exchanged', ...client, 'auth.token_url': address, 'auth.audience': 'x' })),
  'a resource of a token': added((address, good) => ({ url: good, 'auth.type': 'oauth2', ...client, 'auth.token_url': `${good}/v1/oauth/tokens`, 'auth.resource': address, 'auth.audience': address, 'auth.scope': 'x', 'auth.fields': `endpoint: ${address.trim()}` })),
  'a warehouse': added((address, good) => ({ url: good, warehouse: address })),
  'a header': added((address, good) => ({ url: good, headers: `X-Forwarded-Host: ${address.trim()}\nX-Original-URL: ${address.trim()}\nForwarded: host=${address.trim()}` })),
};

/** What other programs are configured with, by program: `token` is where tokens are asked for. */
const PASTED: Record<string, (url: string, token: string) => string> = {
  Spark: (url, token) => `spark.sql.catalog.lake.type=rest\nspark.sql.catalog.lake.uri=${url}\nspark.sql.catalog.lake.credential=id:s3cr3t\nspark.sql.catalog.lake.oauth2-server-uri=${token}\nspark.sql.catalog.lake.s3.endpoint=${url}\n`,
  'Spark’s command line': (url, token) => `spark-sql --conf spark.sql.catalog.lake=org.apache.iceberg.spark.SparkCatalog --conf spark.sql.catalog.lake.type=rest --conf spark.sql.catalog.lake.uri=${url} --conf spark.sql.catalog.lake.credential=id:s3cr3t --conf spark.sql.catalog.lake.oauth2-server-uri=${token}`,
  Trino: (url, token) => `connector.name=iceberg\niceberg.catalog.type=rest\niceberg.rest-catalog.uri=${url}\niceberg.rest-catalog.security=OAUTH2\niceberg.rest-catalog.oauth2.credential=id:s3cr3t\niceberg.rest-catalog.oauth2.server-uri=${token}\n`,
  PyIceberg: (url, token) => `catalog:\n  lake:\n    uri: ${JSON.stringify(url)}\n    credential: id:s3cr3t\n    oauth2-server-uri: ${JSON.stringify(token)}\n    s3.endpoint: ${JSON.stringify(url)}\n`,
  'PyIceberg in Python': (url, token) => `from pyiceberg.catalog import load_catalog\ncatalog = load_catalog("lake", **{"type": "rest", "uri": ${JSON.stringify(url)}, "credential": "id:s3cr3t", "oauth2-server-uri": ${JSON.stringify(token)}})\n`,
  Flink: (url, token) => `CREATE CATALOG lake WITH ('type'='iceberg','catalog-type'='rest','uri'='${url}','credential'='id:s3cr3t','oauth2-server-uri'='${token}');`,
  DuckDB: (url, token) => `CREATE SECRET s (TYPE iceberg, CLIENT_ID 'id', CLIENT_SECRET 's3cr3t', OAUTH2_SERVER_URI '${token}');\nATTACH 'w' AS lake (TYPE iceberg, SECRET s, ENDPOINT '${url}');`,
  OLake: (url, token) => JSON.stringify({ type: 'ICEBERG', writer: { catalog_type: 'rest', catalog_name: 'lake', rest_catalog_url: url, iceberg_s3_path: 'w', rest_auth_type: 'oauth2', oauth2_uri: token, credential: 'id:s3cr3t', scope: 'x', s3_endpoint: url } }),
  'Polaris’ command line': (url) => JSON.stringify({ lake: { client_id: 'id', client_secret: 's3cr3t', host: url, port: '', realm: 'POLARIS', header: 'Polaris-Realm' } }),
  'Polaris’ command line, by port': (url) => JSON.stringify({ lake: { client_id: 'id', client_secret: 's3cr3t', host: /\/\/([^/]*?):?\d*\//.exec(url)?.[1] ?? url, port: /:(\d+)\//.exec(url)?.[1] ?? '80', realm: 'POLARIS', header: 'Polaris-Realm' } }),
  Crowsnest: (url, token) => `[[connection]]\nname = "lake"\nurl = ${JSON.stringify(url)}\n[connection.auth]\ntype = "oauth2"\nclient_id = "id"\nclient_secret = "s3cr3t"\ntoken_url = ${JSON.stringify(token)}\n`,
};

const tabs = (name: string) => ['overview', 'snapshots', 'metadata-log', 'statistics', 'properties', 'raw'].map((tab) => `/c/${name}/t/${tab}?ns=a&t=t`);
const first = (name: string) => [`/c/${name}/t/overview?ns=a&t=t`];
const pages = (name: string) => [...first(name), `/c/${name}`, `/c/${name}/open`, `/c/${name}/ns`, `/c/${name}/ns?ns=a`, `/c/${name}/connect`, `/c/${name}/v/overview?ns=a&v=v`, ...tabs(name)];

let stage: Stage;
let strict: Made;

test.beforeAll(async () => {
  const said = (port: () => number): Record<string, Behaviour> => ({
    loud: (call) => loud(port())(call),
    // Each token is for one call.
    brief: (call) => (call.path.endsWith('/tokens') ? reply(call, 200, { access_token: 'a-token', token_type: 'bearer', expires_in: 1 }) : good(call)),
    ...Object.fromEntries(words(0).map((_, at): [string, Behaviour] => [`w${at}`, (call) => words(port())[at]!.behaviour(call)])),
  });
  stage = await Stage.start(said, Object.assign({}, ...Object.values(REBOUND)));
  strict = await stage.people('outbound');
});
test.afterAll(() => stage?.stop());

/** What is wrong with how an address was refused. */
function wrong({ end, words, status }: Pick<Told, 'end' | 'words' | 'status'>): string | undefined {
  if (end === 'passed') return 'passed';
  if (status >= 500) return `status ${status}: ${words.slice(0, 200)}`;
  if (words.includes(BANNER)) return `tells what is inside: ${words}`;
  if (words.length < 30 || /panicked|unwrap\(|Custom \{|Os \{/.test(words)) return `in no words for people: “${words}”`;
  return undefined;
}

/** Writes each address into a place, and says what is wrong with what came of it; nobody may be called. */
async function refused(made: Made, place: Place, rows: Row[]): Promise<string[]> {
  stage.inside.callers();
  const found = await each(rows, 6, async ({ name, address }) => {
    const why = await place(made, address, stage.at('good')).then(wrong, (error: Error) => error.message);
    return why && `${name} (${JSON.stringify(address)}): ${why}`;
  });
  return [...stage.inside.callers().map((caller) => `reached: ${caller}`), ...found.filter((one) => one !== undefined)];
}

/** By group, without those that have a test of their own. */
const groups = () => Object.entries(inward(stage.inside.port)).filter(([group]) => group !== NOBODYS);
/** All addresses, or those of some groups. */
const rows = (of?: string[]) => groups().flatMap(([group, list]) => (!of || of.includes(group) ? list : []));
/** Two of each group, and some of the ways that parsers read differently. */
const few = () => groups().flatMap(([group, list]) => (group === 'ways to write a URL' ? list.filter((_, at) => at % 5 === 0) : list.slice(0, 2)));

test('there are more than a hundred and twenty ways to write it @short', async () => {
  const all = rows();
  const addresses = new Set(all.map(({ address }) => address));
  report('addresses that lead inside', `${addresses.size} in ${Object.keys(inward(1)).length} groups`);
  expect(all.filter(({ address }, at) => all.findIndex((one) => one.address === address) !== at)).toEqual([]);
  expect(addresses.size).toBeGreaterThan(120);
});

test('the catalog at the public address is called: what is refused below is refused for its address @short', async () => {
  for (const url of [stage.at('good'), stage.at('good', 'public.test'), stage.at('good', `${PUBLIC}.`.slice(0, -1)), stage.at('good', '185273099')]) {
    const { end, words, name } = await strict.add({ url });
    expect(`${url} ${end} ${words}`).toBe(`${url} passed `);
    await strict.remove(name);
  }
});

for (const [where, place] of Object.entries(PLACES)) {
  test(`${where}: nothing inside is called`, async () => {
    // All of them at the first place; at the others, where the same guard stands, every second.
    const all = rows().filter((_, at) => where === Object.keys(PLACES)[0] || at % 2 === 0);
    expect(all.length).toBeGreaterThan(120);
    const found = await refused(strict, place, all);
    report(where, `${all.length} addresses, ${found.length} not refused as they should be`);
    none(found);
  });
}

test('an address of IPv6 that is nobody’s is not called', async () => {
  const all = inward(stage.inside.port)[NOBODYS]!;
  none(await refused(strict, PLACES['the address of a catalog']!, all));
});

for (const [where, place] of Object.entries(more)) {
  test(`${where}: nothing inside is called`, async () => {
    const all = few();
    const harmless = /resource|warehouse|header|exchange/.test(where);
    const found = await refused(strict, place, all);
    report(where, `${all.length} addresses`);
    // Where it is no address to the console it may be anything: it is passed on, and never called.
    none(harmless ? found.filter((one) => one.startsWith('reached')) : found);
  });
}

test('each group in each place: nothing inside is called @short', async () => {
  const all = groups().map(([, list]) => list[0]!);
  for (const [where, place] of Object.entries(PLACES)) none((await refused(strict, place, all)).map((one) => `${where}: ${one}`));
  report('each group in each place', `${all.length} addresses in ${Object.keys(PLACES).length} places`);
});

test('what is pasted leads inside no more than what is typed', async () => {
  const good = stage.at('good');
  const all = few().filter((_, at) => at % 3 === 0);
  const pasted = Object.entries(PASTED).flatMap(([program, write]) =>
    all.flatMap(({ name, address }) => [
      { name: `${program}, the catalog, ${name}`, address: write(address, `${good}/v1/oauth/tokens`) },
      ...(program.startsWith('Polaris') ? [] : [{ name: `${program}, the token endpoint, ${name}`, address: write(good, address) }]),
    ]),
  );
  const found = await refused(strict, (made, text) => made.paste(text), pasted);
  // A text that says nothing of an address may well end in a connection, to the catalog that may be called.
  const open = found.filter((one) => one.startsWith('reached') || !one.endsWith(': passed'));
  report('what is pasted', `${pasted.length} texts, ${found.length - open.length} without the address`);
  none(open);
});

test('what only a file may say is taken neither from a form nor from what is pasted', async () => {
  const own = { ca_file: '/etc/passwd', 'auth.credentials': 'ambient', 'auth.profile': 'default', 'auth.web_identity_token_file': '/etc/passwd', 'auth.web_identity_role_arn': role['auth.role_arn'], 'auth.client_secret_file': '/etc/passwd', 'auth.token_env': 'PATH', 'auth.secret_access_key_env': 'PATH', proxy_file: '/etc/passwd' };
  const open = { 'auth.type': 'sigv4', 'auth.region': 'eu-central-1', 'auth.signing_name': 'glue' };
  const forms: Fields[] = [
    { ...open, ...own },
    { ...open, 'auth.credentials': 'ambient' },
    { ...open, 'auth.credentials': 'ambient', 'auth.role_arn': role['auth.role_arn'], 'auth.sts_endpoint': `https://${PUBLIC}` },
    { ...open, 'auth.profile': 'default' },
    { ...open, 'auth.access_key_id': '', 'auth.secret_access_key': '' },
    { 'auth.type': 'ambient' },
    { 'auth.type': 'bearer', 'auth.token_file': '/etc/passwd' },
    { 'auth.type': 'oauth2', 'auth.client_id': 'id', 'auth.client_secret_file': '/etc/passwd', 'auth.token_url': `${stage.at('good')}/v1/oauth/tokens` },
  ];
  const texts = [
    `[[connection]]\nname = "lake"\nurl = "${stage.at('good')}"\n[connection.auth]\ntype = "sigv4"\nregion = "eu-central-1"\nsigning_name = "glue"\ncredentials = "ambient"\n`,
    `[[connection]]\nname = "lake"\nurl = "${stage.at('good')}"\n[connection.auth]\ntype = "sigv4"\nregion = "eu-central-1"\nsigning_name = "glue"\nweb_identity_token_file = "/etc/passwd"\nweb_identity_role_arn = "arn:aws:iam::111122223333:role/x"\n`,
    `[[connection]]\nname = "lake"\nurl = "${stage.at('good')}"\n[connection.auth]\ntype = "bearer"\ntoken_file = "/etc/passwd"\n`,
    `spark.sql.catalog.lake.type=rest\nspark.sql.catalog.lake.uri=${stage.at('good')}\nspark.sql.catalog.lake.rest.sigv4-enabled=true\nspark.sql.catalog.lake.rest.signing-region=eu-central-1\nspark.sql.catalog.lake.rest.signing-name=glue\nspark.sql.catalog.lake.client.credentials-provider=software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider\n`,
  ];
  stage.inside.callers();
  const sent = stage.mock.sent.length;
  const found = await each(forms, 1, async (fields) => {
    const told = await strict.add({ url: stage.at('good'), ...fields });
    if (told.end !== 'refused') await strict.remove(told.name);
    return told.end === 'passed' && `taken: ${JSON.stringify(fields)}`;
  });
  for (const text of texts) found.push((await strict.paste(text)).end === 'passed' && `taken: ${text}`);
  // Nobody signs in with what this server has of its own.
  const signed = stage.mock.sent.slice(sent).filter(({ body }) => /root:|PATH|\/bin/.test(body));
  none([...stage.inside.callers().map((caller) => `reached: ${caller}`), ...found, ...signed.map(({ body }) => body)]);
});

test('what the environment says of proxies and of AWS is not followed', async () => {
  const inside = `http://127.0.0.1:${stage.inside.port}`;
  const variables = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy', 'AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_STS', 'AWS_EC2_METADATA_SERVICE_ENDPOINT', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'];
  const made = await stage.people('outbound-environment', [], Object.fromEntries(variables.map((name) => [name, inside])));
  stage.inside.callers();
  expect((await made.add({ url: stage.at('good') })).end).toBe('passed');
  await made.add({ url: `https://${PUBLIC}` });
  await made.add({ url: stage.at('good'), ...role, 'auth.sts_endpoint': '' });
  await made.check({ rest_catalog_url: stage.at('good'), s3_endpoint: stage.at('good'), iceberg_s3_path: 's3://bucket/x', aws_region: 'eu-central-1', aws_access_key: 'AKIAEXAMPLE', aws_secret_key: 'an-example' });
  none(stage.inside.callers());
});

test('who may not make connections, and another site, calls nobody', async () => {
  const url = stage.at('good');
  const { name } = await strict.add({ url });
  const before = stage.inside.called.get(stage.inside.port) ?? 0;
  const fields: Fields = { operation: 'create', name: 'forged', url, 'auth.type': 'none', role: 'viewer' };
  const text = `spark.sql.catalog.lake.type=rest\nspark.sql.catalog.lake.uri=${url}\n`;
  const read = /name="import" value="([^"]+)"/.exec((await strict.post('/connections', { operation: 'import', pasted: text })).body)![1]!;
  const forms: [string, Fields][] = [
    ['/connections/new?kind=generic', fields],
    ['/connections/new', fields],
    ['/connections', { operation: 'import', pasted: text }],
    // What somebody else pasted.
    ['/connections', { operation: 'create', import: read, chosen: 'lake' }],
    ...['save', 'test', 'disable', 'delete'].map((operation): [string, Fields] => [`/connections/edit?name=${name}`, { ...fields, operation, version: '1' }]),
  ];
  const others: [string, Fields | undefined, Fields][] = [
    ['a viewer', who('vic', 'staff'), {}],
    ['nobody', {}, {}],
    ['another site', who('mallory', 'admins'), { 'sec-fetch-site': 'cross-site', origin: 'http://evil.test' }],
    ['a site beside', who('mallory', 'admins'), { 'sec-fetch-site': 'same-site', origin: 'http://other.test' }],
    ['an old browser on another site', who('mallory', 'admins'), { 'sec-fetch-site': '', origin: 'http://evil.test' }],
  ];
  const found: (string | false)[] = [];
  for (const [whose, by, headers] of others) {
    for (const [path, sent] of forms) {
      const { status } = await strict.post(path, sent, by, { ...form, ...headers });
      found.push((status < 300 || (status < 400 && whose !== 'nobody')) && `${whose}: ${path} ${sent.operation} has status ${status}`);
    }
    if (whose === 'a viewer' || whose === 'nobody') {
      const { status } = await strict.check({ rest_catalog_url: url, iceberg_s3_path: 'x' }, by);
      found.push(status < 300 && `${whose}: the check of a destination has status ${status}`);
    }
  }
  expect((await strict.page(`/c/${name}`)).status, 'it is still there').toBe(200);
  const now = stage.inside.called.get(stage.inside.port) ?? 0;
  await strict.remove(name);
  // The page above may have asked.
  report('forged connections', `${found.length} forms, ${now - before} calls`);
  none(found);
  expect(now - before).toBeLessThan(5);
});

test('a region, a service and a bucket choose no host', async () => {
  const fields = regions.flatMap((region): [string, Fields][] => [
    ['region of Glue', { ...keys, 'auth.region': region, url: '' }],
    ['region of S3 Tables', { ...keys, 'auth.region': region, 'auth.signing_name': '', url: '' }],
    ['region of a role', { ...role, 'auth.region': region, url: stage.at('good') }],
    ['service', { ...role, 'auth.signing_name': region, url: stage.at('good') }],
    ['a bucket', { ...keys, 'auth.region': '', url: '', warehouse: `arn:aws:s3tables:${region}:111122223333:bucket/x` }],
  ]);
  stage.inside.callers();
  await each(fields, 6, async ([what, typed]) => {
    const told = await strict.add(typed, what.includes('Glue') ? 'glue' : what.includes('bucket') || what.includes('Tables') ? 's3-tables' : 'generic');
    if (told.end !== 'refused') await strict.remove(told.name);
  });
  report('regions', `${fields.length}`);
  // A name of AWS may be looked up, and has no address here.
  none(stage.inside.callers());
});

test('a catalog’s own words lead nowhere', async () => {
  const all = words(stage.inside.port);
  stage.inside.callers();
  const found = await each(all, 6, async ({ name, oauth }, at) => {
    const url = stage.at(`w${at}`);
    const auth: Fields = oauth ? { 'auth.type': 'oauth2', ...client, 'auth.token_url': `${url}/v1/oauth/tokens` } : {};
    const told = await strict.add({ url, ...auth });
    if (told.end === 'refused') return `${name}: ${told.words}`;
    const asked = name.startsWith('a table,') ? tabs : name.startsWith('a view') ? pages : first;
    for (const path of asked(told.name)) {
      const { status, body } = await strict.page(path);
      if (body.includes(BANNER)) return `${name}: ${path} tells what is inside`;
      if (status === 500) return `${name}: ${path} has status 500`;
    }
    await strict.remove(told.name);
    return undefined;
  });
  const asked = all.filter((_, at) => !stage.mock.calls.get(`w${at}`));
  report('what catalogs say', `${all.length} ways, ${stage.mock.sent.length} calls`);
  none([...stage.inside.callers().map((caller) => `reached: ${caller}`), ...found, ...asked.map(({ name }) => `${name}: was never asked`)]);
});

for (const kind of KINDS) {
  test(`a catalog of kind ${kind} that says all of it at once leads nowhere`, async () => {
    stage.inside.callers();
    const { name } = await strict.add({ url: stage.at('loud'), kind, warehouse: 'w' }, kind);
    const vendor = { polaris: ['catalogs', 'principals', 'catalog?w=w', 'policies?w=w&ns=a', 'generic-tables?w=w&ns=a'], nessie: ['history?w=w', 'references'], lakekeeper: ['warehouses', 'projects'], unity: ['catalogs'] }[kind] ?? [];
    const changes = ['table-new?ns=a', 'table-register?ns=a', 'snapshots-expire?ns=a&t=t', 'location-edit?ns=a&t=t', 'table-drop?ns=a&t=t', 'unused-remove?ns=a&t=t', 'view-new?ns=a', 'compare?ns=a&t=t'];
    const all = [...pages(name), ...['schema', 'partitions', 'refs', 'properties', 'metadata-log', 'history'].map((tab) => `/c/${name}/t/${tab}?ns=a&t=t`), ...[...vendor, ...changes].map((page) => `/c/${name}/${page}`), '/', '/search?q=t'];
    const bodies = await each(all, 6, async (path) => ((await strict.page(path)).body.includes(BANNER) ? path : ''));
    none([...stage.inside.callers().map((caller) => `reached: ${caller}`), ...bodies]);
    await strict.remove(name);
  });
}

for (const [how, names] of Object.entries(REBOUND)) {
  test(`a name that leads elsewhere once it was looked up, ${how}, is called nowhere else`, async () => {
    stage.inside.callers();
    for (const name of Object.keys(names)) {
      const at = stage.at('good', name);
      const places: Record<string, Fields> = {
        'as a proxy': { url: stage.at('good'), proxy: new URL(at).origin },
        'as a token endpoint': { url: stage.at('good'), 'auth.type': 'oauth2', ...client, 'auth.token_url': `${stage.at('brief', name)}/v1/oauth/tokens` },
      };
      const told = await strict.add(places[how] ?? { url: at });
      const tries = name.startsWith('flip') ? 30 : 6;
      for (let turn = 0; turn < tries; turn++) {
        if (turn % 2) await strict.test(told.name);
        else await each(pages(told.name).slice(0, 5), 3, (path) => strict.page(path));
      }
      // It was looked up again after it had turned.
      expect(stage.names.asked.get(name) ?? 0, `look-ups of ${name}`).toBeGreaterThan(Number(/\d+/.exec(name)?.[0] ?? 1));
      await strict.remove(told.name);
    }
    const asked = Object.keys(names).reduce((sum, name) => sum + stage.names.asked.get(name)!, 0);
    report(`rebound ${how}`, `${Object.keys(names).length} names, ${asked} look-ups`);
    none(stage.inside.callers().map((caller) => `reached: ${caller}`));
  });
}

test('some networks: others stay as they are', async () => {
  const made = await stage.people('outbound-some', ['10.0.0.0/8', '192.168.7.20']);
  const port = stage.inside.port;
  const open = [`http://10.1.2.3:${port}/`, `http://[::ffff:10.1.2.3]:${port}/`, `http://0xa000001:${port}/`, `http://192.168.7.20:${port}/`, `http://private.test:${port}/`, `http://catalog.test:${port}/`];
  for (const url of open) {
    stage.inside.callers();
    const { name } = await made.add({ url });
    expect(stage.inside.callers().length, `${url} is called`).toBeGreaterThan(0);
    await made.remove(name);
  }
  // Not by another form of it, which a translator elsewhere may take for another.
  const inTen = (address: string) => /^http:\/\/(10\.|012\.|0xa|167772161|\[::ffff:(10\.|a))/.test(address) || /private\.test|catalog\W*test|CATALOG\.TEST|kubernetes|last-of-many/.test(address);
  const others = few().filter(({ address }) => !inTen(address));
  const found = await refused(made, PLACES['the address of a catalog']!, others);
  report('beside networks that are allowed', `${others.length} addresses, ${open.length} reached`);
  none(found);
});

const EVERYTHING = ['0.0.0.0/1', '128.0.0.0/1', '::/1', '8000::/1'];

/** Whether the listener sees it where it may be called. */
async function reached(made: Made, where: string, { name, address }: Row, place: Place): Promise<string | false> {
  stage.inside.callers();
  await place(made, address, stage.at('good'));
  return !stage.inside.callers().length && `${where}: ${name} ${JSON.stringify(address)}`;
}

test('where everything may be called the listener sees it in each place: what is seen above is nobody @short', async () => {
  const made = await stage.people('outbound-each', EVERYTHING);
  const local = ['127.0.0.1', '[::1]', 'localhost'].map((host) => ({ name: host, address: `http://${host}:${stage.inside.port}/` }));
  const missed: (string | false)[] = [];
  for (const row of local) for (const [where, place] of Object.entries({ ...PLACES, people: person, 'a change': more['a connection that is changed']! })) missed.push(await reached(made, where, row, place));
  report('places that the listener sees', `${missed.length}, ${missed.filter(Boolean).length} not`);
  none(missed);
});

test('what nobody may call is not called where everything else is', async () => {
  const made = await stage.people('outbound-never', [...EVERYTHING, '169.254.0.0/16', '169.254.169.254', '0.0.0.0/8', 'fd00:ec2::/32', 'fe80::/10', '64:ff9b::/96', '64:ff9b:1::/48', '2002::/16']);
  const all = rows().filter(({ address, name }) => /metadata|link-local|site-local|multicast|unspecified|broadcast|NAT64 of a network/.test(`${name} ${address}`));
  const found = await refused(made, PLACES['the address of a catalog']!, [...new Set([...all, ...rows(['metadata services', 'metadata services in other digits', 'what nobody may call'])])]);
  report('what nobody may call, where all is allowed', `${all.length} addresses and more`);
  none(found);
});

test('where everything may be called the listener sees it however it is written', async () => {
  const made = await stage.people('outbound-all', EVERYTHING);
  // Credentials are refused whoever the address leads to.
  const once = rows().filter(({ plain, address }) => plain && !/^[^?#]*@(127|11)/.test(address));
  const missed: (string | false)[] = [];
  for (const row of once) missed.push(await reached(made, 'a catalog', row, PLACES['the address of a catalog']!));
  const [url, tokens] = [`http://127.0.0.1:${stage.inside.port}/`, `${stage.at('good')}/v1/oauth/tokens`];
  const pasted: Place = (into, text) => into.paste(text);
  for (const [program, write] of Object.entries(PASTED)) {
    missed.push(await reached(made, program, { name: 'its catalog', address: write(url, tokens) }, pasted));
    if (!program.startsWith('Polaris')) missed.push(await reached(made, program, { name: 'its tokens', address: write(stage.at('good'), url) }, pasted));
  }
  const { name } = await made.add({ url: stage.at('good', 'flop.test') });
  const turns: Place = async () => {
    for (let turn = 0; turn < 3; turn++) await made.test(name);
    return { end: 'failed', words: '', status: 303 };
  };
  missed.push(await reached(made, 'rebound', { name: 'flop.test', address: '' }, turns));
  report('addresses that the listener sees', `${missed.length}, ${missed.filter(Boolean).length} not`);
  none(missed);
});

test('where nobody signs in this machine is called, and what nobody may call is not', async () => {
  const made = await stage.local('outbound-local');
  const never = ['metadata services', 'metadata services in other digits', 'what nobody may call'];
  const found = await refused(made, PLACES['the address of a catalog']!, rows(never));
  stage.inside.callers();
  const { name } = await made.add({ url: `http://127.0.0.1:${stage.inside.port}/` });
  expect(stage.inside.callers().length).toBeGreaterThan(0);
  await made.remove(name);
  none(found);
});
