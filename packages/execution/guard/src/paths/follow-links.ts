// Following links the way the kernel does, over facts: component by component, also where the last target does not exist.
import type { FileFact, FileFacts } from "../file-facts.ts";
import { foldPath, parentOf } from "./fold-path.ts";

/** Links that are followed before a path counts as a loop. */
const MAX_LINKS = 40;

/** What following found. */
export interface Followed {
  /** Absolute; every link of the folders followed, the last one too if `last` was asked. Null for a loop. */
  readonly path: string | null;
  readonly fact: FileFact | undefined;
  /** Every path that was a link on the way, in order, and the last names it went by. */
  readonly links: readonly string[];
}

/**
 * Resolves an absolute path. `last: "follow"` also follows a link in the last component; `"keep"` does not.
 * `/proc/self/root` and `/proc/self/cwd` are resolved by rule, since they mean another process to the host.
 */
export function followLinks(
  path: string,
  facts: FileFacts,
  { last, cwd }: { readonly last: "follow" | "keep"; readonly cwd: string },
): Followed {
  const links: string[] = [];
  let todo = split(procByRule(path, cwd));
  let at = "/";
  let fact: FileFact | undefined;
  let gone = false;
  while (todo.length > 0) {
    const name = todo.shift() ?? "";
    if (name === "." || name === "") continue;
    if (name === "..") {
      at = parentOf(at);
      continue;
    }
    const next = at === "/" ? `/${name}` : `${at}/${name}`;
    fact = gone ? undefined : facts.lstat(next);
    if (fact?.kind !== "link" || (todo.length === 0 && last === "keep")) {
      at = next;
      gone ||= fact === undefined;
      continue;
    }
    links.push(next);
    if (links.length > MAX_LINKS) return { path: null, fact: undefined, links };
    const target = procByRule(foldUnlessDots(fact.target ?? "", at), cwd);
    todo = [...split(target), ...todo];
    at = "/";
  }
  return { path: at, fact: at === "/" ? { kind: "dir", dev: 0, ino: 0, size: 0, mode: 0o755 } : fact, links };
}

// `..` behind a link is the link target's parent: only what is known to be text is folded here.
const foldUnlessDots = (target: string, base: string): string =>
  target.startsWith("/") ? target : `${base === "/" ? "" : base}/${target}`;

const split = (path: string): string[] => path.split("/");

const procDirs = /^\/proc\/(?:self|thread-self|\d+)(?:\/task\/\d+)?\/(root|cwd)(?=\/|$)/;

/** `/proc/PID/root/x` is `/x`, `/proc/PID/cwd/x` lies below the shell's folder. */
export function procByRule(path: string, cwd: string): string {
  if (!path.startsWith("/proc/")) return path;
  const match = procDirs.exec(path);
  if (match === null) return path;
  const rest = path.slice(match[0].length);
  return procByRule(match[1] === "root" ? rest || "/" : foldPath(`.${rest}`, cwd), cwd);
}
