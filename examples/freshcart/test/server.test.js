import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../src/config.js';
import { startServer } from '../src/server.js';

test('the shop answers over HTTP, and refuses what is not JSON', async (t) => {
  const server = await startServer({ ...readConfig({}), port: 0 });
  t.after(() => server.close());
  const origin = `http://127.0.0.1:${server.address().port}`;

  const health = await fetch(`${origin}/health`, { headers: { connection: 'close' } });
  assert.deepEqual([health.status, await health.json()], [200, { status: 'ok' }]);

  const broken = await fetch(`${origin}/users`, { method: 'POST', body: '{', headers: { connection: 'close' } });
  assert.deepEqual([broken.status, await broken.json()], [400, { error: 'the request is not JSON' }]);

  const missing = await fetch(`${origin}/nothing`, { headers: { connection: 'close' } });
  assert.equal(missing.status, 404);
});
