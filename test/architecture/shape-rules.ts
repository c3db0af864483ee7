// The rules about a file's form and name, and about a package's furniture.
import { readFileSync, existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { Package } from "../../scripts/workspace.ts";
import { emptyNames, emptyWords, isPure } from "./house.ts";
import type { Rule } from "./import-rules.ts";

/** Everything has a name where it is imported. */
export const namedExports: Rule = (file) =>
  file.defaultExport && !file.within.endsWith(".config.ts") ? ["a default export; give it a name"] : [];

/** An index is a short list of named exports. In records and ports every noun is public, so there it may say `*`. */
export const shortIndex: Rule = (file) => {
  if (file.within !== "src/index.ts") return [];
  return [
    ...(file.lines >= 40 ? [`the index has ${file.lines} lines, fewer than 40 are allowed`] : []),
    ...(file.starExport && !["@ces/records", "@ces/ports"].includes(file.room.name)
      ? ["the index exports `*`; name what is public"]
      : []),
    ...(file.ownExport ? ["the index declares something itself; put it in a file"] : []),
  ];
};

/** A name says what is inside. */
export const tellingName: Rule = (file) => {
  const parts = file.within.split("/").slice(1);
  const names = parts.map((part) => basename(part).replace(/\..*$/, ""));
  const wrong = [...names, basename(file.room.folder)].filter(isEmpty);
  return wrong.map((name) => `\`${name}\` says nothing; name it after what it exports`);
};

/** File names are kebab-case; a generated or dotted ending is part of the ending. */
export const kebabCase: Rule = (file) =>
  /^_?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.tsx?$/.test(basename(file.within)) ? [] : ["a file name is kebab-case"];

function isEmpty(name: string): boolean {
  return emptyNames.includes(name) || name.split("-").some((word) => emptyWords.includes(word));
}

/** A package has its furniture: name, exports, exact versions, a README, the right tsconfig. */
export function furniture(base: string, room: Package): string[] {
  const manifest = JSON.parse(readFileSync(join(base, room.folder, "package.json"), "utf8"));
  const checks: readonly (readonly [boolean, string])[] = [
    [manifest.name === `@ces/${basename(room.folder)}`, `is named ${manifest.name}, not after its folder`],
    [manifest.private === true, "is not private"],
    [manifest.type === "module", "is not `type: module`"],
    [
      room.plane === "apps" || manifest.exports?.["."] === "./src/index.ts",
      "does not export ./src/index.ts as its index",
    ],
    [existsSync(join(base, room.folder, "README.md")), "has no README.md"],
    [extendsRightly(base, room), `does not extend tsconfig.${isPure(room) ? "pure" : "io"}.json`],
  ];
  return [
    ...checks.filter(([ok]) => !ok).map(([, text]) => `${room.folder} ${text}`),
    ...looseVersions(room, manifest),
  ];
}

function extendsRightly(base: string, room: Package): boolean {
  const path = join(base, room.folder, "tsconfig.json");
  return existsSync(path) && readFileSync(path, "utf8").includes(`tsconfig.${isPure(room) ? "pure" : "io"}.json"`);
}

function looseVersions(room: Package, manifest: Record<string, Record<string, string> | undefined>): string[] {
  const all = { ...manifest["dependencies"], ...manifest["devDependencies"] };
  return Object.entries(all)
    .filter(([name, version]) =>
      name.startsWith("@ces/") ? version !== "workspace:*" : !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    )
    .map(([name, version]) => `${room.folder} asks for ${name} \`${version}\`, not an exact version`);
}
