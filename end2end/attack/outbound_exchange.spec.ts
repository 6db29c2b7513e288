// Tokens of people that are exchanged: where an admin's form says that they go, they go only if it may be called.
import { arriveFrom } from '../support/people.ts';
import { Console } from '../support/console.ts';
import { IdentityProvider, ROLES } from '../support/provider.ts';
import { ask, form, navigation } from './support/ask.ts';
import { report } from './support/report.ts';
import { Stage } from './support/stage.ts';
import { expect, test } from './support/test.ts';

/** Where tokens go, in three ways to write it, and by a name. */
const hosts = ['127.0.0.1', '[::1]', 'localhost'];
const reaches: Record<string, { reach: string[]; seen: boolean }> = {
  'public addresses alone': { reach: [], seen: false },
  'this machine as well': { reach: ['127.0.0.0/8', '::1'], seen: true },
};

for (const [who, { reach, seen }] of Object.entries(reaches)) {
  test(`a token is exchanged where people reach ${who}: inside it is ${seen ? 'sent' : 'sent nowhere'}`, async ({ browser }) => {
    const [stage, console] = [await Stage.start(() => ({})), await Console.prepare()];
    const provider = await IdentityProvider.start(console.url);
    try {
      console.configure('sign_in = "oidc"', ROLES, `people_reach = ${JSON.stringify(reach)}`, 'people_ports = ["1-65535"]', provider.settings);
      await console.start();
      const context = await browser.newContext({ baseURL: console.url });
      const cookie = await arriveFrom(await context.newPage(), provider, 'ana');
      await context.close();
      const called: string[] = [];
      for (const [at, host] of hosts.entries()) {
        const exchange = { client_id: 'id', client_secret: 's3cr3t', audience: 'lake', token_url: `http://${host}:${stage.inside.port}/token` };
        const auth = Object.entries(exchange).map(([key, value]) => [`auth.${key}`, value]);
        const body = new URLSearchParams([['operation', 'create'], ['name', `c${at}`], ['url', stage.at('good')], ['role', 'viewer'], ['auth.type', 'exchanged'], ...auth] as [string, string][]).toString();
        stage.inside.callers();
        const made = await ask(console.url, '/connections/new?kind=generic', { method: 'POST', headers: { ...form, cookie }, body });
        // It may be refused as soon as it is typed.
        expect([303, 400]).toContain(made.status);
        const page = await ask(console.url, `/c/c${at}/ns`, { headers: { ...navigation, cookie } });
        expect(page.status).toBeGreaterThanOrEqual(400);
        called.push(...stage.inside.callers());
      }
      report(`exchanged, ${who}`, `${hosts.length} addresses, ${called.length} calls`);
      if (seen) expect(called.length).toBeGreaterThanOrEqual(hosts.length);
      else expect(called).toEqual([]);
    } finally {
      await console.stop();
      await provider.stop();
      await stage.stop();
    }
  });
}
