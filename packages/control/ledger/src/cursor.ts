// Reading several ordered sequences side by side: look at the next item, take it only if it is due.

/** An iterable that is taken item by item. */
export type Cursor<T> = {
  readonly next: () => T | undefined;
  readonly nextIf: (due: (item: T) => boolean) => T | undefined;
};

/** A cursor at the start of `items`. */
export function cursor<T>(items: Iterable<T>): Cursor<T> {
  const iterator = items[Symbol.iterator]();
  let ahead: { readonly item: T } | undefined;
  const peek = (): { readonly item: T } | undefined => {
    if (ahead) return ahead;
    const step = iterator.next();
    if (!step.done) ahead = { item: step.value };
    return ahead;
  };
  const nextIf = (due: (item: T) => boolean): T | undefined => {
    const found = peek();
    if (!found || !due(found.item)) return undefined;
    ahead = undefined;
    return found.item;
  };
  return { next: () => nextIf(() => true), nextIf };
}
