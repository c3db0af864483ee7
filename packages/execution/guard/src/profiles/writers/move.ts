// Moving and renaming: the source leaves its place, the target is replaced and can be brought back.
import { type Arg, known, literal } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { withGnuNames } from "../_gnu-names.ts";
import { isNowhere, takesAway, targetsOf, writeFile } from "../_written-files.ts";
import { oddWords } from "../_words.ts";

const options = grammar(
  "backup=? b debug exchange f,force i,interactive n,no-clobber no-copy strip-trailing-slashes S,suffix= t,target-directory= T,no-target-directory update=? u v,verbose Z context h help version",
);

export const profile: Profile = {
  names: [...withGnuNames(["mv"]), "rename", "prename", "perl-rename", "file-rename", "mmv", "mcp", "rename.ul"],
  summary: "moves and renames files",
  judge: (call, on) => (/^g?mv$/.test(call.name) ? moved(call, on) : renamed(call, on)),
  matches: [
    { line: "mv src/a.ts /dev/null", decision: "deny", effect: "delete.trash" },
    { line: "mv /etc/passwd /tmp/p", decision: "deny", effect: "delete.floor" },
    { line: "mv ~/.ssh /tmp/x", decision: "ask", effect: "delete.important" },
    { line: "mv .git /tmp/g", decision: "ask", effect: "delete.important" },
    { line: "mv t .claude/settings.json", decision: "deny", effect: "self-protect.agent-config" },
    { line: "mv links/etc e; echo x > e/hosts", decision: "deny", effect: "system.write" },
    { line: "mv src/a.ts ~/", decision: "ask", effect: "unknown.outside-write" },
    { line: "cp /usr/bin/sudo a; mv a b; ./b id", decision: "deny", effect: "privilege.elevate" },
    { line: "rename 'system(\"sudo id\")' *.ts", decision: "deny", effect: "privilege.elevate" },
  ],
  spares: [
    "mv src/old-name.ts src/new-name.ts",
    "mv -n src/a.ts dist/",
    "mv src/a.ts /tmp/a.ts",
    "mv dist dist.old && ls dist.old",
    "rename 's/\\.jpeg$/.jpg/' *.jpeg",
    "rename .txt .md notes.txt",
  ],
};

function moved(call: Call, on: Evaluation): Outcome {
  const given = readOptions(call.args, options);
  if (given.has("help", "version")) return on.fine();
  const named = given.value("target-directory");
  const target = named ?? given.operands.at(-1);
  const sources = named === undefined ? given.operands.slice(0, -1) : given.operands;
  const odd = oddWords(on, call.name, given.unknown);
  if (target === undefined) return on.join(...odd, on.fine());
  if (isNowhere(target))
    return on.join(...odd, ...sources.map((source) => on.remove(source, { recursive: true })), on.fine());
  const folder = named !== undefined ? true : given.has("no-target-directory") ? false : "look";
  const moves = targetsOf(on, sources, target, { folder }).flatMap(([source, path]) => [
    takesAway(on, source),
    arrives(call, on, { source, path, keeps: given.has("no-clobber") }),
  ]);
  return on.join(...odd, ...moves, on.fine({ text: "", taints: new Set(), files: [], from: "pipe" }));
}

function arrives(
  call: Call,
  on: Evaluation,
  { source, path, keeps }: { readonly source: Arg; readonly path: Arg; readonly keeps: boolean },
): Outcome {
  const written = writeFile(call, on, path, keeps ? "create" : "overwrite");
  const from = on.places(source).flatMap(({ real }) => (real === null ? [] : [real]));
  // What was moved is what stood at its old place.
  on.created(path, { content: null, copy_of: null, ...(from[0] === undefined ? {} : { link_to: from[0] }) });
  // Both names are taken back together: without the source, undoing would put the old file over the only copy of the new one.
  const both = written.rescues.some(({ kind }) => kind === "path") ? from : [];
  return { ...written, rescues: [...written.rescues, ...both.map((one) => ({ kind: "path", path: one }) as const)] };
}

// A plain substitution renames; any other text is a program of perl.
const plainRename = /^(?:s(.)(?:(?!\1).)*\1(?:(?!\1).)*\1[gix]*|(?:y|tr)(.)(?:(?!\2).)*\2(?:(?!\2).)*\2[dscr]*)$/;

function renamed(call: Call, on: Evaluation): Outcome {
  const given = readOptions(
    call.args,
    grammar(
      "e,expr= E= f,force n,no-act,dry-run v,verbose s,symlink o,no-overwrite d i,interactive 0,null x X u= h,help V,version P k S= p",
    ),
  );
  if (given.has("help", "version")) return on.fine();
  const expressions = [...given.values("expr"), ...given.values("E")];
  const [first, ...rest] = given.operands;
  const program = expressions.length > 0 ? expressions : first === undefined ? [] : [first];
  const files = expressions.length > 0 ? given.operands : rest;
  const perl = program.filter(
    (text) => call.name !== "mmv" && !plainRename.test(text.text) && /[(;`{$]|\be\b/.test(text.text),
  );
  const protectedFiles = files.filter((file) => known(file) === undefined || /^[~/]|\.\./.test(file.text));
  return on.join(
    ...perl.map((text) => on.code("perl", text)),
    ...protectedFiles.map((file) => takesAway(on, file)),
    on.write(literal("."), "create"),
  );
}
