// Calls without brackets: the arguments go on to the end of the statement.
import { isOp } from "../lex/tree.ts";
import { plainText } from "../lex/text.ts";
import { escape } from "./bindings.ts";
import type { Item, Run, Walk } from "./dialect.ts";
import { expression } from "./expression.ts";
import { textValue } from "./items.ts";

/** The arguments from here on, as far as commas carry them. */
export function commandItems(walk: Walk, run: Run): readonly Item[] {
  const items: Item[] = [];
  for (;;) {
    const item = commandItem(walk, run);
    if (item === null) break;
    items.push(item);
    if (!isOp(run.nodes[run.at], ",") && !isOp(run.nodes[run.at], "=>")) break;
    run.at += 1;
    while (run.nodes[run.at]?.kind === "end") run.at += 1;
  }
  return items;
}

function commandItem(walk: Walk, run: Run): Item | null {
  const first = run.nodes[run.at];
  const spread = first?.kind === "op" && walk.dialect.spreads.has(first.text);
  if (spread) run.at += 1;
  const name = labelAt(walk, run);
  if (name !== null) run.at += 2;
  const value = expression(walk, run);
  return value === undefined ? null : { name, value, spread };
}

function labelAt(walk: Walk, run: Run): string | null {
  const [key, op] = [run.nodes[run.at], run.nodes[run.at + 1]];
  if (op?.kind !== "op" || !walk.dialect.keys.has(op.text) || op.text === "=") return null;
  if (key?.kind === "name") return key.text;
  if (key?.kind !== "text") return null;
  escape(walk, textValue(walk, key));
  return plainText(key.pieces) ?? "\0";
}
