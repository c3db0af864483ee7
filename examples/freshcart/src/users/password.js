// Passwords are kept as salted scrypt hashes and compared in constant time.
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

/** `salt:hash`, both in hex. */
export function hashPassword(password) {
  const salt = randomBytes(16);
  return `${salt.toString('hex')}:${scryptSync(String(password), salt, 32).toString('hex')}`;
}

/** Whether the password is the one that was hashed. */
export function isPassword(password, stored) {
  const [salt, hash] = stored.split(':').map((part) => Buffer.from(part, 'hex'));
  return timingSafeEqual(scryptSync(String(password), salt, 32), hash);
}
