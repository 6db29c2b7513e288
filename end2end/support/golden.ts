// The published examples of destination.json, and how each comes about in the wizard.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const folder = join(import.meta.dirname, '../../crates/destination/tests/golden');

export interface Golden {
  name: string;
  text: string;
  /** In the wizard's address. */
  catalog: string;
  auth: string;
  writer: Record<string, string | boolean>;
}

export const goldens: Golden[] = readdirSync(folder)
  .sort()
  .map((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const writer = JSON.parse(text).writer;
    const name = basename(file, '.json');
    const auth = writer.rest_signing_v_4 ? 'sigv4' : writer.credential ? 'oauth2' : writer.token ? 'token' : 'none';
    return { name, text, catalog: name.replace(/_.*/, '').replace('s3tables', 's3-tables'), auth, writer };
  });

/** What a person types into the form: the values, not what follows from the catalog chosen. */
export function typed({ writer }: Golden): [id: string, value: string, secret: boolean][] {
  const secrets = ['token', 'aws_access_key', 'aws_secret_key'];
  return Object.entries(writer).flatMap(([key, value]): [string, string, boolean][] => {
    if (typeof value !== 'string' || ['catalog_type', 'rest_auth_type', 'rest_signing_name'].includes(key)) return [];
    if (key !== 'credential') return [[key, value, secrets.includes(key)]];
    const [id = '', secret = ''] = value.split(':');
    return [['client_id', id, false], ['credential', secret, true]];
  });
}
