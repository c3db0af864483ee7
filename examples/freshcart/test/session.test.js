import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApp } from '../src/app.js';
import { createSessions, sessionIdOf } from '../src/auth/session.js';

const ada = { email: 'ada@example.org', name: 'Ada', password: 'correct horse battery' };

async function loggedIn() {
  const app = createApp();
  await app.handle({ method: 'POST', url: '/users', body: ada });
  const { headers } = await app.handle({ method: 'POST', url: '/sessions', body: ada });
  return { ...app, cookie: headers['set-cookie'].split(';')[0] };
}

test('a login opens a session that a request can use', async () => {
  const { handle, cookie } = await loggedIn();
  const { status } = await handle({ method: 'GET', url: '/cart', headers: { cookie } });
  assert.equal(status, 200);
});

test('a wrong password and an unknown address give the same answer', async () => {
  const { handle } = await loggedIn();
  const wrong = await handle({ method: 'POST', url: '/sessions', body: { ...ada, password: 'guessed' } });
  const unknown = await handle({ method: 'POST', url: '/sessions', body: { ...ada, email: 'eve@example.org' } });
  assert.equal(wrong.status, 401);
  assert.deepEqual(unknown, wrong);
});

test('a logout ends the session', async () => {
  const { handle, cookie } = await loggedIn();
  await handle({ method: 'DELETE', url: '/sessions', headers: { cookie } });
  const { status } = await handle({ method: 'GET', url: '/cart', headers: { cookie } });
  assert.equal(status, 401);
});

test('a session is over after its lifetime', () => {
  let time = 0;
  const sessions = createSessions({ now: () => time, lifetime: 1000 });
  const id = sessions.open('user-1');
  assert.equal(sessions.userOf(id), 'user-1');
  time = 1000;
  assert.equal(sessions.userOf(id), undefined);
});

test('the session id is found among other cookies', () => {
  assert.equal(sessionIdOf({ headers: { cookie: 'theme=dark; sid=abc-123; lang=en' } }), 'abc-123');
  assert.equal(sessionIdOf({ headers: {} }), undefined);
});
