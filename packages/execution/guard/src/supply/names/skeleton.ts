// What is left of a name when everything that reads alike is made one: `cross_env` and `crossenv`, `jeIlyfish` and `jellyfish`.

/** Names with one skeleton look the same to a hurried reader. Linear. */
export function skeleton(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[-_.]/g, "")
    .replaceAll("rn", "m")
    .replaceAll("vv", "w")
    .replaceAll(/[1il|]/g, "l")
    .replaceAll("0", "o")
    .replaceAll("5", "s");
}
