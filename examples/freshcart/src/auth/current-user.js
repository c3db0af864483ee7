// Who is asking: every route that needs an account goes through here.
import { ShopError } from '../shop-error.js';
import { sessionIdOf } from './session.js';

/** The user of a request. Throws 401 when nobody is logged in. */
export function currentUser(shop, request) {
  const user = shop.users.byId(shop.sessions.userOf(sessionIdOf(request)));
  if (user === undefined) throw new ShopError(401, 'please log in');
  return user;
}
