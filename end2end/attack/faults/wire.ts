// Resets, silence, framing, floods: what stands below JSON.
import { loaded, reply } from '../support/mock.ts';
import { config, endless, head, raw, table, type Faults } from './fault.ts';

const body = JSON.stringify(loaded());
const half = body.slice(0, body.length / 2);
const sized = head(`content-length: ${body.length}`);
const chunked = head('transfer-encoding: chunked');
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
const ok = 'HTTP/1.1 200 OK\r\n';

export const wire: Faults = {
  'reset-at-once': table(raw('reset')),
  'end-at-once': table(raw('end')),
  'reset-in-status': table(raw('HTTP/1.', 'reset')),
  'reset-in-header': table(raw(`${ok}content-ty`, 'reset')),
  'end-in-header': table(raw(`${ok}content-ty`, 'end')),
  'reset-after-header': table(raw(sized, 'reset')),
  'reset-in-body': table(raw(sized, half, 'reset')),
  'end-in-body': table(raw(sized, half, 'end')),
  'reset-in-chunk': table(raw(chunked, '1000\r\n', half, 'reset')),
  'end-without-last-chunk': table(raw(chunked, chunk(body), 'end')),
  'config-reset': config(raw('reset')),
  'config-silent': config(() => {}),
  silent: table(() => {}),
  'silent-after-status': table(raw(ok)),
  'silent-after-header': table(raw(sized)),
  'silent-in-body': table(raw(sized, half)),
  'silent-in-chunk': table(raw(chunked, chunk(half))),
  'drip-header': table(endless(ok, () => 'x: y\r\n', 700)),
  'drip-body': table(endless(head('content-length: 100000'), () => ' ', 700)),
  'drip-chunks': table(endless(chunked, () => chunk(' '), 700)),
  'length-too-long': table(raw(head(`content-length: ${body.length + 10}`), body, 'end')),
  'length-too-short': table(raw(head(`content-length: ${body.length - 10}`), body, 'end')),
  'length-twice': table(raw(head(`content-length: ${body.length}\r\ncontent-length: 7`), body, 'end')),
  'length-negative': table(raw(head('content-length: -1'), body, 'end')),
  'length-words': table(raw(head('content-length: long'), body, 'end')),
  'length-huge': table(raw(head('content-length: 18446744073709551616'), body, 'end')),
  'length-and-chunks': table(raw(head(`content-length: 5\r\ntransfer-encoding: chunked`), chunk(body), '0\r\n\r\n')),
  'chunk-size-words': table(raw(chunked, 'zz\r\n', body, 'end')),
  'chunk-size-huge': table(raw(chunked, 'ffffffffffffffff1\r\n', body, 'end')),
  'chunk-without-end': table(raw(chunked, `${body.length.toString(16)}\r\n${body}junk`, 'end')),
  'trailers-junk': table(raw(chunked, chunk(body), '0\r\nno colon here\r\n\r\n', 'end')),
  'coding-unknown': table(raw(head('transfer-encoding: magic'), body, 'end')),
  'http-0.9': table(raw(body, 'end')),
  'http-2-preface': table(raw('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'end')),
  'http-9': table(raw('HTTP/9.9 200 OK\r\ncontent-length: 2\r\n\r\n{}', 'end')),
  garbage: table(raw(Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 73) % 256)), 'end')),
  'header-nul': table(raw(`${ok}x: a\0b\r\ncontent-length: 2\r\n\r\n{}`, 'end')),
  'header-without-colon': table(raw(`${ok}no colon\r\ncontent-length: 2\r\n\r\n{}`, 'end')),
  'header-folded': table(raw(`${ok}x: a\r\n b\r\ncontent-length: 2\r\n\r\n{}`, 'end')),
  'headers-10000': table(raw(`${ok}${'x: y\r\n'.repeat(10_000)}content-length: 2\r\n\r\n{}`, 'end')),
  'header-of-a-megabyte': table(raw(`${ok}x: ${'y'.repeat(1 << 20)}\r\ncontent-length: 2\r\n\r\n{}`, 'end')),
  'headers-endless': table(endless(ok, () => 'x: y\r\n'.repeat(100))),
  'interim-100-flood': table(endless('', () => 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(100))),
  'interim-103-many': table(raw('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'.repeat(2_000), sized, body)),
  'switching-101': table(raw('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n')),
  'more-after-the-end': table(raw(sized, body, `${ok}content-length: 2\r\n\r\n{}`)),
  'body-endless-blank': table(endless(head('connection: close'), () => ' '.repeat(65_536))),
  'body-endless-list': table(endless(`${head('connection: close')}{"metadata":{"schemas":[`, () => '{},'.repeat(20_000))),
  'slow-then-fine': table((call) => void setTimeout(() => reply(call, 200, body), 6_000)),
};
