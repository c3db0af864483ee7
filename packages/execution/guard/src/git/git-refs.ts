// Subcommands that change refs and history: what can be found again by name passes, what cannot asks.
import { HOLE } from "../arg.ts";
import { grammar } from "../options.ts";
import { type GitOptions, history, oddOptions, optionsOf, type Subcommand, unknownCall } from "./git-call.ts";
import { movedBranch } from "./git-work.ts";

const branchOptions = grammar(
  "d,delete D f,force m,move M c,copy C l,list a,all r,remotes v,verbose q,quiet t,track=? no-track u,set-upstream-to= unset-upstream set-upstream edit-description show-current contains=? no-contains=? with=? without=? merged=? no-merged=? sort= points-at= format= color=? no-color column=? no-column abbrev=? no-abbrev i,ignore-case create-reflog recurse-submodules omit-empty",
);

/** `git branch`: `-d` refuses what is not merged and passes; `-D`, `-M`, `-f` over a branch ask. */
export const branch: Subcommand = (git, on) => {
  const read = optionsOf(git, branchOptions);
  const odd = read.unknown.map(() => unknownCall(git, on));
  if (read.has("D", "M", "C") || (read.has("delete", "move", "copy") && read.has("force")))
    return on.join(...odd, history(git, on));
  // Names that another command prints: `git branch --merged | xargs git branch -d` refuses what is not merged.
  if (read.has("delete")) return on.join(...odd, on.fine());
  if (read.has("force")) return on.join(...odd, movedBranch(git, on, read.words[0]?.text));
  const maybe = oddOptions(git, on, { ...read, unknown: [] }, 1);
  if (read.has("show-current"))
    return on.fine({ text: `b${HOLE}\n`, taints: new Set(["output"]), files: [], from: "pipe" });
  return on.join(...odd, ...maybe, on.fine());
};

const tagOptions = grammar(
  "a,annotate s,sign no-sign u,local-user= f,force d,delete v,verify n=? l,list sort= color=? i,ignore-case omit-empty column=? no-column contains=? no-contains=? merged=? no-merged=? points-at=? m,message= F,file= e,edit cleanup= create-reflog format= trailer=",
);

/** `git tag`: deleting and moving tags asks. */
export const tag: Subcommand = (git, on) => {
  const read = optionsOf(git, tagOptions);
  const file = read.value("file");
  const reads = file === undefined || file.text === "-" ? [] : [on.read(file)];
  return on.join(
    ...reads,
    ...read.unknown.map(() => unknownCall(git, on)),
    read.has("delete", "force") ? history(git, on) : on.fine(),
  );
};

/** `git reflog` and its reading forms pass. */
export const reflog: Subcommand = (git, on) => {
  const [verb, ...rest] = git.args;
  const name = verb?.text ?? "show";
  const read = optionsOf(
    { ...git, args: rest },
    grammar("n,dry-run all single-worktree updateref rewrite verbose expire= expire-unreachable= stale-fix"),
  );
  if (/^(?:expire|delete|drop)$/.test(name) || name.startsWith(HOLE))
    return read.has("dry-run") ? on.fine() : history(git, on);
  return on.fine();
};

const gcOptions = grammar(
  "aggressive auto detach no-detach cruft no-cruft max-cruft-size= expire-to= prune=? no-prune q,quiet force keep-largest-pack",
);

/** Plain gc keeps what was lost less than two weeks ago; a date of one's own does not. */
export const gc: Subcommand = (git, on) => {
  const read = optionsOf(git, gcOptions);
  const date = read.given.findLast(({ name }) => name === "prune")?.value?.text;
  const hasty =
    date !== undefined && !/^(?:never|false|2\.weeks\.ago|(?:[1-9]\d?|1\d\d)\.(?:months?|years?)\.ago)$/.test(date);
  return on.join(...oddOptions(git, on, read), hasty ? history(git, on) : on.fine());
};

/** `git prune` drops what nothing refers to any more. */
export const prune: Subcommand = (git, on) => {
  const read = optionsOf(git, grammar("n,dry-run v,verbose progress no-progress expire=? exclude-promisor-objects"));
  return read.has("dry-run") ? on.fine() : history(git, on);
};

/** `git symbolic-ref`: `-d` drops a name. */
export const symbolicRef: Subcommand = (git, on) => {
  const read = optionsOf(git, grammar("d,delete q,quiet short recurse no-recurse m="));
  if (read.has("delete")) return history(git, on);
  return read.operands.length > 1
    ? on.join(...oddOptions(git, on, read), on.fine())
    : on.fine({ text: `b${HOLE}\n`, taints: new Set(["output"]), files: [], from: "pipe" });
};

/** Anything that is asked of it moves or drops a ref. */
export const moves: Subcommand = (git, on) => history(git, on);

/** `git replace`: listing passes. */
export const replace: Subcommand = (git, on) => {
  const reading =
    git.args.every(({ text }) => /^(?:-l|--list|--format=.*)$/.test(text) || !text.startsWith("-")) &&
    (git.args.length === 0 || git.args.some(({ text }) => /^(?:-l|--list)$/.test(text)));
  return reading ? on.fine() : history(git, on);
};

/** `git notes`. */
export const notes: Subcommand = (git, on) => {
  const verb = verbAfter(optionsOf(git, grammar("ref=")));
  if (/^(?:list|add|copy|append|edit|show|merge|remove|get-ref|)$/.test(verb)) return on.fine();
  return verb === "prune" ? history(git, on) : unknownCall(git, on);
};

/** `git maintenance`: `start` and `register` change what runs in the background. */
export const maintenance: Subcommand = (git, on) => {
  const verb = verbAfter(optionsOf(git, grammar("auto schedule=? q,quiet task=")));
  if (verb === "run" || verb === "") return on.fine();
  if (/^(?:start|stop|register|unregister)$/.test(verb))
    return on.effect("system.persist", `run \`git maintenance ${verb}\`, which changes what runs in the background`);
  return unknownCall(git, on);
};

/** The first word that is no option. */
export const verbAfter = ({ operands }: Pick<GitOptions, "operands">): string => operands[0]?.text ?? "";

const fastImport = /^--force$|^--f/;

/** `git fast-import`: `--force` moves branches to what does not hold them. */
export const importHistory: Subcommand = (git, on) =>
  git.args.some(({ text }) => fastImport.test(text)) ? history(git, on) : on.fine();

/** Programs that write new history over the old: their trial runs pass. */
export const rewriteHistory: Subcommand = (git, on) => {
  const trial = git.args.some(({ text }) => /^(?:--dry-run|--analyze|--help|-h|--version)$/.test(text));
  const callbacks = git.args.flatMap(({ text }, index) => {
    const match = /^--[a-z-]*callback(?:=([^]*))?$/.exec(text);
    const value =
      match === null
        ? undefined
        : match[1] === undefined
          ? git.args[index + 1]
          : { ...git.args[index], text: match[1] };
    return value?.text === undefined || git.args[index] === undefined
      ? []
      : [{ ...git.args[index], text: value.text, at: null }];
  });
  return on.join(...callbacks.map((code) => on.code("python", code)), trial ? on.fine() : history(git, on));
};
