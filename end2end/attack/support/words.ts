// A catalog's own words: what it may say to have the console call something else. All of it leads inside.
import { good, loaded, metadata, problem, reply, type Behaviour, type Call } from './mock.ts';

export interface Word {
  name: string;
  behaviour: Behaviour;
  /** How the connection signs in, where that matters. */
  oauth?: true;
}

/** Settings that clients of Iceberg have for addresses, and some that catalogs send. */
const KEYS = [
  'uri', 'oauth2-server-uri', 'oauth2.server.uri', 'rest.authorization-url', 'token-endpoint', 'token-refresh-endpoint', 'credentials-endpoint', 'client.refresh-credentials-endpoint',
  'gcs.oauth2.refresh-credentials-endpoint', 'adls.refresh-credentials-endpoint', 's3.endpoint', 's3.signer.uri', 's3.signer.endpoint', 's3.signer', 'signer.uri', 'signer.endpoint', 'rest.signing.endpoint',
  'rest.metrics.endpoint', 'rest.events.endpoint', 'rest.page.endpoint', 'scan-planning-endpoint', 'sts.endpoint', 'client.assume-role.endpoint', 'glue.endpoint', 'dynamodb.endpoint', 'kms.endpoint',
  'gcs.service.host', 'gcs.endpoint', 'adls.endpoint', 'adls.connection-string', 'adls.connection-string.lake', 'oss.endpoint', 'http.proxy', 'proxy', 'rest.proxy', 'rest.client.proxy.hostname', 'http.proxy-host',
  'nessie.core-base-uri', 'nessie.catalog-base-uri', 'nessie.iceberg-base-uri', 'nessie.oauth2.token-endpoint', 'lakekeeper.management-uri', 'polaris.management-uri', 'unity.uri', 'jdbc.url', 'hive.metastore.uris',
  'warehouse', 'io-impl', 'header.Host', 'header.X-Forwarded-Host', 'header.Authorization', 'credential', 'token', 'catalog-impl', 'ws', 'base-url', 'server-url', 'location', 'endpoint', 'redirect', 'issuer',
];

/** The base of the catalog, turned. */
const URIS: Record<string, (inside: string, port: number) => string> = {
  'another host': (inside) => inside,
  'no scheme': (inside) => inside.slice(5),
  'the host as a user': (inside, port) => `http://11.11.11.11:${port}@${inside.slice(7)}`,
  'a backslash': (inside, port) => `http://11.11.11.11:${port}\\@${inside.slice(7)}`,
  'a longer host': (_, port) => `http://11.11.11.11.nip.test:${port}/`,
  'another port': () => 'http://11.11.11.11:22/',
  'another scheme': (_, port) => `https://11.11.11.11:${port}/`,
  'a name of this machine': (_, port) => `http://localhost:${port}/`,
  'metadata': () => 'http://169.254.169.254/latest/meta-data/',
  'a file': () => 'file:///etc/passwd',
  'a path out of it': () => '/../../..//127.0.0.1/',
};

const PREFIXES: Record<string, (inside: string) => string> = {
  'an address': (inside) => inside,
  'slashes': (inside) => inside.slice(5),
  'a user': (inside) => `@${inside.slice(7)}`,
  'backslashes': (inside) => `\\\\${inside.slice(7)}`,
  'dots': (inside) => `../../../${inside}`,
  'dots, encoded': (inside) => `%2e%2e/%2e%2e/${inside.slice(5)}`,
  'slashes, encoded': (inside) => `%2f%2f${inside.slice(7)}`,
  'a query': (inside) => `?${inside}`,
  'a fragment': (inside) => `#${inside}`,
  'a line': (inside) => `x HTTP/1.1\r\nHost: ${inside.slice(7)}`,
  'a port': (inside) => `:80@${inside.slice(7)}`,
  'a Nessie of another': (inside) => `main|${inside}`,
};

/** Where an address stands in a table. */
const TABLE: Record<string, (inside: string) => object> = {
  'its metadata': (inside) => ({ ...loaded(), 'metadata-location': `${inside}00000.metadata.json` }),
  'its metadata, in a store': (inside) => ({ ...loaded(), 'metadata-location': `s3://${inside.slice(7)}00000.metadata.json` }),
  'its metadata, in a file': () => ({ ...loaded(), 'metadata-location': 'file:///etc/passwd' }),
  'its location': (inside) => loaded({ location: inside }),
  'where it is written': (inside) => loaded({ properties: Object.fromEntries(['write.data.path', 'write.metadata.path', 'write.object-storage.path', 'write.folder-storage.path', 'write.location-provider.impl', 'write.wap.url', 'schema.registry.url', 'comment', 'owner'].map((key) => [key, inside])) }),
  'its manifests': (inside) => loaded({ 'current-snapshot-id': 1, snapshots: [snapshot(`${inside}snap-1.avro`)], refs: { main: { 'snapshot-id': 1, type: 'branch' } } }),
  'its manifests, one by one': (inside) => loaded({ 'format-version': 1, 'current-snapshot-id': 1, snapshots: [{ ...snapshot(), manifests: [`${inside}m0.avro`] }] }),
  'its manifests, in a store': (inside) => loaded({ 'current-snapshot-id': 1, snapshots: [snapshot(`s3a://${inside.slice(7)}snap-1.avro`)], refs: { main: { 'snapshot-id': 1, type: 'branch' } } }),
  'its statistics': (inside) => loaded({ 'current-snapshot-id': 1, snapshots: [snapshot('s3://bucket/a')], statistics: [{ 'snapshot-id': 1, 'statistics-path': `${inside}a.puffin`, 'file-size-in-bytes': 9, 'file-footer-size-in-bytes': 9, 'blob-metadata': [] }] }),
  'statistics of partitions': (inside) => loaded({ 'current-snapshot-id': 1, snapshots: [snapshot('s3://bucket/a')], 'partition-statistics': [{ 'snapshot-id': 1, 'statistics-path': `${inside}p.parquet`, 'file-size-in-bytes': 9 }] }),
  'its earlier metadata': (inside) => loaded({ 'metadata-log': [{ 'metadata-file': `${inside}old.metadata.json`, 'timestamp-ms': 1_700_000_000_000 }] }),
  'its settings': (inside) => ({ ...loaded(), config: Object.fromEntries([...KEYS, 's3.remote-signing-enabled'].map((key) => [key, inside])) }),
  'its credentials': (inside) => ({ ...loaded(), 'storage-credentials': [{ prefix: inside, config: Object.fromEntries(KEYS.map((key) => [key, inside])) }] }),
  'its signer': (inside) => ({ ...loaded(), config: { 's3.remote-signing-enabled': 'true', 's3.signer.uri': inside, 's3.signer.endpoint': `${inside}v1/sign`, 's3.endpoint': inside } }),
  'its keys': (inside) => loaded({ 'format-version': 3, 'encryption-keys': [{ 'key-id': inside, 'encrypted-key-metadata': 'AA==', properties: { 'kms.endpoint': inside } }] }),
};

const snapshot = (list?: string) => ({ 'snapshot-id': 1, 'sequence-number': 1, 'timestamp-ms': 1_700_000_000_000, ...(list && { 'manifest-list': list }), summary: { operation: 'append', 'spark.app.url': list ?? '' }, 'schema-id': 0 });

/** Headers of an answer that lead somewhere. */
const HEADERS: Record<string, (inside: string) => Record<string, string>> = {
  Location: (inside) => ({ location: inside }),
  'Content-Location': (inside) => ({ 'content-location': inside }),
  Link: (inside) => ({ link: `<${inside}next>; rel="next", <${inside}pre>; rel="preload"` }),
  Refresh: (inside) => ({ refresh: `0; url=${inside}` }),
  'Alt-Svc': (inside) => ({ 'alt-svc': `h2="${new URL(inside).host}"; ma=86400, h3="${new URL(inside).host}"` }),
  'Report-To': (inside) => ({ 'report-to': JSON.stringify({ group: 'x', max_age: 9, endpoints: [{ url: inside }] }), nel: '{"report_to":"x","max_age":9,"success_fraction":1}', 'reporting-endpoints': `x="${inside}"` }),
  SourceMap: (inside) => ({ sourcemap: inside, 'x-sourcemap': inside }),
  'Set-Cookie': (inside) => ({ 'set-cookie': `a=b; Domain=${new URL(inside).hostname}` }),
  'Proxy-Authenticate': (inside) => ({ 'proxy-authenticate': `Basic realm="${inside}"`, 'proxy-connection': inside }),
};

/** Where a next page is said to be. */
const NEXT: Record<string, (inside: string) => string> = {
  'an address': (inside) => `${inside}next`,
  slashes: (inside) => `${inside.slice(5)}next`,
  'a user': (inside) => `@${inside.slice(7)}`,
  'another query': (inside) => `x&pageToken=${inside}&redirect=${inside}`,
  'a fragment': (inside) => `#${inside}`,
  'a line': (inside) => `x HTTP/1.1\r\nHost: ${inside.slice(7)}\r\n\r\n`,
  'dots': (inside) => `../../..${inside.slice(5)}`,
};

const METADATA = 'http://169.254.169.254/latest/meta-data/iam/';

/** What a catalog at the public address says to lead inside, where the listener is at `port`. */
export function words(port: number): Word[] {
  const inside = `http://127.0.0.1:${port}/`;
  const config = (answer: object): Behaviour => (call) => (call.path === '/v1/config' ? reply(call, 200, { defaults: {}, overrides: {}, ...answer }) : good(anyPrefix(call)));
  const said = (name: string, behaviour: Behaviour, oauth?: true): Word => ({ name, behaviour, ...(oauth && { oauth }) });
  const table = (answer: object): Behaviour => (call) => (/\/tables\/[^/]+$/.test(call.path) && call.method === 'GET' ? reply(call, 200, answer) : good(call));
  const statuses = [300, 301, 302, 303, 305, 306, 307, 308];
  const targets: Record<string, string> = { 'this machine': inside, 'no scheme': inside.slice(5), IPv6: `http://[::1]:${port}/`, 'a name': `http://localhost:${port}/`, metadata: METADATA };
  const places: Record<string, (call: Call) => boolean> = {
    'GET config': ({ path }) => path === '/v1/config',
    'POST token': ({ path }) => path.endsWith('/tokens'),
    'GET namespaces': ({ path }) => path === '/v1/namespaces',
    'GET tables': ({ path }) => path.endsWith('/tables'),
    'GET table': ({ path }) => /\/tables\/./.test(path),
  };
  return [
    ...KEYS.map((key) => said(`${key} among overrides`, config({ overrides: { [key]: inside } }), key.includes('oauth') || key.includes('token') ? true : undefined)),
    ...KEYS.slice(0, 24).map((key) => said(`${key} among defaults`, config({ defaults: { [key]: inside } }), key.includes('oauth') || key.includes('token') ? true : undefined)),
    ...Object.entries(URIS).map(([how, write]) => said(`uri: ${how}`, config({ overrides: { uri: write(inside, port) } }))),
    ...Object.entries(PREFIXES).map(([how, write]) => said(`prefix: ${how}`, config({ overrides: { prefix: write(inside) } }))),
    said('a separator', config({ overrides: { 'namespace-separator': `/${inside}` } })),
    said('endpoints', config({ endpoints: [`GET ${inside}v1/{prefix}/namespaces`, `GET ${inside.slice(5)}v1/x`, `POST ${inside}v1/oauth/tokens`] })),
    ...Object.entries(places).flatMap(([place, is]) =>
      statuses.map((status) => said(`${status} of ${place}`, (call) => (is(call) ? reply(call, status, '', { location: inside }) : good(call)), place === 'POST token' ? true : undefined)),
    ),
    ...Object.entries(targets).map(([to, location]) => said(`307 of GET config to ${to}`, (call) => reply(call, 307, '', { location }))),
    said('201 of GET config', (call) => reply(call, 201, { defaults: {}, overrides: {} }, { location: inside })),
    ...Object.entries(HEADERS).map(([header, write]) => said(`the header ${header}`, (call) => void (Object.entries(write(inside)).forEach(([key, value]) => call.response.setHeader(key, value)), good(call)))),
    said('401 with a realm', (call) => reply(call, 401, { error: { message: inside, type: inside, code: 401 } }, { 'www-authenticate': `Bearer realm="${inside}", authorization_uri="${inside}", resource_metadata="${inside}.well-known/oauth-protected-resource"` }), true),
    said('an error that is an address', (call) => problem(call, 400, `Moved to ${inside}`, inside)),
    said('a page that leads on', (call) => reply(call, 200, `<meta http-equiv="refresh" content="0;url=${inside}"><img src="${inside}">`, { 'content-type': 'text/html' })),
    ...Object.entries(NEXT).flatMap(([how, write]) =>
      ['namespaces', 'tables', 'views'].map((list) =>
        said(`next page of ${list}: ${how}`, (call) => {
          const of = call.path.split('/').at(-1);
          if (of !== list || call.method !== 'GET') return good(call);
          const more = call.query.includes('pageToken=') && !/pageToken=(&|$)/.test(call.query) ? {} : { 'next-page-token': write(inside) };
          return reply(call, 200, { ...(list === 'namespaces' ? { namespaces: call.query.includes('parent=') ? [] : [['a']] } : { identifiers: [{ namespace: ['a'], name: 't' }] }), ...more });
        }),
      ),
    ),
    said('a namespace that is an address', (call) => (call.path === '/v1/namespaces' ? reply(call, 200, { namespaces: [[inside], ['..', inside]] }) : good(call))),
    said('a table that is an address', (call) => (call.path.endsWith('/tables') ? reply(call, 200, { identifiers: [{ namespace: ['a'], name: inside }, { namespace: [inside], name: `../../${inside}` }] }) : good(call))),
    ...Object.entries(TABLE).map(([part, write]) => said(`a table, ${part}`, table(write(inside)))),
    ...Object.entries(TABLE).map(([part, write]) => said(`a table, ${part}, at metadata`, table(write(METADATA)))),
    said('a token of an address', (call) => (call.path.endsWith('/tokens') ? reply(call, 200, { access_token: 'a-token', token_type: 'bearer', expires_in: 60, issued_token_type: inside, scope: inside, token_url: inside, refresh_token: inside }) : good(call)), true),
    said('a view', (call) =>
      call.path.endsWith('/views')
        ? reply(call, 200, { identifiers: [{ namespace: ['a'], name: 'v' }] })
        : /\/views\/./.test(call.path)
          ? reply(call, 200, { 'metadata-location': `${inside}v.json`, metadata: { 'view-uuid': metadata['table-uuid'], 'format-version': 1, location: inside, schemas: metadata.schemas, 'current-version-id': 1, versions: [{ 'version-id': 1, 'timestamp-ms': 1, 'schema-id': 0, summary: { 'engine.url': inside }, 'default-catalog': inside, 'default-namespace': ['a'], representations: [{ type: 'sql', sql: `SELECT * FROM read_parquet('${inside}')`, dialect: 'spark' }] }], 'version-log': [], properties: { url: inside } }, config: { 's3.endpoint': inside } })
          : good(call),
    ),
  ];
}

/** A catalog that says all of it at once. */
export function loud(port: number): Behaviour {
  const inside = `http://127.0.0.1:${port}/`;
  const everything = Object.fromEntries(KEYS.map((key) => [key, inside]));
  const answer = { ...(TABLE['its manifests']!(inside) as { metadata: object }), config: everything, 'metadata-location': `${inside}m.json`, 'storage-credentials': [{ prefix: inside, config: everything }] };
  return (call) => {
    call.response.setHeader('link', `<${inside}>; rel="next"`);
    call.response.setHeader('location', inside);
    if (call.path.endsWith('/config')) return reply(call, 200, { defaults: everything, overrides: { ...everything, prefix: 'p', uri: inside } });
    if (call.path.endsWith('/tokens')) return reply(call, 200, { access_token: 'a-token', token_type: 'bearer', expires_in: 60 });
    if (/\/tables\/./.test(call.path) && call.method === 'GET') return reply(call, 200, answer);
    return good(anyPrefix(call));
  };
}

/** Whatever prefix was announced. */
const anyPrefix = (call: Call): Call => ({ ...call, path: call.path.replace(/^.*?\/v1(?:\/[^/]+)*?\/namespaces/, '/v1/namespaces') });
