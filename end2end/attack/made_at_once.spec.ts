// Connections that several people add at once: each is there as soon as its form was answered, with what its test found.
import { each } from './support/ask.ts';
import { good } from './support/mock.ts';
import { Made } from './support/made.ts';
import { none, report } from './support/report.ts';
import { test } from './support/test.ts';

test('connections that are added and removed at once are there at once, and tested', async ({ serve, start }) => {
  const [{ url }, console] = [await serve({ good }), await start('made-at-once')];
  const made = new Made(console);
  const found = await each(Array.from({ length: 200 }), 6, async () => {
    const name = made.name();
    const fields = { operation: 'create', name, url: `${url}/good`, 'auth.type': 'none', role: 'viewer' };
    const answer = await made.post('/connections/new?kind=generic', fields);
    const told = await made.tested(name, answer.status);
    const { status } = await made.page(`/c/${name}`);
    await made.post(`/connections/edit?name=${name}`, { operation: 'delete', version: '' });
    if (answer.status !== 303) return `${name}: its form has status ${answer.status}`;
    if (status !== 200) return `${name}: its page has status ${status}`;
    return told.stages.length ? undefined : `${name}: nothing of its test`;
  });
  const wrong = found.filter((one) => one !== undefined);
  report('added at once', `${found.length}, ${wrong.length} not there, or without a test`);
  none(wrong);
});
