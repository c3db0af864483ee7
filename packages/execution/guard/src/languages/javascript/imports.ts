// Imports of JavaScript: which names they bind to which modules.
import { plainText } from "../lex/text.ts";
import { isGroup, isName, isOp, type Node } from "../lex/tree.ts";
import { bind } from "../walk/bindings.ts";
import type { Run, Walk, Word } from "../walk/dialect.ts";
import { bindPattern } from "../walk/expression.ts";
import { ref, type Value } from "../walk/value.ts";
import { moduleNamed } from "./acts.ts";

/** `import …`, `import(…)`, `import.meta`. */
export const importing: Word = (walk, run) => {
  const next = run.nodes[run.at];
  if (isOp(next, ".")) return metaOf(run);
  if (isGroup(next, "(")) return ref("import");
  const from = run.at;
  while (isClause(run.nodes[run.at])) run.at += 1;
  const specifier = run.nodes[run.at];
  const clause = run.nodes.slice(from, run.at);
  // INVARIANT: what is no import is judged as what it is.
  if (specifier?.kind !== "text") return void (run.at = from);
  run.at += 1;
  bindImports(walk, clause, moduleNamed(walk, plainText(specifier.pieces), "import"));
  return undefined;
};

const isClause = (node: Node | undefined): boolean =>
  (node?.kind === "name" && !(node.fresh && node.text === "import")) ||
  isGroup(node, "{") ||
  isOp(node, "*") ||
  isOp(node, ",");

function metaOf(run: Run): Value {
  run.at += 2;
  return ref("import.meta");
}

// `d, {a as b} from`, `* as all from`, `d from`.
function bindImports(walk: Walk, clause: readonly Node[], module: Value): void {
  clause.forEach((node, at) => {
    if (isGroup(node, "{")) bindPattern(walk, node, module);
    else if (node.kind === "name" && !["as", "from", "type", "defer"].includes(node.text))
      bind(walk, node.text, module);
    else if (isName(node, "from") && (at === 0 || isOp(clause[at - 1], ","))) bind(walk, "from", module);
  });
}
