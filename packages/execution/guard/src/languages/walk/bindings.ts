// Names that the program itself binds, and values that leave for where they are no longer followed.
import { shown } from "../finding.ts";
import { HOLE } from "../../arg.ts";
import { type Node, isOp } from "../lex/tree.ts";
import type { Run, Walk } from "./dialect.ts";
import { find, isMemberOfValue } from "./names.ts";
import { data, either, isFull, type Value } from "./value.ts";

/** Binds a name in the first pass. A name with too many meanings hands the further ones on. */
export function bind(walk: Walk, name: string, value: Value): void {
  const now = walk.bound.get(name);
  if (isFull(now) || (walk.pass === "report" && isReachedOtherwise(walk, name))) escape(walk, value);
  if (walk.pass === "bind") walk.bound.set(name, either(now, value));
}

const identifier = /^[$@%&]*[\p{ID_Start}_$.][\p{ID_Continue}$.:']*[?!]?$/u;

// SECURITY: in the body of a class a name is a method, and operators and protocols call names that nobody writes. What a
// name of that kind is given counts as handed on.
function isReachedOtherwise(walk: Walk, name: string): boolean {
  const { methods, calls_unseen: unseen } = walk.dialect;
  if (!identifier.test(name) || unseen?.test(name) === true) return true;
  return methods.get(name)?.mild === true || walk.methods.has(name);
}

/** Binds every one of these nodes that is a name. */
export function bindNames(walk: Walk, nodes: readonly Node[]): void {
  for (const node of nodes) {
    walk.steps += 1;
    if (node.kind === "name" && !walk.dialect.words.has(node.text)) bind(walk, node.text, data);
  }
}

/** Binds the targets in a row: parameters, the variables of a loop, a pattern. What stands as a default, a key or an owner is none. */
export function bindTargets(walk: Walk, nodes: readonly Node[]): void {
  nodes.forEach((node, at) => {
    walk.steps += 1;
    if (!begins(walk, nodes[at - 1]) || !ends(walk, nodes[at + 1])) return;
    if (node.kind === "name" && !walk.dialect.words.has(node.text)) bind(walk, node.text, data);
    else if (node.kind === "group") bindTargets(walk, node.items);
  });
}

const mostTargets = 16;

/** Binds `a, b = …` when the run stands at its first name: all names before the sign are targets. */
export function bindSeveral(walk: Walk, run: Run): void {
  const names: Node[] = [];
  for (let at = run.at; at < run.at + 2 * mostTargets; at += 1) {
    const node = run.nodes[at];
    if (isOp(node, "=") && names.length > 1) return bindNames(walk, names);
    if (node?.kind === "name") names.push(node);
    else if (!isOp(node, ",") && !isOp(node, "*")) return;
  }
}

const isWord = (walk: Walk, node: Node): boolean => node.kind === "name" && walk.dialect.words.has(node.text);
const begins = (walk: Walk, node: Node | undefined): boolean =>
  node === undefined ||
  node.kind === "end" ||
  isWord(walk, node) ||
  (node.kind === "op" && /^(?:,|\*\*?|&|\.\.\.|:|=>)$/.test(node.text));
const ends = (walk: Walk, node: Node | undefined): boolean =>
  node === undefined ||
  node.kind === "end" ||
  isWord(walk, node) ||
  isJoiningWord(walk, node) ||
  isOp(node, ",") ||
  isOp(node, "=");
const isJoiningWord = (walk: Walk, node: Node): boolean => node.kind === "name" && walk.dialect.joins.has(node.text);

/** The nodes from here to a separator on this level, which is passed over; all that is left when there is none. */
export function takeTo(walk: Walk, run: Run, isEnd: (node: Node) => boolean): readonly Node[] {
  const from = run.at;
  while (run.at < run.nodes.length && !isEnd(run.nodes[run.at] as Node)) run.at += 1;
  walk.steps += run.at - from;
  run.at += 1;
  return run.nodes.slice(from, run.at - 1);
}

/** What a name stands for. SECURITY: a dangerous name of the language keeps its meaning beside what the program binds it to. */
export function resolve(walk: Walk, name: string): Value {
  const bound = walk.bound.get(name);
  const outside = walk.dialect.root(walk, name);
  if (bound === undefined) return outside;
  const act = outside.kind === "ref" ? find(walk.dialect.names, outside.path) : undefined;
  const keeps = walk.dialect.keeps?.has(name) === true;
  return keeps || (act !== undefined && act.mild !== true) ? either(bound, outside) : bound;
}

/** The value goes where it is no longer followed: whatever outside name is in it may be called with anything. */
export function escape(walk: Walk, value: Value): void {
  walk.steps += 1;
  switch (value.kind) {
    case "ref":
      return mention(walk, value.path);
    case "member":
      return mentionMember(walk, value.on, value.name);
    case "list":
    case "record":
    case "any":
      return escapeContent(walk, value);
    default:
  }
}

function escapeContent(walk: Walk, value: Value & { kind: "list" | "record" | "any" }): void {
  if (walk.judged.has(value)) return;
  walk.judged.add(value);
  const content = value.kind === "list" ? value.items : value.kind === "any" ? value.of : value.entries.values();
  for (const one of content) escape(walk, one);
}

function mention(walk: Walk, path: string): void {
  const act = find(walk.dialect.names, path);
  if (act === undefined && isMemberOfValue(walk.dialect.names, path))
    mentionMember(walk, data, path.slice(path.lastIndexOf(".") + 1));
  else if (act === undefined) walk.dialect.unlisted(walk, path, "mentioned");
  else act.run({ walk, what: path, args: [], on: data, called: false });
}

function mentionMember(walk: Walk, on: Value, name: string): void {
  if (name === HOLE) return;
  const act = (on.kind === "thing" && find(walk.dialect.methods, `${on.of}#${name}`)) || walk.dialect.methods.get(name);
  if (act !== undefined && act.mild !== true) act.run({ walk, what: `.${name}`, args: [], on, called: false });
}

/** The name that an annotation stands beside: `x` of `x: int = 1`, read at `int`. */
export function annotated(walk: Walk, run: Run, at: number): string | null {
  const owner = run.nodes[at - 2];
  if (owner?.kind !== "name" || !isOp(run.nodes[at - 1], ":") || walk.dialect.words.has(owner.text)) return null;
  const before = run.nodes[at - 3];
  const starts =
    before === undefined ||
    before.kind === "end" ||
    isOp(before, ",") ||
    (before.kind === "name" && walk.dialect.words.get(before.text) === null);
  return starts ? owner.text : null;
}

/** Reports something that no list knows. */
export const reportUnknown = (walk: Walk, what: string): void => walk.report({ kind: "unknown", what: shown(what) });
