// POST /users: opens an account.
import { randomUUID } from 'node:crypto';
import { ShopError } from '../shop-error.js';
import { hashPassword } from './password.js';

/** Takes `{ email, name, password }`, answers with the account without its password. */
export function registerUser(shop, body) {
  const { email, name, password } = body ?? {};
  if (shop.users.byEmail(email)) throw new ShopError(409, 'this e-mail address has an account already');
  const user = shop.users.add({ id: randomUUID(), email, name, password: hashPassword(password) });
  return { status: 201, body: { id: user.id, email: user.email, name: user.name } };
}
