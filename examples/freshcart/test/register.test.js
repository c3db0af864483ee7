import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApp } from '../src/app.js';

const ada = { email: 'ada@example.org', name: 'Ada', password: 'correct horse battery' };

test('an account is opened and shown without its password', async () => {
  const { handle, shop } = createApp();
  const { status, body } = await handle({ method: 'POST', url: '/users', body: ada });
  assert.equal(status, 201);
  assert.deepEqual(body, { id: body.id, email: 'ada@example.org', name: 'Ada' });
  assert.equal(shop.users.size, 1);
});

test('the password is kept as a salted hash', async () => {
  const { handle, shop } = createApp();
  await handle({ method: 'POST', url: '/users', body: ada });
  const { password } = shop.users.byEmail(ada.email);
  assert.match(password, /^[0-9a-f]{32}:[0-9a-f]{64}$/);
});

test('an address has one account, in whatever case it is written', async () => {
  const { handle } = createApp();
  await handle({ method: 'POST', url: '/users', body: ada });
  const { status } = await handle({ method: 'POST', url: '/users', body: { ...ada, email: 'ADA@example.org' } });
  assert.equal(status, 409);
});
