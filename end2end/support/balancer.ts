// What stands before several consoles: each request goes to the next of them, whoever asks.
import { createServer, request, type Server } from 'node:http';
import { freePort } from './server.ts';

export class Balancer {
  /** Whether what comes goes where the last went. */
  stays = false;

  private readonly to: { port: number }[] = [];

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
      if (!balancer.stays) turn++;
      const { port } = balancer.to[turn % balancer.to.length]!;
      const passed = request({ host: '127.0.0.1', port, path: from.url, method: from.method, headers: from.headers }, (got) => {
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
  add(console: { port: number }) {
    this.to.push(console);
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
