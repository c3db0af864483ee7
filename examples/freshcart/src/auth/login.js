// POST and DELETE /sessions: logging in and out.
import { ShopError } from '../shop-error.js';
import { isPassword } from '../users/password.js';
import { sessionCookie, sessionIdOf } from './session.js';

/** Takes `{ email, password }`. An unknown address and a wrong password give the same answer. */
export function logIn(shop, body) {
  const { email, password } = body ?? {};
  const user = shop.users.byEmail(email);
  if (user === undefined || !isPassword(password, user.password)) throw new ShopError(401, 'the e-mail address or the password is wrong');
  const id = shop.sessions.open(user.id);
  return { status: 201, headers: { 'set-cookie': sessionCookie(id) }, body: { user: { id: user.id, name: user.name } } };
}

/** Ends the session of the request, if it has one. */
export function logOut(shop, request) {
  shop.sessions.close(sessionIdOf(request));
  return { status: 204, headers: { 'set-cookie': sessionCookie() } };
}
