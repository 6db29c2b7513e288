// Secrets that can be found again, however they were written.

/** Stands in every canary several times, so that a part of one is enough. */
const UNIT = 'Qz7kXw9vJ4';

/** A secret of a kind; `odd` ones hold characters that forms and addresses write otherwise. */
export const canary = (kind: string, number: number, odd = true) =>
  odd ? `${UNIT}+/${UNIT}=&${UNIT}.${kind}${number}.${UNIT}` : `${UNIT}${UNIT}${kind.replace(/\W/g, '')}${number}${UNIT}`;

// Base64 takes three bytes at a time: what of the unit stands in groups of its own, by how many bytes of others stand
// before it in its first group.
const encoded = (encoding: 'base64' | 'base64url') =>
  [0, 1, 2].map((before) => {
    const text = Buffer.from('x'.repeat(before) + UNIT).toString(encoding);
    return text.slice(before ? 4 : 0, 4 * Math.floor((before + UNIT.length) / 3));
  });
const hex = Buffer.from(UNIT).toString('hex');
const percent = (hex.match(/../g) ?? []).map((pair) => `%${pair}`).join('');
const units = (text: string) => [...text].map((char) => `\\u00${char.charCodeAt(0).toString(16)}`).join('');

const needles: Record<string, RegExp> = {
  raw: new RegExp(UNIT, 'i'),
  backwards: new RegExp([...UNIT].reverse().join('')),
  base64: new RegExp([...encoded('base64'), ...encoded('base64url')].join('|').replace(/[+/]/g, '\\$&')),
  hex: new RegExp(hex, 'i'),
  percent: new RegExp(percent, 'i'),
  'percent twice': new RegExp(percent.replaceAll('%', '%25'), 'i'),
  'character references': new RegExp([...UNIT].map((char) => `&#(${char.charCodeAt(0)}|x${char.charCodeAt(0).toString(16)});`).join(''), 'i'),
  escapes: new RegExp(units(UNIT).replaceAll('\\', '\\\\'), 'i'),
};

/** The encodings in which a canary stands in `text`, each with what is around it. */
export function sightings(text: string): string[] {
  return Object.entries(needles).flatMap(([encoding, needle]) => {
    const at = text.search(needle);
    return at < 0 ? [] : [`${encoding}: …${text.slice(Math.max(0, at - 60), at + 60).replace(/\s+/g, ' ')}…`];
  });
}

/** The secret in every encoding that a server might echo it in. */
export const disguises = (secret: string): Record<string, string> => ({
  raw: secret,
  percent: encodeURIComponent(secret),
  'percent, every byte': [...Buffer.from(secret)].map((byte) => `%${byte.toString(16)}`).join(''),
  'percent twice': encodeURIComponent(encodeURIComponent(secret)),
  base64: Buffer.from(secret).toString('base64'),
  'base64 of a pair': Buffer.from(`crowsnest:${secret}`).toString('base64'),
  'base64, one further': Buffer.from(`x${secret}`).toString('base64'),
  'base64, two further': Buffer.from(`xx${secret}`).toString('base64'),
  'base64 for addresses': Buffer.from(secret).toString('base64url'),
  hex: Buffer.from(secret).toString('hex'),
  'a beginning': secret.slice(0, 16),
  'an end': secret.slice(-16),
});
