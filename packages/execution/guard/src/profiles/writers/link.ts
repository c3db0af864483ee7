// Links: what one leads to is what later parts of the line read, write, delete or run through it.
import { type Arg, literal } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import { parentOf } from "../../paths/fold-path.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { withGnuNames } from "../_gnu-names.ts";
import { isNowhere, targetsOf, writeFile } from "../_written-files.ts";

const options = grammar(
  "backup=? b d,F,directory f,force i,interactive L,logical n,no-dereference h P,physical r,relative s,symbolic S,suffix= t,target-directory= T,no-target-directory v,verbose w help version",
);

export const profile: Profile = {
  names: [...withGnuNames(["ln", "link"]), "symlink", "stow"],
  summary: "makes links",
  judge: (call, on) => {
    const given = readOptions(call.args, options);
    if (given.has("help", "version")) return on.fine();
    const named = given.value("target-directory");
    const only = named === undefined && given.operands.length === 1;
    const link = named ?? (only ? literal(".") : given.operands.at(-1));
    const targets = named !== undefined || only ? given.operands : given.operands.slice(0, -1);
    if (link === undefined || call.name === "stow") return on.join(on.write(literal("."), "create"), on.fine());
    const folder =
      named !== undefined || only ? true : given.has("no-target-directory", "no-dereference", "h") ? false : "look";
    const symbolic = given.has("symbolic") && !given.has("relative");
    return on.join(
      ...targetsOf(on, targets, link, { folder }).map(([target, path]) => linked(call, on, { target, path, symbolic })),
      on.fine(),
    );
  },
  matches: [
    { line: "ln -s /usr/bin/sudo s; ./s id", decision: "deny", effect: "privilege.elevate" },
    { line: "cp /usr/bin/sudo a; ln -s a b; ./b id", decision: "deny", effect: "privilege.elevate" },
    { line: "ln -s ~/.ssh/authorized_keys k; echo x >> k", decision: "deny", effect: "system.ssh-key" },
    { line: "ln -s / r && rm -rf r/etc", decision: "deny", effect: "delete.floor" },
    { line: "ln -s ../../../../etc src/e; echo x > src/e/hosts", decision: "deny", effect: "system.write" },
    { line: "ln -sf /dev/null src/a.ts", decision: "rewrite", effect: "delete.overwrite-empty" },
    { line: "ln -s ~/x /usr/local/bin/tool", decision: "deny", effect: "system.write" },
    { line: "ln -s ~/.ssh/id_ed25519 k.txt; cat k.txt", decision: "ask", effect: "exfil.secret-read" },
    { line: "ln -sf ../x .git/hooks/pre-commit", decision: "deny", effect: "git.hook" },
  ],
  spares: [
    "ln -s ../src/a.ts dist/a.ts",
    "ln -sfn dist current",
    "ln -s /usr/share/dict/words words",
    "ln -s src s && cat s/a.ts",
  ],
};

function linked(
  call: Call,
  on: Evaluation,
  { target, path, symbolic }: { readonly target: Arg; readonly path: Arg; readonly symbolic: boolean },
): Outcome {
  const written = writeFile(call, on, path, isNowhere(target) ? "empty" : "overwrite");
  const [place] = on.places(symbolic ? fromLink(on, target, path) : target);
  const real = place?.real ?? null;
  const program = place?.real_zone === "system" ? real : null;
  on.created(path, { content: null, copy_of: program, ...(real === null ? {} : { link_to: real }) });
  return written;
}

// A relative target is read from the link's own folder.
function fromLink(on: Evaluation, target: Arg, path: Arg): Arg {
  if (target.text.startsWith("/")) return target;
  const entry = on.places(path)[0]?.entry;
  return entry == null ? target : { ...target, text: `${parentOf(entry)}/${target.text}`, at: null };
}
