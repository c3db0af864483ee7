// A bundle holds profiles that were proved when it was made: their examples stay in the sources. Half of what a start of the hook would read.
import { parseSync } from "oxc-parser";
import { list, node, type Node } from "./syntax-tree.ts";

/** A plugin that empties `matches` and `spares` of the profile that a file of `folder` exports. */
export function withoutExamples(folder: string) {
  return {
    name: "ces:without-examples",
    transform(code: string, id: string): { readonly code: string } | null {
      return id.startsWith(folder) ? { code: emptied(code, id) } : null;
    },
  };
}

function emptied(code: string, id: string): string {
  const found: Node[] = [];
  collect(parseSync(id, code, { lang: "ts" }).program as unknown as Node, found); // the tree is plain nodes
  return found
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, { start, end }) => `${text.slice(0, start)}[]${text.slice(end)}`, code);
}

/** Values of `matches` and `spares` in the object that is exported as `profile`. */
function collect(program: Node, found: Node[]): void {
  for (const statement of list(program["body"])) {
    const declaration = node(statement["declaration"]);
    for (const one of list(declaration?.["declarations"])) {
      const init = node(one["init"]);
      if (node(one["id"])?.["name"] !== "profile" || init?.type !== "ObjectExpression") continue;
      for (const property of list(init["properties"])) {
        const value = node(property["value"]);
        const name = node(property["key"])?.["name"];
        if (value !== null && (name === "matches" || name === "spares")) found.push(value);
      }
    }
  }
}
