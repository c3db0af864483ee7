// Reads one source file the way the rules need it: its imports, its exports and the size of its functions.
// oxc's parser, because TypeScript 7 offers none and a regular expression is fooled by a comment.
import { parseSync, type EcmaScriptModule } from "oxc-parser";
import type { Package } from "../../scripts/workspace.ts";

/** One import, re-export, `import()`, `import("x").T` or `require`. `names` are the imported ones; `*` is everything. */
export interface Import {
  readonly specifier: string;
  readonly names: readonly string[];
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

/** A parsed file. `path` is relative to the root, `within` to its package; `part` is its first folder. */
export interface SourceFile {
  readonly path: string;
  readonly within: string;
  readonly part: "src" | "test";
  readonly room: Package;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly defaultExport: boolean;
  readonly starExport: boolean;
  readonly ownExport: boolean;
  readonly functionLines: readonly number[];
}

/** Parses `text`; throws on a syntax error, because a file that was not read was not checked. */
export function readSource(room: Package, within: string, text: string): SourceFile {
  const path = `${room.folder}/${within}`;
  const { program, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  const nodes = [...walk(program)];
  const exported = module.staticExports.flatMap((one) => one.entries);
  return {
    path,
    within,
    part: within.startsWith("test/") ? "test" : "src",
    room,
    lines: text.split("\n").length - 1,
    imports: [...staticImports(module), ...reexports(module), ...nodes.flatMap(expressionImport)],
    defaultExport: exported.some(({ exportName }) => exportName.kind === "Default" || exportName.name === "default"),
    starExport: exported.some((entry) => entry.importName.kind.startsWith("All")),
    ownExport: exported.some((entry) => entry.moduleRequest === null),
    functionLines: nodes.filter(isFunction).map((node) => text.slice(node.start, node.end).split("\n").length),
  };
}

function staticImports(module: EcmaScriptModule): Import[] {
  return module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    names: entries.map(({ importName }) => importName.name ?? (importName.kind === "Default" ? "default" : "*")),
    typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    dynamic: false,
  }));
}

function reexports(module: EcmaScriptModule): Import[] {
  return module.staticExports
    .flatMap((one) => one.entries)
    .filter((entry) => entry.moduleRequest !== null)
    .map((entry) => ({
      specifier: entry.moduleRequest?.value ?? "",
      names: [entry.importName.name ?? "*"],
      typeOnly: entry.isType,
      dynamic: false,
    }));
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly source?: Node;
  readonly callee?: Node;
  readonly arguments?: readonly Node[];
  readonly name?: string;
  readonly property?: Node;
  readonly value?: unknown;
}

// `import("x")`, `type T = import("x").T`, `require("x")`, `process.getBuiltinModule("x")`. What is not a plain string
// is kept as the specifier `?`, which no rule allows.
function expressionImport(node: Node): Import[] {
  if (node.type === "ImportExpression") return [expression(node.source, false)];
  if (node.type === "TSImportType") return [expression(node.source, true)];
  if (node.type !== "CallExpression") return [];
  const called = node.callee?.name ?? node.callee?.property?.name;
  return called === "require" || called === "getBuiltinModule" ? [expression(node.arguments?.[0], false)] : [];
}

function expression(source: Node | undefined, typeOnly: boolean): Import {
  const specifier = typeof source?.value === "string" ? source.value : "?";
  return { specifier, names: ["*"], typeOnly, dynamic: !typeOnly };
}

function isFunction(node: Node): boolean {
  return ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"].includes(node.type);
}

function* walk(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* walk(one);
  else if (typeof value === "object" && value !== null) {
    if ("type" in value && typeof value.type === "string") yield value as Node;
    for (const inner of Object.values(value)) if (typeof inner === "object") yield* walk(inner);
  }
}
