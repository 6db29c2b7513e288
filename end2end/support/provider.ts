// A provider of OpenID Connect as others run one, on a port of its own, with three accounts, and with switches for what
// goes wrong at providers.
import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type Provider from 'oidc-provider';
import type { Context } from 'oidc-provider';
import { freePort } from './server.ts';

export interface Account {
  name: string;
  groups: string[];
}

/** By who they are there. */
export const ACCOUNTS: Record<string, Account> = {
  ana: { name: 'Ana Admin', groups: ['staff', 'catalog-admins'] },
  eve: { name: 'Eve Editor', groups: ['catalog-editors'] },
  vic: { name: 'Vic Visitor', groups: ['sales', 'canteen'] },
};

/** What a console is told of groups. */
export const ROLES = 'admins = ["catalog-admins"]\neditors = ["catalog-editors"]';

/**
 * What a catalog that believes JWTs was told: where they come from, and whom they are for. Where no audience is given
 * access tokens are for the provider alone, and have to be exchanged.
 */
export interface Believer {
  port: number;
  audience?: string;
}

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
/** What an access token is that others than the provider can read. */
const jwtFor = (audience: string) => ({ scope: '', audience, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } });

type Claims = Record<string, unknown>;
/** By kind and id. */
type Entries = Map<string, Claims & { grantId?: string; uid?: string; consumed?: number }>;

export class IdentityProvider {
  /** What is done to an ID token before it is signed, once more, with the provider's own key. */
  tamper: ((claims: Claims, header: Claims) => void) | undefined;
  /** What the token endpoint answers in place of tokens. */
  refuses: { status: number; error: string } | undefined;
  /** What it says to whoever asks why somebody did not agree. */
  denial = 'Somebody did not agree';
  /** For how many seconds it gives access tokens from now on. */
  lifetime = 600;
  /** How often it was asked to renew one. */
  renewals = 0;
  /** Codes and tokens that were given out. */
  readonly given: string[] = [];
  /** The access tokens of these. */
  readonly access: string[] = [];
  /** What went wrong within. */
  readonly errors: string[] = [];
  /** What was asked of it, without queries. */
  readonly asked: string[] = [];

  private held: Promise<void> | undefined;
  private withheld: Promise<void> | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(
    readonly id: string,
    readonly label: string,
    readonly port: number,
    readonly clientSecret: string,
    private readonly provider: Provider,
    private readonly key: object,
    private readonly server: Server,
    private readonly entries: Entries,
  ) {}

  get issuer() {
    return issuer(this.port);
  }

  /** Its `[[provider]]` in the configuration of a console. */
  get settings() {
    return ['[[provider]]', ...Object.entries({ name: this.id, label: this.label, issuer: this.issuer, client_id: 'crowsnest', client_secret: this.clientSecret, scope: 'openid profile' }).map(([key, value]) => `${key} = ${JSON.stringify(value)}`)].join('\n');
  }

  /** For the console at `url`, which knows it by `id`, and for a catalog where one is named. */
  static async start(url: string, id = 'work', label = 'Example Work', catalog?: Believer): Promise<IdentityProvider> {
    const port = catalog?.port ?? (await freePort());
    const clientSecret = `client-secret-${randomBytes(16).toString('hex')}`;
    const key = { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), kid: randomBytes(8).toString('hex'), alg: 'ES256', use: 'sig' };
    // Where it is used alone: most files of tests only come by.
    const { default: Provider } = await import('oidc-provider');
    const entries: Entries = new Map();
    const provider = new Provider(issuer(port), {
      clients: [
        {
          client_id: 'crowsnest',
          client_secret: clientSecret,
          redirect_uris: [`${url}/sign-in/back/${id}`],
          post_logout_redirect_uris: [`${url}/sign-in`],
          id_token_signed_response_alg: 'ES256',
          grant_types: ['authorization_code', 'refresh_token', EXCHANGE],
        },
      ],
      adapter: kept(entries),
      jwks: { keys: [key] },
      // Cookies know no ports: each provider on this machine has names of its own.
      cookies: { keys: [randomBytes(16).toString('hex')], names: { interaction: `i${port}`, resume: `r${port}`, session: `s${port}` } },
      claims: { openid: ['sub', 'groups'], profile: ['name'] },
      conformIdTokenClaims: false,
      pkce: { required: () => true },
      findAccount: (_: unknown, sub: string) => ACCOUNTS[sub] && { accountId: sub, claims: () => ({ sub, ...ACCOUNTS[sub] }) },
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      issueRefreshToken: async () => true,
      // One that was renewed ends what it came from where it comes again.
      rotateRefreshToken: true,
      ttl: { AccessToken: (): number => started.lifetime, AuthorizationCode: 60, Grant: 3600, IdToken: 600, Interaction: 600, Session: 3600, RefreshToken: 3600 },
      extraTokenClaims: (_: unknown, { accountId }: { accountId: string }) => ({ groups: ACCOUNTS[accountId]!.groups }),
      features: {
        devInteractions: { enabled: false },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => catalog?.audience && `urn:${catalog.audience}`,
          getResourceServerInfo: () => jwtFor(catalog!.audience!),
          useGrantedResource: () => true,
        },
        rpInitiatedLogout: {
          enabled: true,
          logoutSource: (context: { body: string }, form: string) => {
            context.body = page('Sign out', `${form}<button form="op.logoutForm" name="logout" value="yes">Sign out everywhere</button>`);
          },
        },
      },
      renderError: (context: { body: string; type: string }, out: { error: string; error_description?: string }) => {
        context.type = 'html';
        context.body = page('Refused', `<p>${escaped(`${out.error} ${out.error_description ?? ''}`)}</p>`);
      },
    });
    const server = createServer();
    const started: IdentityProvider = new IdentityProvider(id, label, port, clientSecret, provider, key, server, entries);
    started.listenTo(provider, server);
    await started.up();
    return started;
  }

  private listenTo(provider: Provider, server: Server) {
    provider.use((context, next) => this.token(context, next));
    provider.registerGrantType(EXCHANGE, (context) => this.exchange(context), ['subject_token', 'subject_token_type', 'audience']);
    const answer = provider.callback();
    for (const event of ['server_error', 'authorization.error', 'grant.error', 'end_session.error']) {
      provider.on(event, (_, error) => this.errors.push(`${event}: ${error.message}`));
    }
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const path = request.url!.split('?')[0]!;
      this.asked.push(`${request.method} ${path}`);
      if (!path.startsWith('/interaction/')) return answer(request, response);
      this.interact(request, response).catch((error: Error) => {
        this.errors.push(`interaction: ${error.message}`);
        response.writeHead(400).end(page('Refused', escaped(error.message)));
      });
    });
  }

  /** Nobody is there any more. */
  async down() {
    const closed = new Promise((done) => this.server.close(done));
    this.sockets.forEach((socket) => socket.destroy());
    await closed;
  }

  /** Is there again. */
  up() {
    return new Promise<void>((done, failed) => this.server.once('error', failed).listen(this.port, '127.0.0.1', done));
  }

  /** The token endpoint does nothing before this. */
  hold(until: Promise<void> | undefined) {
    this.held = until;
  }

  /** The token endpoint does what it is asked, and does not answer before this. */
  withhold(until: Promise<void> | undefined) {
    this.withheld = until;
  }

  /** Requests to the token endpoint so far, also those that it has not answered. */
  get tokenCalls() {
    return this.asked.filter((one) => one === 'POST /token').length;
  }

  /** Whose access token this is; `undefined` of one that has ended. */
  async owner(token: string): Promise<string | undefined> {
    const found = await this.provider.AccessToken.find(token);
    return found?.isExpired ? undefined : found?.accountId;
  }

  /** Nothing that it gave is good any more. */
  revoke() {
    for (const key of this.entries.keys()) if (/^(Grant|AccessToken|RefreshToken):/.test(key)) this.entries.delete(key);
  }

  async stop() {
    if (this.server.listening) await this.down();
  }

  private async token(context: Context, next: () => Promise<void>) {
    if (context.path !== '/token') return next();
    await this.held;
    if (this.refuses) {
      context.status = this.refuses.status;
      context.body = { error: this.refuses.error, error_description: this.denial };
      return;
    }
    await next();
    const body = context.body as Record<string, string>;
    const { code, grant_type } = context.oidc?.params ?? {};
    if (grant_type === 'refresh_token') this.renewals += 1;
    if (body.id_token && this.tamper) body.id_token = this.signed(body.id_token);
    this.given.push(...[code, body.id_token, body.access_token, body.refresh_token].filter((one) => one !== undefined));
    if (body.access_token) this.access.push(body.access_token);
    await this.withheld;
  }

  /** A token for one audience in exchange for somebody's own, RFC 8693. */
  private async exchange(context: Context) {
    const { subject_token, audience } = context.oidc!.params!;
    const own = await this.provider.AccessToken.find(subject_token!);
    if (!own || own.isExpired || !audience) {
      context.status = 400;
      context.body = { error: own && !audience ? 'invalid_target' : 'invalid_grant' };
      return;
    }
    const token = new this.provider.AccessToken({ accountId: own.accountId, grantId: own.grantId, client: context.oidc!.client });
    token.resourceServer = new this.provider.ResourceServer(audience, jwtFor(audience));
    context.body = { access_token: await token.save(), issued_token_type: 'urn:ietf:params:oauth:token-type:access_token', token_type: 'Bearer', expires_in: token.expiration };
  }

  private signed(token: string): string {
    const [header, claims] = token.split('.').slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Claims);
    this.tamper!(claims!, header!);
    const what = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    if (header!.alg === 'none') return `${what}.`;
    const key = createPrivateKey({ key: this.key as never, format: 'jwk' });
    return `${what}.${sign('sha256', Buffer.from(what), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  }

  /** Who are you, and do you agree? */
  private async interact(request: IncomingMessage, response: ServerResponse) {
    const { prompt, params, session } = await this.provider.interactionDetails(request, response);
    if (request.method === 'GET') {
      const asks: Record<string, string> = {
        login: '<p><label>Account <input name="login" autofocus></label></p><button>Log in</button>',
        consent: '<p>Crowsnest asks who you are.</p><button name="agrees" value="yes">Allow</button> <button name="agrees" value="no">Deny</button>',
      };
      const html = page(prompt.name === 'login' ? 'Who are you?' : 'Do you agree?', `<form method="post">${asks[prompt.name]}</form>`);
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(html);
      return;
    }
    const form = new URLSearchParams(await text(request));
    const finish = (result: object) => this.provider.interactionFinished(request, response, result);
    if (prompt.name === 'login') return finish({ login: { accountId: form.get('login') } });
    if (form.get('agrees') !== 'yes') return finish({ error: 'access_denied', error_description: this.denial });
    const grant = new this.provider.Grant({ accountId: session!.accountId, clientId: params.client_id });
    grant.addOIDCScope(prompt.details.missingOIDCScope?.join(' ') ?? 'openid');
    return finish({ consent: { grantId: await grant.save() } });
  }
}

/** What a provider keeps, for as long as it runs: its own way to do so is not for tests alone, and says so each time. */
function kept(entries: Entries) {
  return class {
    constructor(private readonly kind: string) {}

    private key(id: string) {
      return `${this.kind}:${id}`;
    }

    async upsert(id: string, payload: Claims) {
      entries.set(this.key(id), payload);
    }

    async find(id: string) {
      return entries.get(this.key(id));
    }

    async findByUid(uid: string) {
      return [...entries].find(([key, entry]) => key.startsWith(`${this.kind}:`) && entry.uid === uid)?.[1];
    }

    async findByUserCode() {
      return undefined;
    }

    async consume(id: string) {
      entries.get(this.key(id))!.consumed = Math.floor(Date.now() / 1000);
    }

    async destroy(id: string) {
      entries.delete(this.key(id));
    }

    async revokeByGrantId(grantId: string) {
      for (const [key, entry] of entries) if (entry.grantId === grantId) entries.delete(key);
    }
  };
}

/** Another site than the console's for a browser, on the same machine. */
const issuer = (port: number) => `http://localhost:${port}`;

const escaped = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
const page = (title: string, body: string) =>
  `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,"><main><h1>${title}</h1>${body}</main></html>`;
