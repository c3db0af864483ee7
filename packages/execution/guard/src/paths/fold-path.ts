// Paths as text: joined, folded, compared. No disk is asked here.

/** An absolute path with `.`, `..` and repeated slashes folded; `base` is absolute. */
export function foldPath(path: string, base: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${base}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** True when `path` is `root` or lies below it; both absolute and folded. */
export const isWithin = (path: string, root: string): boolean =>
  root === "/" || path === root || (path.startsWith(root) && path.charCodeAt(root.length) === 47);

/** The folder of an absolute path; `/` for `/`. */
export const parentOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf("/")));

/** The last name of a path, without trailing slashes; empty for `/`. */
export function lastName(path: string): string {
  let end = path.length;
  while (end > 0 && path.charCodeAt(end - 1) === 47) end -= 1;
  return path.slice(path.lastIndexOf("/", end - 1) + 1, end);
}
