// Requests as nobody's browser would send them: every header is the caller's, nothing is followed.
import http from 'node:http';

export interface Asked {
  method?: string;
  headers?: http.OutgoingHttpHeaders;
  body?: string | Buffer;
  /** Milliseconds after which the request is given up. */
  patience?: number;
}

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
  /** Milliseconds from the request to the end of the answer. */
  took: number;
}

/** What a browser sends when a person follows a link, or types an address. */
export const navigation = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
/** What a page of the console sends. */
export const ours = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', 'x-crowsnest': '1' };
/** What a form of the console sends. */
export const form = { ...navigation, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' };

/** Asks `path` of the console at `url`; the path is sent as it stands. */
export function ask(url: string, path: string, { method = 'GET', headers = navigation, body, patience = 60_000 }: Asked = {}) {
  const { hostname, port } = new URL(url);
  const began = performance.now();
  return new Promise<Answer>((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const request = http.request({ hostname, port, path, method, headers: { ...length, ...headers }, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({
          status: answer.statusCode!,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString(),
          took: performance.now() - began,
        }),
      );
    });
    request.on('error', reject);
    const timer = setTimeout(() => request.destroy(new Error(`no answer in ${patience} ms: ${method} ${path.slice(0, 100)}`)), patience);
    request.on('close', () => clearTimeout(timer));
    request.end(body);
  });
}

/** What is wrong with each of `items`, at most `width` of them at once; ends early when that is plain. */
export async function faults<T>(items: readonly T[], width: number, fault: (item: T) => Promise<string | false>): Promise<string[]> {
  const found: string[] = [];
  await each(items, width, async (item) => {
    const wrong = found.length < 40 && (await fault(item));
    if (wrong) found.push(wrong);
  });
  return found;
}

/** Runs `job` for each of `items`, at most `width` at once. */
export async function each<T, R>(items: readonly T[], width: number, job: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await job(items[index]!, index);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}
