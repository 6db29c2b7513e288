// The least that a provider of OpenID Connect answers, so that what is measured is the console.
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** Whoever comes back with a code is who the code says: `codeOf(subject, nonce)`. */
export const codeOf = (subject, nonce) => `${subject}.${nonce}`;

export class Provider {
  /** Calls of the token endpoint to renew a token. */
  renewals = 0;
  /** For how many seconds it gives access tokens from now on. */
  lifetime = 3600;
  #key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #server = createServer((request, response) => void this.#answer(request, response));

  async start() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#server.unref();
    this.issuer = `http://127.0.0.1:${this.#server.address().port}`;
    return this;
  }

  async #answer(request, response) {
    const { issuer } = this;
    const reply = (body) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/jwks') return reply({ keys: [{ ...this.#key.publicKey.export({ format: 'jwk' }), kid: 'own', alg: 'ES256', use: 'sig' }] });
    if (request.url !== '/token') {
      return reply({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['ES256'],
        authorization_response_iss_parameter_supported: true,
      });
    }
    const form = new URLSearchParams(await text(request));
    const renews = form.get('grant_type') === 'refresh_token';
    if (renews) this.renewals += 1;
    const [sub, nonce] = (renews ? form.get('refresh_token') : form.get('code')).split('.');
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, aud: 'bench', sub, name: sub, ...(!renews && { nonce }), iat: now, exp: now + 600 };
    const signed = [{ alg: 'ES256', kid: 'own' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    const signature = sign('sha256', Buffer.from(signed), { key: this.#key.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
    reply({ access_token: randomUUID(), token_type: 'Bearer', expires_in: this.lifetime, refresh_token: `${sub}.${randomUUID()}`, id_token: `${signed}.${signature}` });
  }
}
