// What the shop sells. Prices are in cents.

export const products = [
  { sku: 'apples-1kg', name: 'Apples, 1 kg', category: 'Fruit', price: 349 },
  { sku: 'bananas-6', name: 'Bananas, six', category: 'Fruit', price: 199 },
  { sku: 'blueberries', name: 'Blueberries, 250 g', category: 'Fruit', price: 429 },
  { sku: 'carrots-1kg', name: 'Carrots, 1 kg', category: 'Vegetables', price: 159 },
  { sku: 'spinach', name: 'Spinach, 200 g', category: 'Vegetables', price: 229 },
  { sku: 'milk-1l', name: 'Milk, 1 l', category: 'Dairy', price: 129 },
  { sku: 'butter', name: 'Butter, 250 g', category: 'Dairy', price: 279 },
  { sku: 'rye-bread', name: 'Rye bread', category: 'Bakery', price: 389 },
];

/** The product with this number, or undefined. */
export const productOf = (sku) => products.find((product) => product.sku === sku);
