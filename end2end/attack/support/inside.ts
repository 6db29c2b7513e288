// The attack's network seen from within: one address of it is public and has catalogs, all others must see nobody.
import dgram from 'node:dgram';
import { readFileSync } from 'node:fs';
import type { Server as HttpServer } from 'node:http';
import net, { type AddressInfo, type Server, type Socket } from 'node:net';

/** The one address that may be called. */
export const PUBLIC = '11.11.11.11';
/** Said by whatever listens inside: no page may have it. */
export const BANNER = 'a-banner-of-the-inside';

export interface Seen {
  /** Address and port that were connected to. */
  to: string;
  /** The beginning of what was sent. */
  said: string;
}

/** How an address inside answers. */
export type Manner = 'closing' | 'silent' | 'reset' | 'banner' | 'page' | 'missing' | 'denied' | 'broken' | 'catalog';

export class Inside {
  /** Everybody who came to an address that is not the public one. */
  seen: Seen[] = [];
  /** How ports answer, where not all are as the first. */
  readonly manners = new Map<number, Manner>();
  /** How often the public address was connected to, by port. */
  readonly called = new Map<number, number>();
  private readonly open = new Set<Socket>();

  private constructor(
    readonly port: number,
    private readonly servers: Server[],
    private readonly catalogs: HttpServer,
  ) {}

  /** On a free port, on those that addresses without one lead to, on two that have other trades, and on these. */
  static async start(catalogs: HttpServer, more: readonly number[] = []): Promise<Inside> {
    const ports = [...new Set([22, 25, 80, 443, ...more.filter(Boolean)])];
    ports.unshift(0);
    ports.push(...more.filter((port) => !port));
    const servers = await Promise.all(ports.map(listen));
    const inside = new Inside(portOf(servers[0]!), servers, catalogs);
    for (const server of servers) server.on('connection', (socket) => inside.meet(socket));
    return inside;
  }

  /** So many free ports that were asked for besides. */
  free(count: number): number[] {
    return this.servers.slice(-count).map(portOf);
  }

  /** Who came since this was last asked, each in one line. */
  callers(): string[] {
    return this.seen.splice(0).map(({ to, said }) => `${to} ${said}`);
  }

  stop() {
    for (const socket of this.open) socket.destroy();
    this.servers.forEach((server) => server.close());
  }

  private meet(socket: Socket) {
    const address = socket.localAddress!.replace(/^::ffff:/, '');
    if (address === PUBLIC) {
      this.called.set(socket.localPort!, (this.called.get(socket.localPort!) ?? 0) + 1);
      return void this.catalogs.emit('connection', socket);
    }
    this.open.add(socket);
    socket.on('close', () => this.open.delete(socket)).on('error', () => {});
    const seen: Seen = { to: `${address}:${socket.localPort}`, said: '' };
    this.seen.push(seen);
    const manner = this.manners.get(socket.localPort!) ?? 'closing';
    if (manner === 'banner') return void socket.end(`SSH-2.0-${BANNER}\r\n`);
    if (manner === 'reset') return void socket.resetAndDestroy();
    socket.once('data', (data) => {
      seen.said = data.toString('latin1').split('\r\n')[0]!;
      if (manner !== 'silent') socket.end(answers[manner]);
    });
  }
}

const whole = (status: string, body: string, type = 'text/html') => `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\nserver: ${BANNER}\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const answers = {
  closing: whole('500 Inside', BANNER, 'text/plain'),
  page: whole('200 OK', `<title>${BANNER}</title>`),
  missing: whole('404 Not Found', BANNER, 'text/plain'),
  denied: whole('401 Unauthorized', `{"error":{"message":"${BANNER}","type":"X","code":401}}`, 'application/json'),
  broken: whole('200 OK', `{"${BANNER}`, 'application/json'),
  catalog: whole('200 OK', '{"defaults":{},"overrides":{},"namespaces":[]}', 'application/json'),
} satisfies Partial<Record<Manner, string>>;

const portOf = (server: Server) => (server.address() as AddressInfo).port;

const listen = (port: number) =>
  new Promise<Server>((done, failed) => {
    const server = net.createServer();
    server.once('error', failed).listen(port, '::', () => done(server));
  });

/** What a name has: IPv4 and IPv6 addresses as they are, or `= other.test` for another name of it. */
export type Records = Record<string, string[] | ((nth: number) => string[])>;

/** The resolver that this machine asks, which is this one in a network where all addresses are. */
export class Names {
  /** How often each name was asked for its IPv4 addresses. */
  readonly asked = new Map<string, number>();

  private constructor(
    private readonly sockets: dgram.Socket[],
    private readonly records: Records,
  ) {}

  static async start(records: Records): Promise<Names> {
    const servers = [...readFileSync('/etc/resolv.conf', 'utf8').matchAll(/^nameserver\s+(\S+)/gm)].map(([, address]) => address!);
    const sockets = await Promise.all((servers.length ? servers : ['127.0.0.1']).map(bound));
    const names = new Names(sockets, records);
    for (const socket of sockets) socket.on('message', (query, { address, port }) => socket.send(names.answer(query), port, address));
    return names;
  }

  stop() {
    this.sockets.forEach((socket) => socket.close());
  }

  private answer(query: Buffer): Buffer {
    const labels: string[] = [];
    let at = 12;
    for (let length = query[at++]!; length; length = query[at++]!) labels.push(query.toString('latin1', at, (at += length)));
    const type = query.readUInt16BE(at);
    const question = query.subarray(12, at + 4);
    const name = labels.join('.').toLowerCase();
    const entry = Object.hasOwn(this.records, name) ? this.records[name]! : undefined;
    const nth = this.asked.get(name) ?? 0;
    if (type === 1) this.asked.set(name, nth + 1);
    const found = typeof entry === 'function' ? entry(nth) : (entry ?? []);
    const other = found.find((one) => one.startsWith('= '))?.slice(2);
    const records = other ? [record(5, encoded(other)), ...of(type, this.at(other)).map((data) => record(type, data, encoded(other)))] : of(type, found).map((data) => record(type, data));
    const head = Buffer.from(query.subarray(0, 12));
    head.writeUInt16BE(entry ? 0x8580 : 0x8583, 2);
    [1, records.length, 0, 0].forEach((count, place) => head.writeUInt16BE(count, 4 + 2 * place));
    return Buffer.concat([head, question, ...records]);
  }

  private at(name: string): string[] {
    const entry = this.records[name] ?? [];
    return typeof entry === 'function' ? entry(0) : entry;
  }
}

/** The addresses of a type: 1 is IPv4, 28 is IPv6. */
const of = (type: number, found: string[]) => found.filter((one) => net.isIP(one) === (type === 1 ? 4 : type === 28 ? 6 : -1)).map((one) => (type === 1 ? Buffer.from(one.split('.').map(Number)) : six(one)));

function six(address: string): Buffer {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const plain = dotted ? `${dotted[1]}${((+dotted[2]! << 8) | +dotted[3]!).toString(16)}:${((+dotted[4]! << 8) | +dotted[5]!).toString(16)}` : address;
  const [front, back] = plain.split('::').map((half) => half.split(':').filter(Boolean));
  const groups = [...front!, ...Array<string>(8 - front!.length - (back?.length ?? 0)).fill('0'), ...(back ?? [])];
  return Buffer.from(groups.flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255]));
}

const encoded = (name: string) => Buffer.concat([...name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)])), Buffer.from([0])]);

/** Of the name that was asked for, unless it is said; nobody may keep it. */
function record(type: number, data: Buffer, name = Buffer.from([0xc0, 12])): Buffer {
  const head = Buffer.from([0, type, 0, 1, 0, 0, 0, 0, 0, data.length]);
  return Buffer.concat([name, head, data]);
}

const bound = (address: string) =>
  new Promise<dgram.Socket>((done, failed) => {
    const socket = dgram.createSocket(net.isIPv6(address) ? 'udp6' : 'udp4');
    socket.once('error', failed).bind(53, address, () => done(socket));
  });
