// GET /products: what the search field and the category menu find.

/** Products whose name holds `text` and whose category is `category`, by name. */
export function searchProducts(products, { text, category }) {
  const wanted = category.trim().toLowerCase();
  const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return products
    .filter((product) => product.category.toLowerCase() === wanted)
    .filter((product) => words.every((word) => product.name.toLowerCase().includes(word)))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
