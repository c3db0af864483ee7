import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addItem, removeItem } from '../src/cart/cart.js';
import { deliveryFor, showCart } from '../src/cart/totals.js';

test('a cart adds up, delivery included', () => {
  const cart = new Map();
  addItem(cart, { sku: 'milk-1l', quantity: 2 });
  addItem(cart, { sku: 'rye-bread' });
  const { subtotal, delivery, total, items } = showCart(cart);
  assert.deepEqual({ subtotal, delivery, total }, { subtotal: 647, delivery: 490, total: 1137 });
  assert.deepEqual(items.map(({ sku, quantity }) => [sku, quantity]), [['milk-1l', 2], ['rye-bread', 1]]);
});

test('delivery is free from 50.00 on', () => {
  assert.equal(deliveryFor(4999), 490);
  assert.equal(deliveryFor(5000), 0);
});

test('nothing is delivered from an empty cart', () => {
  assert.deepEqual(showCart(new Map()), { items: [], subtotal: 0, delivery: 0, total: 0 });
});

test('a quantity is a whole number between 1 and 50', () => {
  const cart = new Map([['butter', 49]]);
  for (const quantity of [0, -1, 1.5, '2', 2]) assert.throws(() => addItem(cart, { sku: 'butter', quantity }), { status: 400 });
  assert.equal(addItem(cart, { sku: 'butter', quantity: 1 }).get('butter'), 50);
});

test('only what the shop sells can be added, only what is in the cart removed', () => {
  assert.throws(() => addItem(new Map(), { sku: 'unicorn' }), { status: 404 });
  assert.throws(() => removeItem(new Map(), 'butter'), { status: 404 });
});
