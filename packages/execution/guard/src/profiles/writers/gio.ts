// GNOME's file tool: its trash can be undone, its deletes cannot.
import { known } from "../../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { readFile } from "../_read-files.ts";
import { takesAway } from "../_written-files.ts";
import { asksForHelp, partOf, shown } from "../_words.ts";

export const profile: Profile = {
  names: ["gio"],
  summary: "works on files for the desktop",
  judge: (call, on) => (asksForHelp(call.args) ? on.fine() : gio(call, on)),
  matches: [
    { line: "gio trash --empty", decision: "ask", effect: "delete.trash-clear" },
    { line: "gio remove src/a.ts", decision: "deny", effect: "delete.trash" },
    { line: "gio move src/a.ts ~/.bashrc", decision: "ask", effect: "system.persist" },
    { line: "gio mount smb://example.com/x", decision: "deny", effect: "disk.mount" },
    { line: "gio trash ~", decision: "deny", effect: "delete.floor" },
  ],
  spares: ["gio trash dist", "gio list .", "gio info package.json"],
};

function gio({ args }: Call, on: Evaluation): Outcome {
  const [verb, ...rest] = args;
  const words = rest.filter(({ text }) => !text.startsWith("-"));
  const local = words.map((word) => partOf(word, word.text.replace(/^file:\/\//, "")));
  const targets = local.slice(-1);
  switch (known(verb)) {
    case "trash":
      return rest.some(({ text }) => text === "--empty")
        ? on.effect("delete.trash-clear", "empty the trash")
        : on.join(...local.map((path) => takesAway(on, path)), on.fine());
    case "remove":
      return on.join(...local.map((path) => on.remove(path, { recursive: true })), on.fine());
    case "move":
      return on.join(
        ...local.slice(0, -1).map((path) => takesAway(on, path)),
        ...targets.map((path) => on.write(path, "overwrite")),
      );
    case "copy":
      return on.join(
        ...local.slice(0, -1).map((path) => readFile(on, path)),
        ...targets.map((path) => on.write(path, "overwrite")),
      );
    case "save":
    case "mkdir":
      return on.join(...local.map((path) => on.write(path, "create")));
    case "cat":
      return on.printing(on.join(...local.map((path) => readFile(on, path))), on.contents(local));
    case "mount":
      return on.effect("disk.mount", "mount by `gio`");
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
