// Trash cans of desktops and of npm: what goes there can be brought back; emptying them cannot be undone.
import { type Arg, known } from "../../arg.ts";
import type { Edit } from "../../effect.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { readFile } from "../_read-files.ts";
import { takesAway } from "../_written-files.ts";
import { asksForHelp, partOf, shown } from "../_words.ts";

const cans: ReadonlySet<string> = new Set(["trash", "trash-put", "rmtrash", "trash-cli", "gomi", "gtrash", "rip", "trashy", "kioclient", "kioclient5", "recycle-bin", "safe-rm", "saferm", "delsafe"]);
const deleters: ReadonlySet<string> = new Set(["rimraf", "del", "del-cli", "rmrf", "premove", "fastrm", "fkill-files", "rm-cli"]);

export const profile: Profile = {
  names: [...cans, ...deleters, "trash-list", "trash-restore", "restore-trash", "trash-empty", "trash-rm", "gio", "gvfs-trash", "shx"],
  summary: "sends files to a trash can, or deletes them",
  judge: (call, on) => {
    if (asksForHelp(call.args)) return on.fine();
    if (call.name === "trash-list" || call.name === "trash-restore" || call.name === "restore-trash") return on.fine();
    if (call.name === "trash-empty" || call.name === "trash-rm" || empties(call)) return on.effect("delete.trash-clear", `empty the trash by \`${call.name}\``);
    if (call.name === "gio") return gio(call, on);
    // The edit of an inner `rm` would stand inside `shx`.
    if (call.name === "shx") return on.run(call.args.map((arg) => ({ ...arg, at: null })));
    if (deleters.has(call.name)) return deleted(call, on);
    return on.join(...call.args.filter(({ text }) => !text.startsWith("-")).map((path) => takesAway(on, path)), on.fine());
  },
  matches: [
    { line: "rimraf node_modules", decision: "rewrite", effect: "delete.trash" },
    { line: "rimraf dist coverage", decision: "rewrite", effect: "delete.trash" },
    { line: "del-cli 'dist/**'", decision: "deny", effect: "delete.trash" },
    { line: "rimraf /", decision: "deny", effect: "delete.floor" },
    { line: "trash-empty", decision: "ask", effect: "delete.trash-clear" },
    { line: "gio trash --empty", decision: "ask", effect: "delete.trash-clear" },
    { line: "gio remove src/a.ts", decision: "deny", effect: "delete.trash" },
    { line: "trash-put ~/.ssh", decision: "ask", effect: "delete.important" },
    { line: "trash /etc", decision: "deny", effect: "delete.floor" },
    { line: "shx rm -rf dist", decision: "deny", effect: "delete.trash" },
    { line: "gio move src/a.ts ~/.bashrc", decision: "ask", effect: "system.persist" },
  ],
  spares: ["trash-put dist", "trash src/a.ts", "gio trash dist", "trash-list", "gio list .", "shx mkdir -p build", "shx cp src/a.ts dist/"],
};

const empties = ({ name, args }: Call): boolean =>
  args.some(({ text }) => /^(?:--empty|empty|-e|--prune|prune|--decompose|-d)$/.test(text)) && /^(?:trash|gtrash|trashy|rip|gvfs-trash|gomi)$/.test(name);

function gio({ args }: Call, on: Evaluation): Outcome {
  const [verb, ...rest] = args;
  const words = rest.filter(({ text }) => !text.startsWith("-"));
  const local = words.map((word) => partOf(word, word.text.replace(/^file:\/\//, "")));
  const targets = local.slice(-1);
  switch (known(verb)) {
    case "trash":
      return rest.some(({ text }) => text === "--empty") ? on.effect("delete.trash-clear", "empty the trash") : on.join(...local.map((path) => takesAway(on, path)), on.fine());
    case "remove":
      return on.join(...local.map((path) => on.remove(path, { recursive: true })), on.fine());
    case "move":
      return on.join(...local.slice(0, -1).map((path) => takesAway(on, path)), ...targets.map((path) => on.write(path, "overwrite")));
    case "copy":
      return on.join(...local.slice(0, -1).map((path) => readFile(on, path)), ...targets.map((path) => on.write(path, "overwrite")));
    case "save":
    case "mkdir":
      return on.join(...local.map((path) => on.write(path, "create")));
    case "cat":
      return on.printing(on.join(...local.map((path) => readFile(on, path))), on.contents(local));
    case "info":
    case "list":
    case "tree":
    case "monitor":
    case "version":
    case "help":
      return on.fine();
    default:
      return on.effect("unknown.option", `run \`gio ${verb === undefined ? "" : shown(verb)}\``);
  }
}

// A pattern in quotes is expanded by the program itself, which the trash command does not.
function deleted(call: Call, on: Evaluation): Outcome {
  const paths = call.args.filter(({ text }) => !text.startsWith("-"));
  const removed = on.join(...paths.map((path) => on.remove(isPattern(path) ? { ...path, glob: true } : path, { recursive: true })), on.fine());
  return { ...removed, edits: edits(call, on, paths) };
}

const isPattern = ({ text }: Arg): boolean => /[*?{[]/.test(text);

function edits({ word, args }: Call, { setting }: Evaluation, paths: readonly Arg[]): readonly Edit[] {
  const plain = paths.length === args.length && paths.every((path) => path.glob || !isPattern(path));
  if (word.at === null || setting.governed || !plain) return [];
  return [{ at: word.at, text: `${setting.trash_command} -rf --`, kind: "trash" }];
}
