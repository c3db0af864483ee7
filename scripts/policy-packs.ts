// Writes the policies of packages/execution/contract-packs/packs into its source, word for word: a bundle has no folder of packs beside it
// that somebody could change. Run after a pack is edited; a test holds the two together.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./workspace.ts";

const folder = "packages/execution/contract-packs";
const output = join(root, folder, "src/policy-texts.ts");

/** The source that the packs make, in the order of their names. */
export function policyTexts(): string {
  const packs = readdirSync(join(root, folder, "packs")).toSorted();
  const members = packs.map((name) => `  ${key(name)}: ${literal(textOf(name))},`);
  return `${head}export const policyTexts = {\n${members.join("\n")}\n} as const;\n`;
}

const head = `// Written by scripts/policy-packs.ts from packs/*/policies; do not edit.

/** The YAML of every pack's policy, by the pack's name. */
`;

// As the formatter writes it.
const key = (name: string): string => (/^[a-z]+$/.test(name) ? name : JSON.stringify(name));

const textOf = (name: string): string =>
  readFileSync(join(root, folder, "packs", name, "policies", `${name}.yaml`), "utf8");

const literal = (text: string): string => `\`${text.replaceAll(/[\\`]|\$\{/g, "\\$&")}\``;

if (import.meta.main) writeFileSync(output, policyTexts());
