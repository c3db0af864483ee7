// One cart per user.

/** A cart is a map from product number to quantity. */
export function createCarts() {
  const carts = new Map();
  return {
    of(userId) {
      if (!carts.has(userId)) carts.set(userId, new Map());
      return carts.get(userId);
    },
    empty: (userId) => carts.delete(userId),
  };
}
