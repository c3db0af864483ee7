// The shop without a network: a request goes in, an answer comes out. Tests call `handle` directly.
import { createSessions } from './auth/session.js';
import { currentUser } from './auth/current-user.js';
import { logIn, logOut } from './auth/login.js';
import { addItem, removeItem } from './cart/cart.js';
import { createCarts } from './cart/store.js';
import { showCart } from './cart/totals.js';
import { products } from './catalogue/products.js';
import { readConfig } from './config.js';
import { ShopError } from './shop-error.js';
import { searchProducts } from './search/product-search.js';
import { registerUser } from './users/register.js';
import { createUsers } from './users/store.js';

/** Everything the shop knows; it lives in memory and starts empty. */
export function createApp(config = readConfig({}), now = Date.now) {
  const shop = {
    config,
    now,
    users: createUsers(),
    sessions: createSessions({ now, lifetime: config.sessionLifetime }),
    carts: createCarts(),
  };
  return { shop, handle: (request) => handle(shop, request) };
}

/** Routes in the order in which they are tried. `:name` stands for one segment. */
const routes = [
  ['GET', '/health', () => ({ status: 200, body: { status: 'ok' } })],
  ['GET', '/products', (_, { query }) => ({ status: 200, body: { products: searchProducts(products, { text: query.get('q'), category: query.get('category') }) } })],
  ['POST', '/users', (shop, { body }) => registerUser(shop, body)],
  ['POST', '/sessions', (shop, { body }) => logIn(shop, body)],
  ['DELETE', '/sessions', (shop, request) => logOut(shop, request)],
  ['GET', '/cart', (shop, request) => ({ status: 200, body: showCart(cartOf(shop, request)) })],
  ['POST', '/cart/items', (shop, request) => ({ status: 200, body: showCart(addItem(cartOf(shop, request), request.body)) })],
  ['DELETE', '/cart/items/:sku', (shop, request) => ({ status: 200, body: showCart(removeItem(cartOf(shop, request), request.params.sku)) })],
];

const cartOf = (shop, request) => shop.carts.of(currentUser(shop, request).id);

async function handle(shop, { method, url, headers = {}, body }) {
  const { pathname, searchParams } = new URL(url, 'http://shop');
  for (const [wanted, pattern, answer] of routes) {
    const params = wanted === method ? match(pattern, pathname) : undefined;
    if (params === undefined) continue;
    try {
      return await answer(shop, { headers, body, params, query: searchParams });
    } catch (error) {
      return failure(error);
    }
  }
  return { status: 404, body: { error: 'there is nothing here' } };
}

function match(pattern, pathname) {
  const [wanted, given] = [pattern.split('/'), pathname.split('/')];
  if (wanted.length !== given.length) return undefined;
  const params = {};
  for (const [index, part] of wanted.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = given[index];
    else if (part !== given[index]) return undefined;
  }
  return params;
}

function failure(error) {
  if (error instanceof ShopError) return { status: error.status, body: { error: error.message, ...error.details } };
  return { status: 500, body: { error: 'something went wrong' } };
}
