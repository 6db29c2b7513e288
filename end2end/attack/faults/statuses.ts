// Statuses, redirects and what a proxy in between answers.
import { loaded, problem, reply } from '../support/mock.ts';
import { config, raw, table, token, type Faults } from './fault.ts';

const refusals = [400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 413, 418, 419, 421, 422, 425, 429, 431, 451];
const failures = [500, 501, 502, 503, 504, 505, 507, 511, 520, 522, 524, 529, 599];
const odd = [201, 203, 204, 205, 206, 226];
const redirects = { 301: 'http://evil.test/', 302: '/v1/config', 307: 'http://169.254.169.254/latest/', 308: 'javascript:alert(1)' };
const waits = { none: '', seconds: '3', date: 'Wed, 21 Oct 2099 07:28:00 GMT', negative: '-5', endless: '1000000000', words: 'soon' };
const html = '<!doctype html><title>Sign in</title><h1>Sign in to the network</h1><script>alert(1)</script>';

const of = <T>(values: readonly T[], name: string, fault: (value: T) => Faults[string]): Faults =>
  Object.fromEntries(values.map((value) => [`${name}-${[value].flat()[0]}`, fault(value)]));

export const statuses: Faults = {
  ...of(refusals, 'status', (status) => table((call) => problem(call, status, 'This was refused.'))),
  ...of(failures, 'status', (status) => table((call) => problem(call, status, 'This went wrong.'))),
  ...of(odd, 'status', (status) => table((call) => reply(call, status, status === 204 ? '' : loaded()))),
  ...of(Object.entries(redirects), 'redirect', ([status, location]) => table((call) => reply(call, Number(status), '', { location }))),
  'redirect-nowhere': table((call) => reply(call, 302, '')),
  'redirect-304': table((call) => reply(call, 304, '')),
  'redirect-config': config((call) => reply(call, 301, '', { location: 'http://evil.test/v1/config' })),
  ...of(Object.entries(waits), 'busy', ([, wait]) => table((call) => reply(call, 503, '{}', wait ? { 'retry-after': wait } : {}))),
  'status-999': table(raw('HTTP/1.1 999 Odd\r\ncontent-length: 2\r\n\r\n{}')),
  'status-000': table(raw('HTTP/1.1 000 None\r\ncontent-length: 2\r\n\r\n{}', 'end')),
  'status-words': table(raw('HTTP/1.1 OK fine\r\ncontent-length: 2\r\n\r\n{}', 'end')),
  'html-200': table((call) => reply(call, 200, html, { 'content-type': 'text/html' })),
  'html-500': table((call) => reply(call, 500, html, { 'content-type': 'text/html' })),
  'html-config': config((call) => reply(call, 200, html, { 'content-type': 'text/html' })),
  'html-as-json': table((call) => reply(call, 200, html)),
  'xml-503': table((call) => reply(call, 503, '<Error><Code>SlowDown</Code></Error>', { 'content-type': 'application/xml' })),
  'type-missing': table((call) => void call.response.writeHead(200).end(JSON.stringify(loaded()))),
  'type-octets': table((call) => reply(call, 200, loaded(), { 'content-type': 'application/octet-stream' })),
  'type-utf16': table((call) => reply(call, 200, Buffer.from(JSON.stringify(loaded()), 'utf16le'), { 'content-type': 'application/json; charset=utf-16' })),
  'token-401': token((call) => reply(call, 401, { error: 'invalid_client' })),
  'token-500': token((call) => problem(call, 500, 'no tokens today')),
  'token-html': token((call) => reply(call, 200, html, { 'content-type': 'text/html' })),
  'token-silent': token(() => {}),
  'token-redirect': token((call) => reply(call, 307, '', { location: 'http://evil.test/token' })),
  'token-expired': token((call) => reply(call, 200, { access_token: 'old', token_type: 'bearer', expires_in: 0 })),
  'token-wrong-type': token((call) => reply(call, 200, { access_token: 7, token_type: [], expires_in: 'soon' })),
};
