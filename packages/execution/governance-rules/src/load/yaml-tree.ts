// YAML as data with lines: one document, no tags, anchors, aliases or merges, and no member twice. What a reader of another YAML
// version would take differently is not silently taken our way.

import { utf8Decode } from "@ces/kernel";
import type { PolicyFile } from "@ces/receipts";
import { isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseAllDocuments } from "yaml";
import { MAX_POLICY_BYTES } from "./policy-file.ts";
import { type PolicyProblem, problem } from "./policy-problem.ts";
import { scanTokens } from "./yaml-tokens.ts";

const MAX_FAULTS = 20;

/** A value with the line it begins on. */
export type Tree = { readonly line: number } & (
  | { readonly kind: "scalar"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly items: readonly Tree[] }
  | { readonly kind: "map"; readonly members: readonly Member[] }
);

/** A member of a map. */
export type Member = { readonly name: string; readonly line: number; readonly value: Tree };

/** A tree, nothing (an empty document), or problems. */
export type TreeRead = { readonly kind: "tree"; readonly tree: Tree } | { readonly kind: "empty" } | Refused;
/** Problems only. */
export type Refused = { readonly kind: "refused"; readonly problems: readonly PolicyProblem[] };

/** Reads one file. Never throws; linear in its size. */
export function readYamlTree(file: PolicyFile): TreeRead {
  const refused = (line: number, why: string): Refused => ({
    kind: "refused",
    problems: [problem({ file: file.name, line }, why)],
  });
  if (file.bytes.length > MAX_POLICY_BYTES) return refused(1, `the file is larger than ${MAX_POLICY_BYTES} bytes`);
  const text = utf8Decode(file.bytes);
  if (text === undefined) return refused(1, "the file is not UTF-8");
  const early = scanTokens(text);
  return early === null ? parse(file.name, text) : refused(early.line, early.why);
}

function parse(name: string, text: string): TreeRead {
  const lines = new LineCounter();
  // Duplicates are looked for below and messages are cut by hand: the library's own ways take time by the square of the file.
  const options = { lineCounter: lines, strict: true, uniqueKeys: false, prettyErrors: false, merge: false } as const;
  const documents = [...parseAllDocuments<ParsedNode>(text, options)];
  const problems: PolicyProblem[] = [];
  const reader: Reader = {
    lineAt: (offset) => Math.max(1, lines.linePos(offset).line),
    refuse: (line, why) => problems.push(problem({ file: name, line }, why)),
  };
  for (const { errors, warnings } of documents)
    for (const { pos, message } of [...errors, ...warnings].slice(0, MAX_FAULTS))
      reader.refuse(reader.lineAt(pos[0]), message);
  const [document, second] = documents;
  if (second !== undefined) reader.refuse(reader.lineAt(second.range[0]), "the file holds a second document");
  if (problems.length > 0) return { kind: "refused", problems };
  const tree = document?.contents ? treeOf(reader, document.contents) : null;
  if (problems.length > 0) return { kind: "refused", problems };
  return tree === null || (tree.kind === "scalar" && tree.value === null) ? { kind: "empty" } : { kind: "tree", tree };
}

type Reader = { readonly lineAt: (offset: number) => number; readonly refuse: (line: number, why: string) => void };

function treeOf(reader: Reader, node: ParsedNode): Tree {
  const line = reader.lineAt(node.range[0]);
  if (isSeq(node)) return { kind: "list", line, items: node.items.map((item) => treeOf(reader, item)) };
  if (isMap(node)) return { kind: "map", line, members: membersOf(reader, node.items, line) };
  return { kind: "scalar", line, value: isScalar(node) ? scalarOf(reader, node.value, line) : null };
}

function membersOf(reader: Reader, pairs: readonly YamlPair[], line: number): readonly Member[] {
  const names = new Set<string>();
  return pairs.map(({ key, value }) => {
    const member = memberOf(reader, { key, value, line });
    if (names.has(member.name)) reader.refuse(member.line, `\`${member.name}\` stands here twice`);
    names.add(member.name);
    return member;
  });
}

type YamlPair = { readonly key: ParsedNode; readonly value: ParsedNode | null };
type Pair = YamlPair & { readonly line: number };

function memberOf(reader: Reader, { key, value, line: above }: Pair): Member {
  const line = key.range === undefined ? above : reader.lineAt(key.range[0]);
  const name = isScalar(key) && typeof key.value === "string" ? key.value : null;
  if (name === null) reader.refuse(line, "a member's name is no text");
  return {
    name: name ?? "",
    line,
    value: value === null ? { kind: "scalar", line, value: null } : treeOf(reader, value),
  };
}

function scalarOf(reader: Reader, value: unknown, line: number): string | number | boolean | null {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value) && !Object.is(value, -0)) return value;
  reader.refuse(line, "a number is not finite, or larger than a double holds");
  return null;
}
