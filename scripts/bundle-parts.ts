// Where the parts of a bundle are (lazy-modules.ts): written at its end, so that a snapshot can leave them in the file.
import { readFileSync, writeFileSync } from "node:fs";
import { parseSync } from "oxc-parser";
import { PARTS_MARK } from "../packages/execution/hooks/src/index.ts";
import { PART } from "./lazy-modules.ts";
import { list, node, type Node } from "./syntax-tree.ts";

/**
 * Writes the offsets of its parts at the end of a bundle, as `snapshotScript` reads them, and has its late modules loaded by the call that
 * needs them. A bundle without parts stays as it is.
 */
export function markParts(file: string): void {
  const text = withLateModules(readFileSync(file, "utf8"));
  const { program } = parseSync(file, text);
  const parts: Part[] = [];
  collect(program as unknown as Node, parts); // the tree is plain nodes
  if (parts.length === 0) return;
  const bytes = (at: number): number => Buffer.byteLength(text.slice(0, at));
  const ranges = parts.map(({ from, to }) => `${bytes(from)}-${bytes(to)}`);
  writeFileSync(file, `${text.trimEnd()}\n${PARTS_MARK}${ranges.join(",")}\n`);
}

// Modules of node that cost a start milliseconds, and that few calls use: their functions become doors.
function withLateModules(text: string): string {
  return text.replaceAll(
    /(?<=^|;)import\{([^{}]*)\}from"(node:(?:crypto|zlib))";?/gm,
    (_, names: string, module: string) => {
      const found: Readonly<Record<string, unknown>> = Object(process.getBuiltinModule(module));
      const doors = names.split(",").map((one) => {
        const [name = "", local = name] = one.split(" as ");
        // A class is no function that could be called.
        if (typeof found[name] !== "function" || !/^[a-z]/.test(name))
          throw new Error(`no door to \`${name}\` of ${module}`);
        return `${local}=(...words)=>process.getBuiltinModule(${JSON.stringify(module)}).${name}(...words)`;
      });
      return `const ${doors.join(",")};`;
    },
  );
}

interface Part {
  readonly from: number;
  readonly to: number;
}

// From after the directive to before the brace. A part has none inside it: modules do not hold each other.
function collect(value: Node, parts: Part[]): void {
  const [first] = value.type === "BlockStatement" || value.type === "FunctionBody" ? list(value["body"]) : [];
  if (first?.["directive"] === PART) parts.push({ from: first.end, to: value.end - 1 });
  else
    for (const child of Object.values(value))
      for (const one of Array.isArray(child) ? list(child) : [node(child)]) if (one !== null) collect(one, parts);
}
