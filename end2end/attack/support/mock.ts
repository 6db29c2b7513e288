// Catalogs that misbehave: one server, each behaviour mounted under its own name.
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Call {
  method: string;
  /** After the behaviour's name, as it was sent: `/v1/namespaces/a`. */
  path: string;
  query: string;
  headers: http.IncomingHttpHeaders;
  body: string;
  response: http.ServerResponse;
  socket: Socket;
}

export type Behaviour = (call: Call) => void | Promise<void>;

export class Mock {
  /** Requests so far, and how many are open now and were at most, by behaviour. */
  readonly calls = new Map<string, number>();
  readonly open = new Map<string, number>();
  readonly most = new Map<string, number>();
  readonly sent: { name: string; method: string; path: string; body: string; status: number }[] = [];

  private constructor(
    private readonly server: http.Server,
    readonly url: string,
  ) {}

  static async start(behaviours: Record<string, Behaviour>, make: (answer: http.RequestListener) => http.Server = createServer): Promise<Mock> {
    const server = make((request, response) => void mock.answer(behaviours, request, response));
    // Half of what is tried here is broken on purpose.
    server.on('clientError', (_, socket) => socket.destroy());
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const mock = new Mock(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return mock;
  }

  private async answer(behaviours: Record<string, Behaviour>, request: http.IncomingMessage, response: http.ServerResponse) {
    const [, name = '', path = '', query = ''] = /^\/([^/]*)([^?]*)\??(.*)$/s.exec(request.url!) ?? [];
    const count = (counts: Map<string, number>, by: number) => counts.set(name, (counts.get(name) ?? 0) + by);
    count(this.calls, 1);
    count(this.open, 1);
    this.most.set(name, Math.max(this.most.get(name) ?? 0, this.open.get(name)!));
    response.on('close', () => count(this.open, -1));
    response.on('error', () => {});
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString();
      const sent = { name, method: request.method!, path, body, status: 0 };
      this.sent.push(sent);
      response.on('finish', () => (sent.status = response.statusCode));
      const call = { method: request.method!, path, query, headers: request.headers, body, response, socket: response.socket! };
      await (behaviours[name] ?? nothing)(call);
    } catch {
      response.destroy();
    }
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
  }
}

/** A server that stays silent for as long as its client waits. */
const createServer = (answer: http.RequestListener) => http.createServer({ keepAliveTimeout: 5_000, requestTimeout: 0 }, answer);

export function reply({ response }: Call, status: number, body: unknown, headers: http.OutgoingHttpHeaders = {}) {
  const text = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text);
}

export const problem = (call: Call, status: number, message: string, type = 'SomeException') =>
  reply(call, status, { error: { message, type, code: status } });

const nothing: Behaviour = (call) => problem(call, 404, 'nothing is mounted here');

export const metadata = {
  'format-version': 2,
  'table-uuid': '4e1a1d2e-7f0f-4a53-9f0e-6a0f3f6f9d01',
  location: 's3://bucket/a/t',
  'last-sequence-number': 0,
  'last-updated-ms': 1_700_000_000_000,
  'last-column-id': 1,
  schemas: [{ type: 'struct', 'schema-id': 0, fields: [{ id: 1, name: 'id', required: true, type: 'long', doc: 'the key' }] }],
  'current-schema-id': 0,
  'partition-specs': [{ 'spec-id': 0, fields: [] }],
  'default-spec-id': 0,
  'sort-orders': [{ 'order-id': 0, fields: [] }],
  'default-sort-order-id': 0,
  properties: { owner: 'somebody' },
  snapshots: [],
};

export const loaded = (changed: object = {}) => ({
  'metadata-location': 's3://bucket/a/t/metadata/00000.metadata.json',
  metadata: { ...metadata, ...changed },
  config: {},
});

/** A catalog without faults: the namespaces `a` and `b`, and in each the table `t`. */
export function good(call: Call) {
  const { method, path } = call;
  const token = { access_token: 'a-token-of-the-mock', token_type: 'bearer', expires_in: 3600 };
  if (path === '/v1/config') return reply(call, 200, { defaults: {}, overrides: {} });
  if (path.endsWith('/tokens')) return reply(call, 200, token);
  const [namespace, kind, name] = path.replace(/^\/v1\/namespaces\/?/, '').split('/');
  if (method === 'HEAD') return reply(call, 204, '');
  if (!namespace) return reply(call, 200, { namespaces: call.query.includes('parent=') ? [] : [['a'], ['b']] });
  if (!kind) return reply(call, 200, { namespace: [namespace], properties: {} });
  if (kind === 'tables' && name) return reply(call, 200, loaded());
  if (kind === 'tables') return reply(call, 200, { identifiers: [{ namespace: [namespace], name: 't' }] });
  if (kind === 'views') return reply(call, 200, { identifiers: [] });
  return problem(call, 404, `the mock has no ${path}`);
}
