// Ways to write where a call may not go, and where it may.

/** Metadata services, this host, multicast, reserved. */
const denied4 = ['169.254.169.254', '169.254.170.2', '0.0.0.0', '0.1.2.3', '100.100.100.200', '168.63.129.16', '192.0.0.192', '224.0.0.1', '240.0.0.1', '255.255.255.255'];
const denied6 = ['::', 'fe80::1', 'febf::1', 'fec0::1', 'feff::1', 'ff02::1', 'ff0e::1', 'fd00:ec2::254', 'fd20:ce::254', '64:ff9b:1::1', '64:ff9b:1:7f00::1'];
const allowed = ['127.0.0.1', '127.9.9.9', '10.1.2.3', '172.16.0.1', '192.168.1.1', '100.64.0.1', '198.18.0.1', '[::1]', '[fd00::1]', '[2606:4700::1111]', '[::ffff:10.1.2.3]', '2130706433', '0x7f000001', '0177.0.0.1', '127.1', '0x7f.1', 'localhost', 'catalog.test', 'CATALOG.TEST'];

type Octets = [number, number, number, number];
const octets = (address: string) => address.split('.').map(Number) as Octets;
const hex = (high: number, low: number) => ((high << 8) | low).toString(16);
/** The address as two groups of an IPv6 address. */
const groups = ([a, b, c, d]: Octets) => `${hex(a, b)}:${hex(c, d)}`;
const inverted = (parts: Octets) => groups(parts.map((part) => 255 - part) as Octets);
const number = ([a, b, c, d]: Octets) => ((a * 256 + b) * 256 + c) * 256 + d;
const wide = (text: string) => text.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));

const forms: Record<string, (address: string, parts: Octets) => string> = {
  plain: (address) => address,
  'with a dot at its end': (address) => `${address}.`,
  decimal: (_, parts) => String(number(parts)),
  hexadecimal: (_, parts) => `0x${number(parts).toString(16)}`,
  octal: (_, parts) => `0${number(parts).toString(8)}`,
  'hexadecimal by octet': (_, parts) => parts.map((part) => `0x${part.toString(16)}`).join('.'),
  'octal by octet': (_, parts) => parts.map((part) => `0${part.toString(8)}`).join('.'),
  'two parts': (_, [a, ...rest]) => `${a}.${number([0, ...rest])}`,
  'full-width digits': (address) => wide(address),
  'ideographic dots': (address) => address.replaceAll('.', '。'),
  'percent-encoded': (address) => [...address].map((char) => `%${char.charCodeAt(0).toString(16)}`).join(''),
  'behind a user': (address) => `127.0.0.1:80@${address}`,
  mapped: (address) => `[::ffff:${address}]`,
  'mapped in groups': (_, parts) => `[::ffff:${groups(parts)}]`,
  compatible: (address) => `[::${address}]`,
  translated: (_, parts) => `[::ffff:0:${groups(parts)}]`,
  NAT64: (_, parts) => `[64:ff9b::${groups(parts)}]`,
  'a NAT64 of one’s own': (_, parts) => `[64:ff9b:1::${groups(parts)}]`,
  '6to4': (_, parts) => `[2002:${groups(parts)}::1]`,
  Teredo: (_, parts) => `[2001:0:1:2:3:4:${inverted(parts)}]`,
};

export interface Vector {
  name: string;
  address: string;
}

/** Addresses that nothing may be sent to. */
export function deniedVectors(port: number): Vector[] {
  const written = denied4.flatMap((address) =>
    Object.entries(forms).map(([form, write]) => ({ name: `${address}, ${form}`, address: `http://${write(address, octets(address))}:${port}/` })),
  );
  const six = denied6.map((address) => ({ name: address, address: `http://[${address}]:${port}/` }));
  const zones = ['%25lo', '%lo', '%251'].map((zone) => ({ name: `zone ${zone}`, address: `http://[fe80::1${zone}]:${port}/` }));
  const names = ['metadata.test', 'METADATA.test.', 'metadata.google.internal', 'site-local.test', 'translated.test', 'nat64.test', 'mixed.test'];
  const schemes = ['ftp', 'ws', 'gopher', 'file', 'unix', 'data', 'javascript'].map((scheme) => ({ name: scheme, address: `${scheme}://127.0.0.1:${port}/` }));
  return [...written, ...six, ...zones, ...names.map((name) => ({ name, address: `http://${name}:${port}/` })), ...schemes];
}

/** Addresses of private networks and of this machine's own: they must stay reachable, and show that the trap works. */
export const allowedVectors = (port: number): Vector[] => allowed.map((name) => ({ name, address: `http://${name}:${port}/` }));

/** Regions that would choose the host, if they stood in one as they are. */
export const regions = [
  'x@127.0.0.1:443/?',
  'x@127.0.0.1/?',
  'x@evil.test/',
  'evil.test/',
  'evil.test:443/#',
  'evil.test?',
  'evil.test#',
  'evil.test\\',
  '@evil.test/',
  ':443@evil.test/',
  'x.evil.test/.',
  '../evil.test',
  '%65vil.test/',
  'us-east-1\r\nHost: evil.test',
  'us-east-1\t.evil.test/',
  '[::1]/',
  'us-east-1.evil.test/',
  'US-EAST-1@169.254.169.254/',
];
