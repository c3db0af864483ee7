// Subcommands that change the working tree: what keeps uncommitted work passes, what gives it up asks.
import { HOLE } from "../arg.ts";
import { grammar } from "../options.ts";
import {
  discard,
  type GitCall,
  type GitOptions,
  history,
  oddOptions,
  optionsOf,
  pathIn,
  type Subcommand,
  unknownCall,
} from "./git-call.ts";
import { isPathspec, refExists } from "./git-repository.ts";
import type { Evaluation, Outcome } from "../profile.ts";

// SECURITY: files that hold the agent are tracked like any other; git must not bring back, move or remove them either.
function guardedPaths(git: GitCall, on: Evaluation): readonly Outcome[] {
  const held = git.args
    .filter(({ text }) => !text.startsWith("-") && !text.includes(HOLE))
    .map((path) => pathIn(git, path));
  return held.flatMap((path) =>
    on.places(path).some(({ zone, real_zone }) => guarded.has(zone) || guarded.has(real_zone))
      ? [on.write(path, "append")]
      : [],
  );
}

const guarded: ReadonlySet<string> = new Set(["agent-config", "guard", "git-hook"]);

const resetOptions = grammar(
  "soft mixed hard merge keep N,intent-to-add q,quiet p,patch recurse-submodules=? no-recurse-submodules pathspec-from-file= pathspec-file-nul no-refresh refresh U,unified= inter-hunk-context=",
);

/** `git reset`: keeps the working tree unless it is told not to. */
export const reset: Subcommand = (git, on) => {
  const read = optionsOf(git, resetOptions);
  const odd = oddOptions(git, on, read);
  return on.join(...odd, read.has("hard", "merge", "keep") ? discard(git, on) : on.fine());
};

const checkoutOptions = grammar(
  "b= B= orphan= f,force m,merge conflict= ours theirs p,patch pathspec-from-file= pathspec-file-nul detach,d t,track=? no-track l q,quiet progress no-progress guess no-guess overlay no-overlay overwrite-ignore no-overwrite-ignore recurse-submodules=? no-recurse-submodules ignore-skip-worktree-bits ignore-other-worktrees U,unified= inter-hunk-context=",
);

/** `git checkout`: switches, makes branches, or replaces files. */
export const checkout: Subcommand = (git, on) => {
  const read = optionsOf(git, checkoutOptions);
  const odd = [...oddOptions(git, on, read), ...guardedPaths(git, on)];
  if (read.has("force")) return on.join(...odd, discard(git, on));
  const made = read.value("b") ?? read.value("B") ?? read.value("orphan");
  if (made !== undefined)
    return on.join(...odd, read.has("B") ? movedBranch(git, on, read.value("B")?.text) : on.fine());
  return on.join(...odd, replacesPaths(git, on, read) ? discard(git, on) : on.fine());
};

// `git checkout [TREE] [--] PATH…` replaces files; one word that is a branch switches.
function replacesPaths(git: GitCall, on: Evaluation, read: GitOptions): boolean {
  if (
    read.has(
      "patch",
      "ours",
      "theirs",
      "conflict",
      "pathspec-from-file",
      "no-overlay",
      "overlay",
      "ignore-skip-worktree-bits",
    )
  )
    return true;
  if ((read.paths?.length ?? 0) > 0) return true;
  const [first, ...others] = read.words;
  if (first === undefined) return false;
  // `git checkout -t origin/x`, `git checkout --detach`: a ref is wanted.
  if (read.has("track", "d")) return others.length > 0;
  return others.length > 0 || (read.paths === null && isPathspec(git, on, first));
}

/** A branch that is made anew where it stands already loses what it had. */
export function movedBranch(git: GitCall, on: Evaluation, name: string | undefined): Outcome {
  const gone = name === undefined || name.includes(HOLE) || refExists(git, on, `refs/heads/${name}`) !== false;
  return gone ? history(git, on) : on.fine();
}

const switchOptions = grammar(
  "c,create= C,force-create= d,detach f,force discard-changes m,merge conflict= q,quiet progress no-progress t,track=? no-track guess no-guess orphan= ignore-other-worktrees recurse-submodules=? no-recurse-submodules overwrite-ignore no-overwrite-ignore",
);

/** `git switch`: refuses to lose changes unless it is told to. */
export const switchTo: Subcommand = (git, on) => {
  const read = optionsOf(git, switchOptions);
  const odd = oddOptions(git, on, read, 1);
  if (read.has("force", "discard-changes")) return on.join(...odd, discard(git, on));
  return on.join(...odd, read.has("force-create") ? movedBranch(git, on, read.value("force-create")?.text) : on.fine());
};

const restoreOptions = grammar(
  "S,staged W,worktree s,source= p,patch m,merge conflict= ours theirs q,quiet progress no-progress ignore-unmerged overlay no-overlay recurse-submodules=? no-recurse-submodules ignore-skip-worktree-bits pathspec-from-file= pathspec-file-nul U,unified= inter-hunk-context=",
);

/** `git restore`: the index alone passes, the working tree asks. */
export const restore: Subcommand = (git, on) => {
  const read = optionsOf(git, restoreOptions);
  const odd = [...oddOptions(git, on, read, 1), ...guardedPaths(git, on)];
  const indexOnly = read.has("staged") && !read.has("worktree") && read.unknown.length === 0;
  return on.join(...odd, indexOnly || read.operands.length + git.args.length === 0 ? on.fine() : discard(git, on));
};

const cleanOptions = grammar("d f,force i,interactive n,dry-run q,quiet e,exclude= x X no-dry-run");

/** `git clean`: only a dry run passes. */
export const clean: Subcommand = (git, on) => {
  const read = optionsOf(git, cleanOptions);
  const odd = oddOptions(git, on, read);
  if (read.has("dry-run") && !read.has("no-dry-run") && odd.length === 0) return on.fine();
  // Without `-f` git refuses, unless a setting says otherwise.
  return on.join(...odd, discard(git, on, { ignored: read.has("x", "X") }));
};

const rmOptions = grammar(
  "f,force n,dry-run r cached ignore-unmatch sparse q,quiet pathspec-from-file= pathspec-file-nul",
);

/** git itself refuses to remove what is not committed as it stands; `-f` does not. */
export const rm: Subcommand = (git, on) => {
  const read = optionsOf(git, rmOptions);
  if (read.has("dry-run", "cached")) return on.fine();
  const all = read.operands.some(
    (path) =>
      /^(?:\.|:\/|\*)$/.test(path.text) || on.places(pathIn(git, path)).some(({ zone }) => zone === "workspace-root"),
  );
  return on.join(
    ...oddOptions(git, on, read, 1),
    ...guardedPaths(git, on),
    read.has("force") || all ? discard(git, on) : on.fine(),
  );
};

const mvOptions = grammar("f,force k n,dry-run v,verbose sparse");

/** `git mv`: `-f` replaces what stands there. */
export const mv: Subcommand = (git, on) => {
  const read = optionsOf(git, mvOptions);
  return on.join(
    ...oddOptions(git, on, read, 2),
    ...guardedPaths(git, on),
    read.has("force") && !read.has("dry-run") ? discard(git, on) : on.fine(),
  );
};

/** `git read-tree`: `--reset` and `-u` change the working tree. */
export const readTree: Subcommand = (git, on) => {
  const read = optionsOf(
    git,
    grammar(
      "m u i n,dry-run v trivial aggressive reset prefix= index-output= q,quiet empty no-sparse-checkout recurse-submodules=? super-prefix= exclude-per-directory=",
    ),
  );
  if (read.has("dry-run")) return on.fine();
  return on.join(...oddOptions(git, on, read), read.has("reset", "u") ? discard(git, on) : on.fine());
};

/** `git checkout-index`: `-f` replaces files. */
export const checkoutIndex: Subcommand = (git, on) => {
  const read = optionsOf(
    git,
    grammar("u,index q,quiet f,force a,all n,no-create prefix= stage= temp stdin z ignore-skip-worktree-bits"),
  );
  const prefix = read.value("prefix");
  if (prefix !== undefined)
    return on.join(
      ...oddOptions(git, on, read),
      on.write(pathIn(git, { ...prefix, text: `${prefix.text}x` }), "create"),
    );
  return on.join(...oddOptions(git, on, read), read.has("force") ? discard(git, on) : on.fine());
};

const stashPush = grammar(
  "p,patch S,staged k,keep-index no-keep-index q,quiet u,include-untracked a,all m,message= pathspec-from-file= pathspec-file-nul index U,unified= inter-hunk-context=",
);

/** `git stash`: what is put aside passes, what drops it asks. */
export const stash: Subcommand = (git, on) => {
  const [first, ...rest] = git.args;
  if (first === undefined) return on.fine();
  const verb = first.text;
  if (/^(?:list|show|apply|pop|branch|create|store|export|import)$/.test(verb)) return on.fine();
  if (verb === "push" || verb === "save")
    return on.join(
      ...guardedPaths(git, on),
      ...optionsOf({ ...git, args: rest }, stashPush).unknown.map(() => unknownCall(git, on)),
      on.fine(),
    );
  if (verb === "drop" || verb === "clear") return history(git, on);
  if (!verb.startsWith("-")) return unknownCall(git, on);
  return on.join(...optionsOf(git, stashPush).unknown.map(() => unknownCall(git, on)), on.fine());
};

/** `git sparse-checkout`: narrowing it removes files. */
export const sparseCheckout: Subcommand = (git, on) => {
  const verb = git.args.find(({ text }) => !text.startsWith("-"))?.text ?? "";
  if (/^(?:list|add|disable|check-rules|)$/.test(verb)) return on.fine();
  return discard(git, on);
};

const worktreeOptions = grammar(
  "f,force detach,d b= B= checkout no-checkout lock reason= orphan q,quiet track no-track guess-remote no-guess-remote relative-paths no-relative-paths v,verbose porcelain z n,dry-run expire=",
);

/** `git worktree`. */
export const worktree: Subcommand = (git, on) => {
  const [verb, ...rest] = git.args;
  const inner = { ...git, args: rest };
  const read = optionsOf(inner, worktreeOptions);
  const odd = oddOptions(git, on, read, 1);
  switch (verb?.text ?? "list") {
    case "list":
      return on.fine();
    case "remove":
      return on.join(...odd, read.has("force") ? discard({ ...git, dir: read.operands[0] ?? git.dir }, on) : on.fine());
    case "add":
      return on.join(
        ...odd,
        read.has("B") ? movedBranch(git, on, read.value("B")?.text) : on.fine(),
        guardedTarget(on, git, read),
      );
    case "lock":
    case "unlock":
    case "move":
    case "prune":
    case "repair":
      return on.join(...odd, on.fine());
    default:
      return unknownCall(git, on);
  }
};

// A worktree beside the project is everyday; one in a system folder, or over the guard's own, is not.
function guardedTarget(on: Evaluation, git: GitCall, { operands }: GitOptions): Outcome {
  const [target] = operands;
  if (target === undefined) return on.fine();
  const path = pathIn(git, target);
  const mild = new Set(["workspace", "workspace-root", "temporary", "cache", "outside", "home", "secret"]);
  return on.places(path).every(({ zone }) => mild.has(zone))
    ? on.fine()
    : on.write({ ...path, text: `${path.text}/x` }, "create");
}

/** `git add`: what is staged is pushed sooner or later; a secret among it is asked about. */
export const stageFiles: Subcommand = (git, on) => {
  const named = git.args.filter(({ text }) => !text.startsWith("-") && !text.includes(HOLE));
  const secrets = named.filter((word) =>
    on
      .places(pathIn(git, word))
      .some(({ zone, real_zone, any_child }) => !any_child && (zone === "secret" || real_zone === "secret")),
  );
  const trial = git.args.some(({ text }) => /^(?:-n|--dry-run)$/.test(text));
  return on.join(
    ...(trial ? [] : secrets).map(({ text }) =>
      on.effect("exfil.secret-read", `put the secret \`${text}\` into the repository`),
    ),
    on.fine(),
  );
};
