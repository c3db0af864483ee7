// Deleting by name: goes to the trash, where it can be brought back.
import { grammar, readOptions } from "../options.ts";
import type { Profile } from "../profile.ts";
import { trashWord } from "../trash-edit.ts";

const options = grammar(
  "f,force i I,interactive=? one-file-system no-preserve-root preserve-root=? r,R,recursive d,dir v,verbose p,parents ignore-fail-on-non-empty help version",
);

export const profile: Profile = {
  names: ["rm", "rmdir", "unlink"],
  summary: "deletes files and directories",
  judge: (call, on) => {
    const read = readOptions(call.args, options);
    if (read.has("help", "version")) return on.fine();
    // Options that are not known are taken as the worst: what is deleted is judged all the same.
    const removed = read.operands.map((path) => on.remove(path, { recursive: true }));
    const odd = read.unknown.map(({ text }) => on.effect("unknown.option", `run \`${call.name}\` with \`${text}\``));
    const root = read.has("no-preserve-root") ? [on.effect("delete.floor", "delete without sparing the root")] : [];
    return { ...on.join(...removed, ...odd, ...root, on.fine()), edits: trashWord(call, on) };
  },
  matches: [
    { line: "rm -rf dist", decision: "rewrite", effect: "delete.trash" },
    { line: "rm src/a.ts", decision: "rewrite", effect: "delete.trash" },
    { line: "rm -rf /", decision: "deny", effect: "delete.floor" },
    { line: "rm / -rf", decision: "deny", effect: "delete.floor" },
    { line: 'rm -rf "$HOME"', decision: "deny", effect: "delete.floor" },
    { line: "rm -rf $PREFIX/*", decision: "deny", effect: "delete.unknown-root" },
    { line: "rm -rf links/etc/", decision: "deny", effect: "delete.floor" },
    { line: "rm -rf .", decision: "ask", effect: "delete.important" },
  ],
  spares: ["rm --help", "rm --version"],
};
