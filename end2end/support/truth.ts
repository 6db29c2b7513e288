// What PyIceberg read from a server just before the journeys: the output of catalogs/truth.py.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Column {
  id: number;
  path: string;
  type: string;
  required: boolean;
  doc: string | null;
}

export interface Schema {
  id: number;
  identifiers: string[];
  columns: Column[];
}

export interface Snapshot {
  id: string;
  parent: string | null;
  sequence: string;
  timestampMs: number;
  operation: string;
  summary: Record<string, string>;
}

export interface Table {
  uuid: string;
  location: string;
  metadataLocation: string;
  formatVersion: number;
  schema: Schema;
  schemas: Record<string, Schema>;
  specs: Record<string, { name: string; transform: string; source: number; id: number }[]>;
  currentSnapshot: string | null;
  snapshots: Snapshot[];
  refs: Record<string, { type: string; snapshot: string }>;
  properties: Record<string, string>;
}

export interface View {
  uuid: string;
  version: number;
  schema: Schema;
  sql: Record<string, string>;
  properties: Record<string, string>;
}

export interface Namespace {
  name: string[];
  properties: Record<string, string>;
  tables: Record<string, Table>;
  views: Record<string, View>;
}

const folder = process.env.TRUTH ?? join(import.meta.dirname, '../artifacts/truth');

/** The servers that real.sh could start, seed and read. */
export const servers = (process.env.SERVERS ?? '').split(' ').filter(Boolean);

export function read<T>(file: string): T {
  const path = join(folder, file);
  if (!existsSync(path)) throw new Error(`${path} is missing: catalogs/real.sh writes it before the journeys`);
  return JSON.parse(readFileSync(path, 'utf8'));
}

export const namespaces = (file: string) => read<{ namespaces: Namespace[] }>(file).namespaces;

/** Namespaces directly below another; of the top when `above` is empty. */
export const below = (all: Namespace[], above: string[]) =>
  all.map(({ name }) => name).filter((name) => name.length === above.length + 1 && above.every((level, i) => level === name[i]));
