// Trash cans of desktops and of npm: what goes there can be brought back; emptying them cannot be undone.
import type { Arg } from "../../arg.ts";
import type { Edit } from "../../effect.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { takesAway } from "../_written-files.ts";
import { asksForHelp } from "../_words.ts";

const cans: ReadonlySet<string> = new Set([
  "trash",
  "trash-put",
  "rmtrash",
  "trash-cli",
  "gomi",
  "gtrash",
  "rip",
  "trashy",
  "kioclient",
  "kioclient5",
  "recycle-bin",
  "safe-rm",
  "saferm",
  "delsafe",
]);
const deleters: ReadonlySet<string> = new Set([
  "rimraf",
  "del",
  "del-cli",
  "rmrf",
  "premove",
  "fastrm",
  "fkill-files",
  "rm-cli",
]);

export const profile: Profile = {
  names: [
    ...cans,
    ...deleters,
    "trash-list",
    "trash-restore",
    "restore-trash",
    "trash-empty",
    "trash-rm",
    "gvfs-trash",
    "shx",
  ],
  summary: "sends files to a trash can, or deletes them",
  judge: (call, on) => {
    if (asksForHelp(call.args)) return on.fine();
    if (call.name === "trash-list" || call.name === "trash-restore" || call.name === "restore-trash") return on.fine();
    if (call.name === "trash-empty" || call.name === "trash-rm" || empties(call))
      return on.effect("delete.trash-clear", `empty the trash by \`${call.name}\``);
    // The edit of an inner `rm` would stand inside `shx`.
    if (call.name === "shx") return on.run(call.args.map((arg) => ({ ...arg, at: null })));
    if (deleters.has(call.name)) return deleted(call, on);
    return on.join(
      ...call.args.filter(({ text }) => !text.startsWith("-")).map((path) => takesAway(on, path)),
      on.fine(),
    );
  },
  matches: [
    { line: "rimraf node_modules", decision: "rewrite", effect: "delete.trash" },
    { line: "rimraf dist coverage", decision: "rewrite", effect: "delete.trash" },
    { line: "del-cli 'dist/**'", decision: "deny", effect: "delete.trash" },
    { line: "rimraf /", decision: "deny", effect: "delete.floor" },
    { line: "trash-empty", decision: "ask", effect: "delete.trash-clear" },
    { line: "trash-put ~/.ssh", decision: "ask", effect: "delete.important" },
    { line: "trash /etc", decision: "deny", effect: "delete.floor" },
    { line: "shx rm -rf dist", decision: "deny", effect: "delete.trash" },
  ],
  spares: ["trash-put dist", "trash src/a.ts", "trash-list", "shx mkdir -p build", "shx cp src/a.ts dist/"],
};

const empties = ({ name, args }: Call): boolean =>
  args.some(({ text }) => /^(?:--empty|empty|-e|--prune|prune|--decompose|-d)$/.test(text)) &&
  /^(?:trash|gtrash|trashy|rip|gvfs-trash|gomi)$/.test(name);

// A pattern in quotes is expanded by the program itself, which the trash command does not.
function deleted(call: Call, on: Evaluation): Outcome {
  const paths = call.args.filter(({ text }) => !text.startsWith("-"));
  const removed = on.join(
    ...paths.map((path) => on.remove(isPattern(path) ? { ...path, glob: true } : path, { recursive: true })),
    on.fine(),
  );
  return { ...removed, edits: edits(call, on, paths) };
}

const isPattern = ({ text }: Arg): boolean => /[*?{[]/.test(text);

function edits({ word, args }: Call, { setting }: Evaluation, paths: readonly Arg[]): readonly Edit[] {
  const plain = paths.length === args.length && paths.every((path) => path.glob || !isPattern(path));
  if (word.at === null || setting.governed || !plain) return [];
  return [{ at: word.at, text: `${setting.trash_command} -rf --`, kind: "trash" }];
}
