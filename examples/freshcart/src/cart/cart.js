// Putting things into a cart and taking them out again.
import { productOf } from '../catalogue/products.js';
import { ShopError } from '../shop-error.js';

const MAX_QUANTITY = 50;

/** Adds `{ sku, quantity }`; the quantity is 1 unless given. Returns the cart. */
export function addItem(cart, body) {
  const { sku, quantity = 1 } = body ?? {};
  if (productOf(sku) === undefined) throw new ShopError(404, 'there is no such product');
  if (!Number.isInteger(quantity) || quantity < 1) throw new ShopError(400, 'the quantity must be a whole number above zero');
  const total = (cart.get(sku) ?? 0) + quantity;
  if (total > MAX_QUANTITY) throw new ShopError(400, `at most ${MAX_QUANTITY} of one product`);
  return cart.set(sku, total);
}

/** Takes a product out, whatever its quantity. Returns the cart. */
export function removeItem(cart, sku) {
  if (!cart.delete(sku)) throw new ShopError(404, 'this product is not in the cart');
  return cart;
}
