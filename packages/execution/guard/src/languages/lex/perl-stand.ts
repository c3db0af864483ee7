// What may follow in Perl: an operand, an operator, or one of them and nobody but perl can tell.
import { isGroup, type Group, last, type Node, type Tree } from "./tree.ts";

/** `begins`: an operand; `ended`: an operator. */
export type Stand = "begins" | "ended" | "unclear";

const takesOperand = new Set(
  `print printf say push unshift return and or not xor if unless while until elsif foreach for x lt gt le ge eq ne cmp isa split grep
  map join sort reverse die warn system exec unlink chomp chop defined ref scalar lc uc lcfirst ucfirst length keys values each
  delete exists open close eof sprintf pack unpack substr index rindex abs int sqrt hex oct ord chr quotemeta my our local state
  eval do else return open binmode wantarray_ any all none first sum max min uniq when given unlink mkdir rmdir chmod chown rename
  require use no splice sleep bless tie select sin cos exp log atan2 lstat stat readline opendir readdir`.split(/\s+/),
);
const complete = new Set(
  "__FILE__ __LINE__ __PACKAGE__ STDIN STDOUT STDERR ARGV time wantarray times wait getppid fork".split(" "),
);

/** Judges by the token before the cursor. */
export function perlStand(tree: Tree): Stand {
  const before = last(tree);
  if (before === undefined || before.kind === "end") return "begins";
  if (before.kind === "op") return isPostfix(before, last(tree, 2)) ? "ended" : "begins";
  if (before.kind === "group") return before.text === "{" ? afterBraces(tree, before) : "ended";
  if (before.kind !== "name") return "ended";
  if (/^[$@%&*]/.test(before.text)) return "ended";
  return afterWord(tree, before.text);
}

const heads = new Set("if elsif unless while until for foreach".split(" "));
const named = new Set("sub package".split(" "));

/** True after the block of a statement: `sub name {…}`, `if (…) {…}`, `else {…}`. */
export function endsBlock(tree: Tree): boolean {
  if (!isGroup(last(tree), "{")) return false;
  const [head, before, third] = [last(tree, 2), last(tree, 3), last(tree, 4)];
  if (head?.kind === "name")
    return isOneOf(before, named) || /^(?:else|continue|BEGIN|END|INIT|CHECK|UNITCHECK)$/.test(head.text);
  if (!isGroup(head, "(")) return false;
  return isOneOf(before, heads) || isOneOf(third, named) || isOneOf(third, heads) || isOneOf(last(tree, 5), heads);
}

const isOneOf = (node: Node | undefined, words: ReadonlySet<string>): boolean =>
  node?.kind === "name" && words.has(node.text);

const isPostfix = (op: Node, operand: Node | undefined): boolean =>
  op.kind === "op" &&
  (op.text === "++" || op.text === "--") &&
  operand !== undefined &&
  (operand.kind === "name" || operand.kind === "group");

function afterWord(tree: Tree, word: string): Stand {
  const owner = last(tree, 2);
  if (owner?.kind === "op" && owner.text === "->") return "ended";
  if (complete.has(word)) return "ended";
  return takesOperand.has(word) ? "begins" : "unclear";
}

// An element or a dereference is a value; after a block there is a statement or a list.
function afterBraces(tree: Tree, braces: Group): Stand {
  const before = last(tree, 2);
  if (before?.kind === "op") return /^(?:->|\$|@|%|&|\\)$/.test(before.text) ? "ended" : "unclear";
  if (braces.spaced) return before === undefined ? "begins" : "unclear";
  if (before?.kind === "name" && /^[$@%]/.test(before.text)) return "ended";
  return isGroup(before, "{") || isGroup(before, "[") ? "ended" : "unclear";
}
