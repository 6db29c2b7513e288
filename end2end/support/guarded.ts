// A catalog that believes the tokens of one provider, and has a namespace named after whoever asks.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { IdentityProvider } from './provider.ts';

/** A page that says who read it. */
export const pageOf = (account: string) => `/c/guarded/ns?ns=of_${account}&tab=properties`;

export class Guarded {
  /** Who asked, in order; nobody where a token was not good. */
  readonly asked: (string | undefined)[] = [];
  /** The tokens that came. */
  readonly tokens = new Set<string>();
  private readonly made = new Set<string>();

  private constructor(
    private readonly provider: IdentityProvider,
    private readonly server: Server,
  ) {}

  static async start(provider: IdentityProvider): Promise<Guarded> {
    const server = createServer((request, response) => void catalog.answer(request, response));
    const catalog = new Guarded(provider, server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return catalog;
  }

  /** Its `[[connection]]` in the configuration of a console. */
  get settings() {
    const { port } = this.server.address() as AddressInfo;
    return `[[connection]]\nname = "guarded"\nkind = "generic"\nurl = "http://127.0.0.1:${port}"\n[connection.auth]\ntype = "passed-on"`;
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    const reply = (status: number, body: object) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const refuse = (code: number, type: string, message: string) => reply(code, { error: { code, type, message } });
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    const owner = await this.provider.owner(token);
    this.tokens.add(token);
    this.asked.push(owner);
    if (!owner) return refuse(401, 'NotAuthorizedException', 'The token is not good');
    const path = request.url!.split('?')[0]!;
    const names = [`of_${owner}`, ...this.made];
    if (path === '/v1/config') return reply(200, { defaults: {}, overrides: {} });
    if (path === '/v1/namespaces' && request.method === 'POST') {
      const { namespace } = (await json(request)) as { namespace: string[] };
      this.made.add(namespace.join('.'));
      return reply(200, { namespace, properties: {} });
    }
    if (path === '/v1/namespaces') return reply(200, { namespaces: names.map((name) => [name]) });
    const [, name, list] = /^\/v1\/namespaces\/([^/]+)(\/(?:tables|views))?$/.exec(path) ?? [];
    if (!name || !names.includes(name)) return refuse(404, 'NoSuchNamespaceException', `There is no namespace ${name}`);
    return reply(200, list ? { identifiers: [] } : { namespace: [name], properties: { comment: `read by ${owner}` } });
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
