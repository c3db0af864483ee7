// Sessions on the server: a random id in a cookie, the user behind it in memory.
import { randomBytes } from 'node:crypto';

/** `now` gives milliseconds, `lifetime` is in milliseconds. */
export function createSessions({ now, lifetime }) {
  const sessions = new Map();
  return {
    open(userId) {
      const id = randomBytes(24).toString('base64url');
      sessions.set(id, { userId, expires: now() + lifetime });
      return id;
    },
    /** The user's id, or undefined for a session that is unknown or over. */
    userOf(id) {
      const session = sessions.get(id);
      if (session === undefined) return undefined;
      if (session.expires > now()) return session.userId;
      sessions.delete(id);
      return undefined;
    },
    close: (id) => sessions.delete(id),
  };
}

/** The session id in a request's cookies. */
export function sessionIdOf({ headers }) {
  return /(?:^|;\s*)sid=([\w-]+)/.exec(headers.cookie ?? '')?.[1];
}

/** The cookie that carries the session; without an id, the one that removes it. */
export function sessionCookie(id) {
  const value = id === undefined ? 'sid=; Max-Age=0' : `sid=${id}`;
  return `${value}; Path=/; HttpOnly; SameSite=Lax`;
}
