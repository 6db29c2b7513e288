// What a check of addresses needs: the network seen from within, its names, catalogs at the public address, consoles.
import http from 'node:http';
import { Console } from './console.ts';
import { Inside, Names, PUBLIC, type Records } from './inside.ts';
import { RECORDS } from './inward.ts';
import { Made, SIGN_IN } from './made.ts';
import { good, Mock, type Behaviour } from './mock.ts';

export class Stage {
  private readonly consoles: Console[] = [];

  private constructor(
    readonly inside: Inside,
    readonly names: Names,
    readonly mock: Mock,
  ) {}

  /** With these catalogs at the public address, names besides, and ports besides. */
  static async start(behaviours: (port: () => number) => Record<string, Behaviour>, records: Records = {}, more: readonly number[] = []): Promise<Stage> {
    if (process.env.ATTACK_NETWORK !== 'own') throw new Error('a network of its own is needed, see run.sh');
    let server: http.Server | undefined;
    let port = 0;
    // The first answer of a connection is its last: whoever asks again resolves again.
    const make = (answer: http.RequestListener) => (server = http.createServer({ keepAlive: false }, (request, response) => (response.setHeader('connection', 'close'), answer(request, response))));
    const mock = await Mock.start({ good, ...behaviours(() => port) }, make);
    const [inside, names] = await Promise.all([Inside.start(server!, more), Names.start({ ...RECORDS, ...records })]);
    port = inside.port;
    return new Stage(inside, names, mock);
  }

  /** A catalog that may be called. */
  at(behaviour: string, host = PUBLIC): string {
    return `http://${host}:${this.inside.port}/${encodeURIComponent(behaviour)}`;
  }

  /** A console where people sign in, who reach these networks besides what is public, at these ports. */
  async people(name: string, reach: string[] = [], environment: Record<string, string> = {}, ports: (string | number)[] = ['1-65535']): Promise<Made> {
    // Catalogs at the public address have no certificate.
    const settings = [`people_reach = ${JSON.stringify([PUBLIC, ...reach])}`, `people_ports = ${JSON.stringify(ports.map(String))}`];
    return this.console(name, [SIGN_IN, ...settings].join('\n'), environment);
  }

  /** A console of whoever sits at the machine. */
  local(name: string): Promise<Made> {
    return this.console(name, '');
  }

  private async console(name: string, server: string, environment: Record<string, string> = {}): Promise<Made> {
    const console = await Console.start(name, { server, environment });
    this.consoles.push(console);
    return new Made(console);
  }

  async stop() {
    for (const console of this.consoles) await console.stop();
    this.inside.stop();
    this.names.stop();
    await this.mock.stop();
  }
}
