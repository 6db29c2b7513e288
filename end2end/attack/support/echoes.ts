// Catalogs that give back what they were sent: the secrets of the connection, wherever a server can put words.
import { disguises } from './canaries.ts';
import { good, loaded, problem, reply, type Behaviour, type Call } from './mock.ts';

/** The secrets that came with a call, and those that came before: some servers remember. */
type Heard = (call: Call) => string[];

const header = (text: string) => encodeURI(text).slice(0, 4_000);
const loads = ({ path, method }: Call) => method === 'GET' && path.includes('/tables/');
const lists = ({ path }: Call) => path === '/v1/namespaces';
const tokens = ({ path }: Call) => path.endsWith('/tokens');
const opens = ({ path }: Call) => path === '/v1/config';

/** Answers where `concerns` says so, with `all`: everything heard in one text, and `each`: one by one. */
type Echo = [concerns: (call: Call) => boolean, answer: (call: Call, all: string, each: string[]) => void];

const anywhere = (call: Call) => !tokens(call) && !opens(call);
const error = (status: number, more: object = {}) => (call: Call, all: string) =>
  reply(call, status, { error: { message: `refused for ${all}`, type: `Bad${all}`, code: status, stack: [all], ...more } });

export const echoes: Record<string, Echo> = {
  'request id': [anywhere, (call, all) => reply(call, 500, { error: { message: 'no', type: 'X', code: 500 } }, { 'x-request-id': header(all) })],
  'request id of success': [loads, (call, all) => reply(call, 200, loaded(), { 'x-request-id': header(all), etag: header(all), server: header(all) })],
  headers: [anywhere, (call, all) => reply(call, 401, {}, { 'www-authenticate': `Bearer error="${header(all)}"`, location: header(all), 'set-cookie': `s=${header(all)}`, 'retry-after': header(all) })],
  'error 400': [anywhere, error(400)],
  'error 403': [anywhere, error(403)],
  'error 404': [anywhere, error(404)],
  'error 500': [anywhere, error(500, { detail: { a: 1 } })],
  'text of an error': [anywhere, (call, all) => reply(call, 502, `Bad gateway: ${all}`, { 'content-type': 'text/plain' })],
  'page of an error': [anywhere, (call, all) => reply(call, 503, `<h1>${all}</h1>`, { 'content-type': 'text/html' })],
  'wrong shape': [anywhere, (call, all) => reply(call, 200, { namespaces: all, identifiers: all, metadata: all, properties: all })],
  'wrong key': [anywhere, (call, all) => reply(call, 200, { [all]: all, namespaces: { [all]: 1 }, metadata: { schemas: { [all]: all } } })],
  'cut JSON': [anywhere, (call, all) => reply(call, 200, `{"namespaces":[["${all}"`)],
  'no JSON': [anywhere, (call, all) => reply(call, 200, all)],
  'cut message': [anywhere, (call, _, each) => problem(call, 400, each.map((secret) => 'x'.repeat(485 - (secret.length % 7)) + secret).join(' '))],
  'token error': [tokens, (call, all) => reply(call, 400, { error: all, error_description: all, error_uri: all, type: all })],
  'token type': [tokens, (call, all) => reply(call, 200, { access_token: 7, token_type: all, issued_token_type: all, expires_in: all, scope: all })],
  'token page': [tokens, (call, all) => reply(call, 500, all, { 'content-type': 'text/html', 'x-request-id': header(all) })],
  configuration: [opens, (call, all) => reply(call, 200, { defaults: { 'a-key': all, [all]: 'v' }, overrides: { 'another-key': all, warehouse: all } })],
  'configuration error': [opens, error(400)],
  'properties': [loads, (call, all) => reply(call, 200, loaded({ properties: { plain: all, 's3.access': all, url: `jdbc:x://u:${all}@h/` } }))],
  words: [loads, (call, all) => reply(call, 200, loaded({ location: `s3://b/${all}`, schemas: [{ type: 'struct', 'schema-id': 0, fields: [{ id: 1, name: all, required: true, type: all, doc: all }] }] }))],
  names: [lists, (call, _, each) => reply(call, 200, { namespaces: each.map((secret) => [secret]) })],
  'page token': [lists, (call, all) => reply(call, 200, { namespaces: [['a']], 'next-page-token': all })],
};

/** Everything secret that a request carries, in every disguise. */
const heardIn = ({ headers, body }: Call): string[] => {
  const basic = headers.authorization?.startsWith('Basic ') ? [Buffer.from(headers.authorization.slice(6), 'base64').toString()] : [];
  const field = new URLSearchParams(body).get('client_secret');
  const bearer = headers.authorization?.replace(/^Bearer /, '');
  return [bearer, ...basic, field, body && !field ? body : undefined, headers['x-api-key'], headers['x-amz-security-token']].filter((text): text is string => !!text).flatMap((text) => [text].flat());
};

/** The echo, over a catalog that is otherwise good. `access` is the token that it hands out. */
export function echoing([concerns, answer]: Echo, access: string): Behaviour {
  const remembered = new Set<string>();
  const heard: Heard = (call) => (heardIn(call).forEach((secret) => remembered.add(secret)), [...remembered]);
  return (call) => {
    const secrets = heard(call).flatMap((secret) => Object.values(disguises(secret)));
    if (concerns(call)) return answer(call, secrets.join(' | '), secrets);
    if (tokens(call)) return reply(call, 200, { access_token: access, token_type: 'bearer', expires_in: 3600 });
    return good(call);
  };
}
