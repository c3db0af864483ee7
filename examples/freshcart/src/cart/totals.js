// What a cart costs, delivery included. All amounts are in cents.
import { productOf } from '../catalogue/products.js';

const DELIVERY = 490;
const FREE_DELIVERY_FROM = 5000;

/** The cart as the shop shows it. */
export function showCart(cart) {
  const items = [...cart].map(([sku, quantity]) => {
    const { name, price } = productOf(sku);
    return { sku, name, quantity, price, total: price * quantity };
  });
  const subtotal = items.reduce((sum, item) => sum + item.total, 0);
  const delivery = deliveryFor(subtotal);
  return { items, subtotal, delivery, total: subtotal + delivery };
}

/** Delivery is free from 50.00 on, and nothing is delivered from an empty cart. */
export function deliveryFor(subtotal) {
  return subtotal === 0 || subtotal >= FREE_DELIVERY_FROM ? 0 : DELIVERY;
}
