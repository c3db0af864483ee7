// What a project's own manifest asks for, so that an install without words can be judged before a lockfile exists.
import { parseJson } from "@ces/kernel";
import type { Ecosystem } from "./advisories.ts";
import { member, members } from "./foreign-json.ts";
import { npmDependency } from "./specs/npm-spec.ts";
import { cargoSpec, composerSpec, gemSpec, goSpec } from "./specs/other-specs.ts";
import { pipSpec } from "./specs/pip-spec.ts";
import { fromElsewhere, shownWord, type Requirement } from "./specs/requirement.ts";

const JSON_LIMITS = { maxBytes: 4 * 1024 * 1024, maxDepth: 64 };
const MAX_REQUIREMENTS = 5_000;

/** A manifest's name, whose it is, and how it is read. */
export interface ManifestKind {
  readonly name: string;
  readonly ecosystem: Ecosystem;
  /** Undefined when it cannot be read. */
  readonly read: (text: string) => readonly Requirement[] | undefined;
}

/** Every manifest that is read. */
export const manifestKinds: readonly ManifestKind[] = [
  { name: "package.json", ecosystem: "npm", read: packageJson },
  { name: "pyproject.toml", ecosystem: "PyPI", read: pyproject },
  { name: "Cargo.toml", ecosystem: "crates.io", read: cargoToml },
  { name: "go.mod", ecosystem: "Go", read: goMod },
  { name: "Gemfile", ecosystem: "RubyGems", read: gemfile },
  { name: "composer.json", ecosystem: "Packagist", read: composerJson },
];

/** Reads a manifest by the last part of its path; undefined when it is none or cannot be read. Never throws. */
export function manifestRequirements(path: string, text: string): readonly Requirement[] | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return manifestKinds
    .find((kind) => kind.name === name)
    ?.read(text)
    ?.slice(0, MAX_REQUIREMENTS);
}

function packageJson(text: string): readonly Requirement[] | undefined {
  return jsonTables(text, ["dependencies", "devDependencies", "optionalDependencies"], npmDependency);
}

function composerJson(text: string): readonly Requirement[] | undefined {
  const found = jsonTables(text, ["require", "require-dev"], (name, value) => composerSpec(`${name}:${value}`));
  return found?.filter(({ name }) => name?.includes("/") ?? true);
}

function jsonTables(
  text: string,
  tables: readonly string[],
  read: (name: string, value: string) => Requirement,
): readonly Requirement[] | undefined {
  const parsed = parseJson(text, JSON_LIMITS);
  if (parsed.kind === "refused") return undefined;
  return tables.flatMap((table) =>
    members(member(parsed.value, table)).map(([name, value]) => read(name, typeof value === "string" ? value : "")),
  );
}

const LIST_TABLES: ReadonlyMap<string, RegExp> = new Map([
  ["project", /^dependencies$/],
  ["build-system", /^requires$/],
  ["tool.uv", /^dev-dependencies$/],
  ["project.optional-dependencies", /^/],
  ["dependency-groups", /^/],
  ["tool.pdm.dev-dependencies", /^/],
]);

function pyproject(text: string): readonly Requirement[] {
  return tomlTables(text).flatMap(([name, body]) => {
    if (/^tool\.poetry\.(?:.*\.)?(?:dev-)?dependencies$/.test(name)) return poetryTable(body);
    const wanted = LIST_TABLES.get(name);
    return wanted === undefined ? [] : listItems(body, wanted).map(pipSpec);
  });
}

// Strings inside `key = [ … ]`, over as many lines as it takes.
function listItems(body: string, wanted: RegExp): readonly string[] {
  const items: string[] = [];
  let inside = false;
  for (const line of body.split("\n")) {
    const [, key, rest] = /^([\w-]+) *= *\[(.*)$/.exec(line) ?? [];
    if (key !== undefined) inside = wanted.test(key);
    if (inside) items.push(...quotedIn(rest ?? line));
    if (/\]\s*(?:#.*)?$/.test(line)) inside = false;
  }
  return items;
}

const quotedIn = (text: string): readonly string[] =>
  [...text.matchAll(/"([^"]*)"|'([^']*)'/g)].map((found) => found[1] ?? found[2] ?? "").filter((one) => one !== "");

function poetryTable(body: string): readonly Requirement[] {
  return tomlPairs(body).flatMap(([name, value]) => {
    if (name === "python") return [];
    if (/\b(?:git|url|path) *=/.test(value))
      return [fromElsewhere("PyPI", `${name} ${shownWord(value)}`, name, { kind: "git", at: shownWord(value) })];
    return [pipSpec(name)];
  });
}

function cargoToml(text: string): readonly Requirement[] {
  const tables = [...tomlTables(text)].filter(([name]) => /(?:^|\.)(?:dev-|build-)?dependencies$/.test(name));
  return tables.flatMap(([, body]) =>
    tomlPairs(body).flatMap(([name, value]) => {
      const at = shownWord(value);
      if (/\bgit *=/.test(value)) return [fromElsewhere("crates.io", `${name} ${at}`, name, { kind: "git", at })];
      if (/\b(?:path|workspace) *=/.test(value)) return [];
      const version = /^"([^"]*)"/.exec(value)?.[1] ?? /version *= *"([^"]*)"/.exec(value)?.[1] ?? "";
      const real = /package *= *"([^"]*)"/.exec(value)?.[1] ?? name;
      return [cargoSpec(version === "" ? real : `${real}@${version}`)];
    }),
  );
}

function goMod(text: string): readonly Requirement[] {
  const rows = [...text.matchAll(/^\s*(?:require\s+)?([\w.~/-]+\.[\w.~/-]+)\s+(v\S+)/gm)];
  return rows.map(([, path = "", version = ""]) => goSpec(`${path}@${version}`));
}

function gemfile(text: string): readonly Requirement[] {
  return [...text.matchAll(/^\s*gem\s*\(?\s*["']([^"'\n]+)["'](?:\s*,\s*["']([^"'\n]+)["'])?(.*)$/gm)].map(
    ([, name = "", version = "", rest = ""]) =>
      /\b(?:git|github|path|source)\b/.test(rest)
        ? fromElsewhere("RubyGems", `${name}${shownWord(rest)}`, name, { kind: "git", at: shownWord(rest) })
        : gemSpec(name, version),
  );
}

// Tables by name with the lines below their head. Good for what the tools write; a quoted head is a table nobody reads.
function tomlTables(text: string): readonly (readonly [name: string, body: string])[] {
  return text
    .split(/^(?=\[)/m)
    .map((part) => [/^\[+([^\]\n]+)\]/.exec(part)?.[1]?.trim() ?? "", part.replace(/^.*\n?/, "")]);
}

function tomlPairs(body: string): readonly (readonly [name: string, value: string])[] {
  return [...body.matchAll(/^["']?([A-Za-z0-9_.-]+)["']? *= *(.+)$/gm)].map(([, name = "", value = ""]) => [
    name,
    value,
  ]);
}
