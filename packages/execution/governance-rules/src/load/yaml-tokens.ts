// A look at the words of a YAML file before it is parsed: the parser recurses, and follows anchors. What has no use in a policy and a use
// in an attack ends here, in one pass.

import { CST, Lexer } from "yaml";

/** Why a file is not parsed, and in which line. */
export type EarlyRefusal = { readonly line: number; readonly why: string };

const MAX_FLOW = 16;
const MAX_MARKS = 16;
const MAX_INDENT = 200;
const NEVER: ReadonlyMap<string, string> = new Map([
  ["alias", "aliases are not read here"],
  ["anchor", "anchors are not read here"],
  ["tag", "tags are not read here"],
  ["directive-line", "directives are not read here"],
]);
const DEEP = "the file nests too deeply";

/** The first thing that stops the file from being parsed; null for none. */
export function scanTokens(text: string): EarlyRefusal | null {
  const place = { line: 1, flow: 0, marks: 0 };
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token) ?? "scalar";
    const why = NEVER.get(type) ?? (isDeep(place, type, token) ? DEEP : undefined);
    if (why !== undefined) return { line: place.line, why };
    if (type === "newline") place.marks = 0;
    place.line += breaksIn(token);
  }
  return null;
}

function isDeep(place: { flow: number; marks: number }, type: string, token: string): boolean {
  if (type === "flow-map-start" || type === "flow-seq-start") place.flow += 1;
  if (type === "flow-map-end" || type === "flow-seq-end") place.flow -= 1;
  if (type === "seq-item-ind" || type === "explicit-key-ind") place.marks += 1;
  return place.flow > MAX_FLOW || place.marks > MAX_MARKS || (type === "space" && token.length > MAX_INDENT);
}

function breaksIn(token: string): number {
  let count = 0;
  for (let at = token.indexOf("\n"); at >= 0; at = token.indexOf("\n", at + 1)) count += 1;
  return count;
}
