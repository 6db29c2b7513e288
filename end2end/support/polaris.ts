// Addresses of the pages about Polaris, as crates/model/src/paths/polaris.rs builds them.
const root = '/c/sample-polaris';
const query = (pairs: [string, string][]) => pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&');

export const polarisPath = (page: string, ...pairs: [string, string][]) =>
  `${root}/${page}${pairs.length ? `?${query(pairs)}` : ''}`;

/** A name that no other test uses. */
export const fresh = (noun: string) => `${noun}_${crypto.randomUUID().slice(0, 8)}`;
