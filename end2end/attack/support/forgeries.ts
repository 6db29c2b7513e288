// What a page of another origin can make a browser send, and what a program can add to it.
import type { OutgoingHttpHeaders } from 'node:http';

const fetched = (site: string, mode: string, dest: string, more: OutgoingHttpHeaders = {}): OutgoingHttpHeaders => ({
  'sec-fetch-site': site,
  'sec-fetch-mode': mode,
  'sec-fetch-dest': dest,
  ...more,
});
const evil = 'http://evil.test';

/** For any method. `host` is the console's own. */
export const forgeries = (host: string): Record<string, OutgoingHttpHeaders> => ({
  'an image': fetched('cross-site', 'no-cors', 'image'),
  'a script': fetched('cross-site', 'no-cors', 'script'),
  'a style sheet': fetched('cross-site', 'no-cors', 'style'),
  'a video': fetched('cross-site', 'no-cors', 'video'),
  'a prefetch': fetched('cross-site', 'no-cors', 'empty', { 'sec-purpose': 'prefetch' }),
  'a fetch': fetched('cross-site', 'cors', 'empty', { origin: evil }),
  'a fetch without cors': fetched('cross-site', 'no-cors', 'empty', { origin: evil }),
  'a socket': fetched('cross-site', 'websocket', 'empty', { origin: evil, upgrade: 'websocket', connection: 'upgrade' }),
  'an event source': fetched('cross-site', 'cors', 'empty', { accept: 'text/event-stream' }),
  'a frame': fetched('cross-site', 'navigate', 'iframe'),
  'an object': fetched('cross-site', 'navigate', 'object'),
  'a sibling’s image': fetched('same-site', 'no-cors', 'image'),
  'a sibling’s fetch': fetched('same-site', 'cors', 'empty', { origin: 'http://sibling.localhost' }),
  'an unknown site': fetched('somewhere', 'cors', 'empty'),
  'our origin beside another site': fetched('cross-site', 'cors', 'empty', { origin: `http://${host}` }),
  'a mark in capitals': fetched('CROSS-SITE', 'no-cors', 'image'),
  'another host': { host: 'evil.test', 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
  'another host that begins like ours': { ...fetched('same-origin', 'cors', 'empty'), host: host.replace(':', '.evil.test:') },
});

/** For functions of pages, as if a page elsewhere could send our header with all of it, and without that header. */
export const forgedCalls = (host: string): Record<string, OutgoingHttpHeaders> => ({
  ...Object.fromEntries(Object.entries(forgedChanges(host)).map(([name, headers]) => [name, { 'x-crowsnest': '1', ...headers }])),
  'no header of ours': fetched('same-origin', 'cors', 'empty', { origin: `http://${host}` }),
  'no header of ours, by hand': fetched('none', 'navigate', 'document'),
});

/** For what changes something. */
export const forgedChanges = (host: string): Record<string, OutgoingHttpHeaders> => ({
  ...forgeries(host),
  'a form': fetched('cross-site', 'navigate', 'document', { origin: evil }),
  'a sibling’s form': fetched('same-site', 'navigate', 'document', { origin: 'http://sibling.localhost' }),
  'a form of text': fetched('cross-site', 'navigate', 'document', { origin: evil, 'content-type': 'text/plain' }),
  'a form with files': fetched('cross-site', 'navigate', 'document', { origin: evil, 'content-type': 'multipart/form-data; boundary=x' }),
  'no origin': { origin: 'null' },
  'only an origin': { origin: evil },
  'our origin at another port': { origin: `http://${host.split(':')[0]}:1` },
  'our origin as a beginning': { origin: `http://${host}.evil.test` },
  'an empty origin': { origin: '' },
});
