// A proxy before the sample catalogs that puts a text into every name and word of their answers, and takes it out of
// every request: a whole world whose objects bear hostile names, and still belong together.
import http from 'node:http';
import { reply, type Behaviour, type Call } from './mock.ts';
import type { Connection, Console } from './console.ts';

export interface Mixture {
  begin: string;
  end: string;
}

/** Words of the protocol: with another text nothing would be shown at all. */
const PROTOCOL =
  /token|uuid|-id$|^(type|format|uri|prefix|content|operation|transform|direction|null-order|endpoints|inheritable|storageType|storage_type|catalog_type|table_type|connectionType|authenticationType|privilege|data_source_format|securable_type|catalogType|principalType|defaultBranch|hash|commitTime|authorTime)$/i;
const PLAIN = /^(-?[\d.:TZ+-]+|true|false|)$/;

/** The texts of an answer, each with the mixture. */
function mixed(value: unknown, mixture: Mixture, key = ''): unknown {
  if (typeof value === 'string') return PROTOCOL.test(key) || PLAIN.test(value) ? value : mixture.begin + value + mixture.end;
  if (Array.isArray(value)) return value.map((item) => mixed(item, mixture, key));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, inner]) => [name, mixed(inner, mixture, name)]);
  // Keys that people choose.
  if (/^(properties|summary|config)$/.test(key)) fields.push([`key${mixture.end}`, mixture.begin + mixture.end]);
  return Object.fromEntries(fields);
}

const without = (text: string, { begin, end }: Mixture) => [begin, end].filter(Boolean).reduce((left, part) => left.replaceAll(part, ''), text);

/** The part of an address, with what was put in taken out. */
function clean(part: string, mixture: Mixture): string {
  try {
    return encodeURIComponent(without(decodeURIComponent(part), mixture));
  } catch {
    return part;
  }
}

function address({ path, query }: Call, mixture: Mixture): string {
  const cleaned = path.split('/').map((part) => clean(part, mixture)).join('/');
  const pairs = query.split('&').filter(Boolean).map((pair) => pair.split('=').map((part) => clean(part.replaceAll('+', ' '), mixture)).join('='));
  return pairs.length ? `${cleaned}?${pairs.join('&')}` : cleaned;
}

/** Where the console's own sample listens. */
export async function sampleUrl(console: Console): Promise<string> {
  const page = await console.ask('/c/sample-generic');
  const url = /http:\/\/127\.0\.0\.1:\d+(?=\/generic)/.exec(page.body)?.[0];
  if (!url) throw new Error('the page of the sample does not say where it listens');
  return url;
}

/** Passes calls on to `target()` with the mixture taken out, and answers with it put in. */
export function mixing(target: () => string, mixture: Mixture): Behaviour {
  return (call) => {
    const { hostname, port } = new URL(target());
    const { 'content-length': _, 'accept-encoding': __, host: ___, ...headers } = call.headers;
    const body = call.headers['content-type']?.includes('json') ? JSON.stringify(unmixed(JSON.parse(call.body || 'null'), mixture)) : call.body;
    const path = new URL(target()).pathname + address(call, mixture);
    const request = http.request({ hostname, port, path, method: call.method, headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const json = answer.headers['content-type']?.includes('json') && !/\/tokens$|\/config$/.test(call.path) && text;
        if (call.response.destroyed) return;
        if (json) return reply(call, answer.statusCode!, mixed(JSON.parse(text), mixture));
        call.response.writeHead(answer.statusCode!, { 'content-type': answer.headers['content-type'] ?? 'text/plain' });
        call.response.end(text);
      });
    });
    request.on('error', () => call.response.destroy());
    request.end(body);
  };
}

function unmixed(value: unknown, mixture: Mixture): unknown {
  if (typeof value === 'string') return without(value, mixture);
  if (Array.isArray(value)) return value.map((item) => unmixed(item, mixture));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [without(key, mixture), unmixed(inner, mixture)]));
}

/** Lets a connection open, then answers everything with an error that bears the mixture. */
export const failing = (mixture: Mixture): Behaviour => (call) => {
  if (call.path.endsWith('/tokens')) return reply(call, 200, { access_token: 'a-token', token_type: 'bearer', expires_in: 3600 });
  if (call.path.endsWith('/config')) return reply(call, 200, { defaults: {}, overrides: {} });
  const text = mixture.begin + mixture.end;
  return reply(call, 400, { error: { message: text, type: text, code: 400, stack: [text] } }, { 'x-request-id': 'x' });
};

/** What follows a dialect's name in the sample's addresses. */
const BASES = { generic: '', polaris: '/api/catalog', nessie: '/iceberg', unity: '/api/2.1/unity-catalog/iceberg', lakekeeper: '/catalog' };
export const DIALECTS = Object.keys(BASES);

/** How the sample lets in, by dialect; S3 Tables is left out, since its signatures cover the address. */
export const sampleConnections = (name: (dialect: string) => string, url: (dialect: string) => string): Connection[] => {
  const auth: Record<string, Record<string, string>> = {
    polaris: { type: 'oauth2', client_id: 'root', client_secret: 's3cr3t', scope: 'PRINCIPAL_ROLE:ALL' },
    unity: { type: 'bearer', token: 'sample-unity-token' },
  };
  return Object.entries(BASES).map(([dialect, base]) => ({
    name: name(dialect),
    kind: dialect,
    url: url(dialect) + base,
    warehouse: 'lakehouse',
    ...(auth[dialect] && { auth: auth[dialect] }),
  }));
};
