// Dependencies are a person's to change (issue 2 §2): which paths decide them, what an agent did that shows that it wanted
// one, and what the person runs instead.
import { type Claim, type Delta, type Reason, type ToolVerdict, TreePath } from "@ces/records";
import { protectionOf } from "@ces/workspace";

/** Files that were written against the contract and decide what is installed: a blocker of their own, before SCOPE_VIOLATION. */
export function dependencyBlockers({ out_of_scope }: Pick<Delta, "out_of_scope">): readonly Reason[] {
  const paths = out_of_scope.map(({ path }) => path).filter(decidesDependencies);
  return paths.length === 0
    ? []
    : [
        {
          code: "DEPENDENCY_CHANGE",
          text: `files that decide what is installed were changed: ${list(paths)}`,
          held_by: "merge",
        },
      ];
}

// A hint, never a wall: it only names the reason of a delivery that has stopped anyway.
const installs =
  /\b(?:npm|pnpm|yarn|bun|pip3?|poetry|uv|cargo|go|gem|bundle|composer)\s+(?:install|i|add|get|require)\s+[^\s;&|-][^\s;&|]*/;

/** What the agent asked for and did not get: edits that were denied, files that it claims, commands that install. */
export function wishedDependencies(
  decisions: readonly ToolVerdict[],
  claim: Claim | null,
  { in_scope }: Pick<Delta, "in_scope">,
): readonly Reason[] {
  const changed = new Set(in_scope.map(({ path }) => path));
  const denied = decisions
    .filter(({ decision, call }) => decision === "deny" && call.kind === "edit")
    .flatMap(({ call }) => call.paths);
  const files = [...denied, ...(claim?.files_changed ?? [])]
    .map(inTree)
    .filter((path) => decidesDependencies(path) && !changed.has(path));
  const commands = decisions.flatMap(({ call }) => installs.exec(call.command ?? "")?.[0] ?? []);
  const wishes = [...new Set([...files, ...commands])];
  return wishes.length === 0
    ? []
    : [
        {
          code: "DEPENDENCY_CHANGE",
          text: `the agent wanted other dependencies and may not change them: ${list(wishes)}`,
        },
      ];
}

// What CES does not carry out itself (`installers/table.ts`).
const byHand: readonly (readonly [RegExp, string])[] = [
  [/\bbun\b/, "bun add <package>"],
  [/gem/i, "bundle add <package>"],
  [/composer/, "composer require <package>"],
  [/\bpip|\.txt|poetry|setup\./, "pip install <package>"],
];
const carriedOut = /pnpm|yarn|npm|package\.json|package-lock\.json|cargo|go\.(?:mod|sum|work)|\bgo get|pyproject|uv\b/i;

/**
 * What a person types to change dependencies: CES carries it out where it can.
 * SECURITY: never the package that the agent named: the name is attacker-controlled, and a person who copies it has decided nothing.
 */
export function dependencyCommand(blockers: readonly Reason[], delivery_id: string): string | null {
  const text = blockers.find(({ code }) => code === "DEPENDENCY_CHANGE")?.text;
  if (text === undefined) return null;
  const hand = byHand.find(([sign]) => sign.test(text))?.[1];
  if (hand === undefined && carriedOut.test(text)) return `ces deps apply ${delivery_id} <package>@<version>`;
  return `${hand ?? "install the dependency yourself"}, commit it, then: ces build "…"`;
}

/** Total: an agent names what it likes, `../../etc/passwd` as well, and only a path of the tree can be one of ours. */
const decidesDependencies = (path: string): boolean =>
  TreePath.safeParse(path).success && protectionOf(path)?.dependency === true;
const inTree = (path: string): string =>
  path
    .trim()
    .replace(/^\/workspace\//, "")
    .replace(/^(?:\.\/)+/, "");
const list = (names: readonly string[]): string =>
  names
    .slice(0, 5)
    .map((name) => `\`${name.slice(0, 200)}\``)
    .join(", ");
