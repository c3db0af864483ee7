// Where a symbolic link of a tree leads, with all other links of the same tree taken into account: `d/../x` is harmless by
// its letters and leaves the tree when `d` is itself a link (S06, S13).
import { isDotGit } from "./odd-names.ts";

/** Links of one tree: path to target text. */
export type TreeLinks = ReadonlyMap<string, string>;

const MAX_HOPS = 40;

/** Why the link at `path` is refused; undefined when it is relative, ends inside the tree and not in a `.git`. */
export function linkEscape(path: string, links: TreeLinks): string | undefined {
  const target = links.get(path) ?? "";
  // eslint-disable-next-line no-control-regex
  if (target === "" || target.length > 4096 || /[\u0000-\u001f\u007f\ufffd\\]/.test(target))
    return "has no plain target";
  if (target.startsWith("/")) return "is absolute";
  return follow(path.split("/").slice(0, -1), target.split("/"), links);
}

function follow(start: readonly string[], names: readonly string[], links: TreeLinks): string | undefined {
  const at = [...start];
  const left = [...names];
  let hops = 0;
  while (left.length > 0) {
    const name = left.shift() ?? "";
    if (name === "" || name === ".") continue;
    if (name === "..") {
      if (at.pop() === undefined) return "leads out of the tree";
      continue;
    }
    if (isDotGit(name)) return "leads into a git directory";
    const next = links.get([...at, name].join("/"));
    if (next === undefined) at.push(name);
    else if (next.startsWith("/")) return "leads through an absolute link";
    else if (++hops > MAX_HOPS) return "leads in a circle";
    else left.unshift(...next.split("/"));
  }
  return undefined;
}
