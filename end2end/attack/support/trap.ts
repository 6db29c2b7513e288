// Listens on every address of the attack's network, and tells what was connected to.
import net, { type AddressInfo, type Server } from 'node:net';

export class Trap {
  /** Addresses that were connected to. */
  seen: string[] = [];

  private constructor(
    readonly port: number,
    private readonly servers: Server[],
  ) {}

  /** On a free port, and on the ports that addresses without one lead to. */
  static async start(): Promise<Trap> {
    const servers = await Promise.all([0, 80, 443].map(listen));
    const trap = new Trap((servers[0]!.address() as AddressInfo).port, servers);
    for (const server of servers) {
      server.on('connection', (socket) => {
        trap.seen.push(`${socket.localAddress}:${socket.localPort}`);
        socket.on('error', () => {}).end('HTTP/1.1 500 Trapped\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      });
    }
    return trap;
  }

  stop() {
    this.servers.forEach((server) => server.close());
  }
}

const listen = (port: number) =>
  new Promise<Server>((done, failed) => {
    const server = net.createServer();
    server.once('error', failed).listen(port, '::', () => done(server));
  });
