// What a program meets rarely is made when it is first asked for: a module's declarations move into a function, and what it exports
// becomes a door to them. A start of the hook then makes a few modules of hundreds, and its snapshot holds no others.
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseSync } from "oxc-parser";
import { list, node, type Node } from "./syntax-tree.ts";

/** What the function that makes a module begins with; it outlives the minifier. */
export const PART = "ces part";

/**
 * A plugin that makes the modules of `folders` lazy, but `except`; all absolute. A module may export functions, a guard `profile`, and
 * values for other lazy modules: an eager one that imports a value of a lazy one is not bundled, as an export that does not exist.
 */
export function lazyModules(folders: readonly string[], except: readonly string[]) {
  const isLazy = (id: string): boolean =>
    folders.some((folder) => id.startsWith(`${folder}/`)) && id.endsWith(".ts") && !except.includes(id);
  const wants = new Map<string, readonly string[]>();
  const known = new Map<string, Module>();
  const exportsOf = (id: string): Module => {
    const module = known.get(id) ?? readModule(readFileSync(id, "utf8"), id);
    known.set(id, module);
    return module;
  };
  const wantedOf = (one: Imported, from: string): readonly Wanted[] => {
    if (!one.from.startsWith(".") || !isLazy(from)) return [];
    const { functions, values } = exportsOf(from);
    if (functions.includes(one.name)) return [{ ...one, kind: "function" }];
    return one.name === "*" || values.includes(one.name) ? [{ ...one, kind: "value" }] : [];
  };
  return {
    name: "ces:lazy-modules",
    async transform(code: string, id: string): Promise<{ readonly code: string } | null> {
      if (!isLazy(id)) return null;
      const module = readModule(code, id);
      const wanted = module.imports.flatMap((one) => wantedOf(one, resolve(dirname(id), one.from)));
      wants.set(
        id,
        wanted.flatMap(({ kind, from }) => (kind === "value" ? [resolve(dirname(id), from)] : [])),
      );
      const names: readonly string[] = module.profile ? (await import(id)).profile.names : [];
      return { code: lazySource(module, wanted, names) };
    },
    buildEnd(): void {
      for (const id of wants.keys()) assertEnds(id, wants, []);
    },
  };
}

// Modules that make one another would never be made.
function assertEnds(id: string, wants: ReadonlyMap<string, readonly string[]>, above: readonly string[]): void {
  if (above.includes(id)) throw new Error(`lazy modules want each other's values: ${[...above, id].join(" → ")}`);
  for (const next of wants.get(id) ?? []) assertEnds(next, wants, [...above, id]);
}

interface Imported {
  readonly from: string;
  readonly name: string;
  readonly local: string;
  /** The import's own text. */
  readonly text: string;
}

interface Module {
  /** Imports of names, one each. */
  readonly imports: readonly Imported[];
  /** Other imports and re-exports, as they are. */
  readonly outside: readonly string[];
  readonly inside: readonly string[];
  readonly functions: readonly string[];
  readonly values: readonly string[];
  readonly profile: boolean;
}

function readModule(code: string, id: string): Module {
  const text = ({ start, end }: Node): string => code.slice(start, end);
  const module = {
    imports: [] as Imported[],
    outside: [] as string[],
    inside: [] as string[],
    functions: [] as string[],
    values: [] as string[],
    profile: false,
  };
  const { program } = parseSync(id, code, { lang: "ts" });
  for (const statement of list((program as unknown as Node)["body"])) {
    // the tree is plain nodes
    const declaration = node(statement["declaration"]);
    if (statement.type === "ImportDeclaration") readImport(statement, module);
    else if (node(statement["source"]) !== null) module.outside.push(text(statement));
    else if (isOfTypes(declaration ?? statement)) continue;
    else if (!statement.type.startsWith("Export")) module.inside.push(text(statement));
    else if (declaration === null || statement.type !== "ExportNamedDeclaration")
      throw new Error(`${id}: exports by declaring only`);
    else {
      module.inside.push(text(declaration));
      readExport(declaration, module);
    }
  }
  return module;
}

function readImport(statement: Node, { imports, outside }: { imports: Imported[]; outside: string[] }): void {
  if (statement["importKind"] === "type") return;
  const from = String(node(statement["source"])?.["value"]);
  for (const one of list(statement["specifiers"])) {
    if (one["importKind"] === "type") continue;
    const local = String(node(one["local"])?.["name"]);
    const name = one.type === "ImportNamespaceSpecifier" ? "*" : String(node(one["imported"])?.["name"] ?? "default");
    imports.push({
      from,
      name,
      local,
      text: `import ${name === "*" ? "*" : `{ ${name}`} as ${local}${name === "*" ? "" : " }"} from ${JSON.stringify(from)};`,
    });
  }
  if (list(statement["specifiers"]).length === 0) outside.push(`import ${JSON.stringify(from)};`);
}

const isOfTypes = ({ type, declare }: Node): boolean =>
  declare === true || ["TSInterfaceDeclaration", "TSTypeAliasDeclaration", "TSDeclareFunction"].includes(type);

function readExport(declaration: Node, module: { functions: string[]; values: string[]; profile: boolean }): void {
  if (declaration.type === "FunctionDeclaration") module.functions.push(String(node(declaration["id"])?.["name"]));
  for (const one of list(declaration["declarations"])) {
    const name = String(node(one["id"])?.["name"]);
    if (name === "profile") module.profile = true;
    else if (isFunction(node(one["init"]))) module.functions.push(name);
    else module.values.push(name);
  }
}

// `lazily(…)` gives a function.
const isFunction = (init: Node | null): boolean =>
  init?.type === "ArrowFunctionExpression" ||
  init?.type === "FunctionExpression" ||
  (init?.type === "CallExpression" && node(init["callee"])?.["name"] === "lazily");

/** What a lazy module takes of another one. A function is found when it is called, so that modules may need each other; a value at once. */
type Wanted = Imported & { readonly kind: "function" | "value" };

function lazySource(module: Module, wanted: readonly Wanted[], names: readonly string[]): string {
  const { imports, outside, inside, functions, values, profile } = module;
  const isWanted = ({ local }: Imported): boolean => wanted.some((one) => one.local === local);
  const from = [...new Set(wanted.map((one) => one.from))];
  return [
    ...imports.filter((one) => !isWanted(one)).map(({ text }) => text),
    ...from.map((path, at) => `import { parts$ as from$${at} } from ${JSON.stringify(path)};`),
    ...outside,
    "var made$;",
    `export function parts$() { return (made$ ??= (() => { ${JSON.stringify(PART)};`,
    ...wanted.map((one) => taken(one, `from$${from.indexOf(one.from)}()`)),
    ...inside,
    `return { ${[...functions, ...values, ...(profile ? ["profile"] : [])].join(", ")} };`,
    "})()); }",
    ...functions.map((name) => `export function ${name}(...words) { return parts$().${name}(...words); }`),
    ...(profile ? [profileDoor(names)] : []),
  ].join("\n");
}

function taken({ name, local, kind }: Wanted, of: string): string {
  if (kind === "function") return `const ${local} = (...words) => ${of}.${name}(...words);`;
  return `const ${local} = ${name === "*" ? of : `${of}.${name}`};`;
}

const profileDoor = (names: readonly string[]): string =>
  `export const profile = { get names() { return ${JSON.stringify(names.join(" "))}.split(" "); }, summary: "", matches: [], spares: [], judge: (call, on) => parts$().profile.judge(call, on) };`;
