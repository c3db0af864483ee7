// Users in memory, found by id or by e-mail address.

/** Addresses are compared without regard to case. */
export function createUsers() {
  const byId = new Map();
  const idByEmail = new Map();
  return {
    get size() {
      return byId.size;
    },
    add(user) {
      byId.set(user.id, user);
      idByEmail.set(keyOf(user.email), user.id);
      return user;
    },
    byId: (id) => byId.get(id),
    byEmail: (email) => byId.get(idByEmail.get(keyOf(email))),
  };
}

const keyOf = (email) => String(email).trim().toLowerCase();
