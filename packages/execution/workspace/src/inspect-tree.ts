// What a tree may not hold before anything of it is written to a disk or run beside it.
import { printable } from "@ces/kernel";
import type { TreeFile } from "@ces/ports";
import type { Reason } from "@ces/records";
import { linkEscape, type TreeLinks } from "./link-target.ts";
import { isDotGit } from "./odd-names.ts";

/** Gitlinks, `.git` at any depth and folders that look like a bare repository (S03): each a NESTED_REPOSITORY. */
export function nestedRepositories(files: readonly TreeFile[]): readonly Reason[] {
  const reasons = files.flatMap((file) => {
    if (file.mode === "160000") return [nested(file.path, "is a submodule")];
    return file.path.split("/").some(isDotGit) ? [nested(file.path, "lies in a git directory")] : [];
  });
  return [
    ...reasons,
    ...bareFolders(files.map((file) => file.path)).map((path) => nested(path, "looks like a bare repository")),
  ];
}

/** Links that are absolute, leave the tree or lead into a `.git`: each a LINK_ESCAPES. `only` limits the answer to these paths. */
export function escapingLinks(links: TreeLinks, only?: ReadonlySet<string>): readonly Reason[] {
  const paths = [...links.keys()].filter((path) => only?.has(path) ?? true);
  return paths.flatMap((path) => {
    const why = linkEscape(path, links);
    return why === undefined ? [] : [{ code: "LINK_ESCAPES", text: `the link \`${printable(path)}\` ${why}` }];
  });
}

/** True for the names of a folder that git would take for a repository. */
export function looksBare(names: ReadonlySet<string>): boolean {
  return names.has("HEAD") && ((names.has("objects") && names.has("refs")) || names.has("commondir"));
}

/** A NESTED_REPOSITORY reason. */
export function nested(path: string, why: string): Reason {
  return { code: "NESTED_REPOSITORY", text: `\`${printable(path === "" ? "." : path)}\` ${why}` };
}

function bareFolders(paths: readonly string[]): readonly string[] {
  const heads = paths.filter((path) => path === "HEAD" || path.endsWith("/HEAD"));
  const children = new Map<string, Set<string>>(heads.map((path) => [path.slice(0, -"HEAD".length), new Set()]));
  for (const path of children.size === 0 ? [] : paths) {
    for (let end = 0; end >= 0; end = path.indexOf("/", end) + 1 || -1) {
      children.get(path.slice(0, end))?.add(path.slice(end).split("/")[0] ?? "");
    }
  }
  return [...children].filter(([, names]) => looksBare(names)).map(([folder]) => folder.slice(0, -1));
}
