// Answers that are JSON of another kind, almost JSON, or too much of it; and lists without an end.
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { good, loaded, reply, type Behaviour } from '../support/mock.ts';
import { config, list, table, type Faults } from './fault.ts';

const text = JSON.stringify(loaded());
const says = (body: unknown, headers: Record<string, string> = {}): Behaviour => (call) => reply(call, 200, body, headers);
const wrong = (changed: object) => table(says(loaded(changed)));
const nested = (open: string, close: string) => table(says(`{"metadata":${open.repeat(100_000)}1${close.repeat(100_000)}}`));
const MIB = 1 << 20;
// Made when it is first asked for: most runs of one fault need none of it.
const packed = (coding: string, make: () => Buffer): Behaviour => {
  let bytes: Buffer | undefined;
  return (call) => reply(call, 200, (bytes ??= make()), { 'content-encoding': coding });
};
const blank = (mib: number) => Buffer.alloc(mib * MIB, ' ');
const identifiers = [{ namespace: ['a'], name: 't' }];
let page = 0;

export const json: Faults = {
  'json-empty': table(says('')),
  'json-null': table(says('null')),
  'json-list': table(says([])),
  'json-text': table(says('"text"')),
  'json-number': table(says('7')),
  'json-object': table(says({})),
  'json-cut': table(says(text.slice(0, -20))),
  'json-twice': table(says(text + text)),
  'json-nan': table(says(text.replace('1700000000000', 'NaN'))),
  'json-huge-number': table(says(text.replace('1700000000000', '1e999'))),
  'json-long-number': table(says(text.replace('1700000000000', '9'.repeat(100_000)))),
  'json-bad-utf8': table(says(Buffer.from(text.replace('the key', '\xff\xfe'), 'latin1'))),
  'json-surrogate': table(says(text.replace('the key', '\\ud800'))),
  'json-nul': table(says(text.replace('the key', '\\u0000'))),
  'json-bom': table(says(`\ufeff${text}`)),
  'json-same-key-twice': table(says(text.replace('{', '{"metadata":7,'))),
  'json-deep-lists': nested('[', ']'),
  'json-deep-objects': nested('{"a":', '}'),
  'metadata-null': table(says({ metadata: null })),
  'metadata-list': table(says({ metadata: [1, 2, 3] })),
  'schemas-text': wrong({ schemas: 'none' }),
  'schemas-none': wrong({ schemas: [], 'current-schema-id': 9 }),
  'schema-type-odd': wrong({ schemas: [{ type: 'struct', 'schema-id': 0, fields: [{ id: 1, name: 'x', required: 'yes', type: { type: 'list', element: 7 } }] }] }),
  'properties-odd': wrong({ properties: { a: 1, b: null, c: [true], d: { e: 1 } } }),
  'properties-million': table((call) => reply(call, 200, loaded({ properties: Object.fromEntries(Array.from({ length: 200_000 }, (_, n) => [`k${n}`, 'v'])) }))),
  'ids-beyond-64-bits': wrong({ 'current-snapshot-id': '99999999999999999999999', 'last-column-id': 1e300 }),
  'times-impossible': wrong({ 'last-updated-ms': 9.2e18, 'snapshot-log': [{ 'timestamp-ms': -9.2e18, 'snapshot-id': 1 }] }),
  'refs-odd': wrong({ refs: { main: { type: 'branch', 'snapshot-id': 404 }, x: 7 } }),
  'config-list': config(says([])),
  'config-odd': config(says({ defaults: [], overrides: 'x', endpoints: { a: 1 } })),
  'config-uri-elsewhere': config(says({ defaults: {}, overrides: { uri: 'http://evil.test/', 'oauth2-server-uri': 'http://evil.test/t' } })),
  'config-prefix-up': config(says({ defaults: {}, overrides: { prefix: '../../..' } })),
  'config-separator-odd': config(says({ defaults: {}, overrides: { 'namespace-separator': '/../' } })),
  'gzip-bomb': table(packed('gzip', () => gzipSync(blank(96)))),
  'gzip-not': table(packed('gzip', () => Buffer.from(text))),
  'gzip-cut': table(packed('gzip', () => gzipSync(text).subarray(0, 60))),
  'gzip-twice': table(packed('gzip, gzip', () => gzipSync(gzipSync(text)))),
  'brotli-bomb': table(packed('br', () => brotliCompressSync(blank(96), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }))),
  'deflate-bomb': table(packed('deflate', () => deflateSync(blank(96)))),
  'coding-unknown-of-content': table(packed('magic', () => Buffer.from(text))),
  'list-same-token': list(says({ identifiers, 'next-page-token': 'again' })),
  'list-without-end': list((call) => reply(call, 200, { identifiers: [], 'next-page-token': `page-${page++}` })),
  'list-token-huge': list(says({ identifiers, 'next-page-token': 'x'.repeat(MIB) })),
  'list-token-number': list(says({ identifiers, 'next-page-token': 7 })),
  'list-odd-entries': list(says({ identifiers: [{ namespace: ['a'], name: 't' }, 7, null, { name: [] }, {}] })),
  'list-text': list(says({ identifiers: 'none' })),
  'list-level-names-odd': { ...list(good), page: '/ns', answer: (call) => (/namespaces$/.test(call.path) ? reply(call, 200, { namespaces: [['a'], 7, [], [''], ['..']] }) : good(call)) },
};
