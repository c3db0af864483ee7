// Repositories inside a repository: submodules and subtrees.
import type { Arg } from "../arg.ts";
import { grammar } from "../options.ts";
import type { Evaluation, Outcome } from "../profile.ts";
import { discard, optionsOf, type Subcommand, unknownCall } from "./git-call.ts";
import { transportEffect } from "./git-transport.ts";

const submoduleOptions = grammar(
  "q,quiet cached init f,force remote N,no-fetch recommend-shallow no-recommend-shallow reference= recursive rebase merge checkout depth= filter= j,jobs= single-branch no-single-branch b,branch= name= all files d,default summary-limit= n= require-init progress dissociate ref-format=",
);

/** `git submodule`: `foreach` runs a command in each, `--force` gives changes up. */
export const submodule: Subcommand = (git, on) => {
  const first = git.args.findIndex(({ text }) => !/^(?:-q|--quiet|--cached)$/.test(text));
  const verb = git.args[first]?.text ?? "status";
  const args = first < 0 ? [] : git.args.slice(first + 1);
  if (verb === "foreach")
    return foreach(
      on,
      args.filter(({ text }, index) => index > 1 || !/^(?:--recursive|-q|--quiet)$/.test(text)),
    );
  const read = optionsOf({ ...git, args }, submoduleOptions);
  const odd = read.unknown.map(() => unknownCall(git, on));
  const forced = read.has("force");
  switch (verb) {
    case "status":
    case "init":
    case "summary":
    case "sync":
    case "set-branch":
    case "absorbgitdirs":
      return on.join(...odd, on.fine());
    case "update":
      return on.join(...odd, forced ? discard(git, on) : on.fine());
    case "deinit":
      return on.join(...odd, forced ? discard(git, on) : on.fine());
    case "add":
    case "set-url":
      return on.join(...odd, ...read.operands.flatMap((place) => transportEffect(on, place) ?? []), on.fine());
    default:
      return unknownCall(git, on);
  }
};

// One word is a shell program, several are a program and its words.
function foreach(on: Evaluation, words: readonly Arg[]): Outcome {
  const [only] = words;
  if (only === undefined) return on.fine();
  return words.length === 1 ? on.script(only) : on.run(words);
}

/** `git subtree`: joins and splits a folder's history; `pull` and `push` reach a place. */
export const subtree: Subcommand = (git, on) => {
  const read = optionsOf(
    git,
    grammar(
      "q,quiet d,debug P,prefix= m,message= annotate= b,branch= onto= ignore-joins rejoin squash no-squash S,gpg-sign=?",
    ),
  );
  const [verb, place] = read.operands;
  if (!/^(?:add|merge|split|pull|push)$/.test(verb?.text ?? "add")) return unknownCall(git, on);
  return (place === undefined ? null : transportEffect(on, place)) ?? on.fine();
};
