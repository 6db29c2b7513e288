// Addresses of the console, as crates/model/src/paths.rs builds them.

export interface Place {
  warehouse?: string;
  reference?: string;
  namespace?: string[];
}

function query({ warehouse, reference, namespace = [] }: Place, object: [string, string][] = []): string {
  const pairs: [string, string][] = [];
  if (warehouse) pairs.push(['w', warehouse]);
  if (reference) pairs.push(['ref', reference]);
  pairs.push(...namespace.map((level): [string, string] => ['ns', level]), ...object);
  return pairs.length ? `?${pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')}` : '';
}

const root = (connection: string) => `/c/${encodeURIComponent(connection)}`;

export const connectionPath = (connection: string, place: Place = {}) => root(connection) + query(place);
export const namespacePath = (connection: string, place: Place = {}) => `${root(connection)}/ns${query(place)}`;
export const tablePath = (connection: string, place: Place, table: string, tab = 'overview') =>
  `${root(connection)}/t/${tab}${query(place, [['t', table]])}`;
export const viewPath = (connection: string, place: Place, view: string, tab = 'overview') =>
  `${root(connection)}/v/${tab}${query(place, [['v', view]])}`;
