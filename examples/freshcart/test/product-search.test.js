import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApp } from '../src/app.js';
import { products } from '../src/catalogue/products.js';
import { searchProducts } from '../src/search/product-search.js';

const skus = (found) => found.map(({ sku }) => sku);

test('a category lists its products by name', () => {
  assert.deepEqual(skus(searchProducts(products, { text: '', category: 'Fruit' })), ['apples-1kg', 'bananas-6', 'blueberries']);
});

test('a category is found in any case', () => {
  assert.deepEqual(skus(searchProducts(products, { text: '', category: ' dairy ' })), ['butter', 'milk-1l']);
});

test('every word of the text must be in the name', () => {
  assert.deepEqual(skus(searchProducts(products, { text: '1 kg apples', category: 'Fruit' })), ['apples-1kg']);
  assert.deepEqual(searchProducts(products, { text: 'apple pie', category: 'Fruit' }), []);
});

test('the search answers over the API', async () => {
  const { status, body } = await createApp().handle({ method: 'GET', url: '/products?category=Bakery&q=rye' });
  assert.equal(status, 200);
  assert.deepEqual(skus(body.products), ['rye-bread']);
});
