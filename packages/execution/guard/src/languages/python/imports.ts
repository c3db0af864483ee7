// Imports of Python: which names they bind to which modules.
import { shown } from "../finding.ts";
import { isGroup, isName, isOp } from "../lex/tree.ts";
import { bind } from "../walk/bindings.ts";
import type { Run, Walk, Word } from "../walk/dialect.ts";
import { ref } from "../walk/value.ts";
import { pythonModules } from "./names.ts";

/** `import a.b as c, d`. */
export const importing: Word = (walk, run) => {
  while (importOne(walk, run) && isOp(run.nodes[run.at], ",")) run.at += 1;
  return undefined;
};

function importOne(walk: Walk, run: Run): boolean {
  const [path, next] = dottedName(run);
  if (path === "") return false;
  const alias = isName(run.nodes[next], "as") ? run.nodes[next + 1] : undefined;
  run.at = alias === undefined ? next : next + 2;
  const root = path.split(".")[0] ?? path;
  noteModule(walk, path);
  bind(walk, alias?.kind === "name" ? alias.text : root, ref(alias === undefined ? root : path));
  return true;
}

function dottedName(run: Run): readonly [string, number] {
  let path = "";
  let at = run.at;
  for (let node = run.nodes[at]; node?.kind === "op" || node?.kind === "name"; node = run.nodes[++at]) {
    if (node.kind === "op" ? !/^\.+$/.test(node.text) : node.text === "as" || node.text === "import") break;
    path += node.text;
  }
  return [path, at];
}

function noteModule(walk: Walk, path: string): void {
  const root = path.split(".")[0] ?? "";
  if (root === "" || !pythonModules().has(root)) walk.report({ kind: "load", path: null, what: shown(path) });
}

/** `from a import b as c`; after `yield` and `raise` nothing is imported. */
export const importingFrom: Word = (walk, run) => {
  const [path, next] = dottedName(run);
  // `yield from x`, `raise e from x`: no import follows.
  if (!isName(run.nodes[next], "import")) return undefined;
  run.at = next + 1;
  noteModule(walk, path);
  const group = run.nodes[run.at];
  if (isGroup(group, "(")) {
    run.at += 1;
    importNames(walk, { nodes: group.items, at: 0 }, path);
  } else importNames(walk, run, path);
  return undefined;
};

function importNames(walk: Walk, run: Run, path: string): void {
  for (let node = run.nodes[run.at]; node !== undefined; node = run.nodes[run.at]) {
    if (isOp(node, "*")) walk.notes.add(`all of ${path}`);
    else if (node.kind === "name") importName(walk, run, path, node.text);
    else if (!isOp(node, ",")) return;
    run.at += 1;
  }
}

function importName(walk: Walk, run: Run, path: string, name: string): void {
  const alias = isName(run.nodes[run.at + 1], "as") ? run.nodes[run.at + 2] : undefined;
  if (alias !== undefined) run.at += 2;
  bind(walk, alias?.kind === "name" ? alias.text : name, walk.dialect.member(walk, ref(path), name));
}
