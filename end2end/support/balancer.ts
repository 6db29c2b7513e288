// What stands before consoles: each request goes to the next of them, whoever asks.
import { createServer, request, type Server } from 'node:http';
import { freePort } from './server.ts';

type To = { port: number } | { socketPath: string };

export class Balancer {
  /** Headers that it says of itself, whatever came. */
  says: Record<string, string> = {};

  private readonly to: To[] = [];

  private constructor(
    readonly port: number,
    private readonly server: Server,
  ) {}

  get host() {
    return `127.0.0.1:${this.port}`;
  }

  get url() {
    return `http://${this.host}`;
  }

  static async start(): Promise<Balancer> {
    let turn = 0;
    const server = createServer((from, answer) => {
      const to = balancer.to[turn++ % balancer.to.length]!;
      const headers = { ...from.headers, ...balancer.says };
      const passed = request({ host: '127.0.0.1', ...to, path: from.url, method: from.method, headers }, (got) => {
        answer.writeHead(got.statusCode!, got.rawHeaders);
        got.pipe(answer);
      });
      passed.on('error', () => answer.destroy());
      answer.on('close', () => passed.destroy());
      from.pipe(passed);
    });
    const balancer = new Balancer(await freePort(), server);
    await new Promise<void>((done) => server.listen(balancer.port, '127.0.0.1', done));
    return balancer;
  }

  /** Sends to this one, too. */
  add(to: To) {
    this.to.push(to);
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
