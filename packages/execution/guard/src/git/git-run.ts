// Subcommands that run a command of the caller's choosing for every commit, every test, every file.
import { type Arg, literal } from "../arg.ts";
import { grammar } from "../options.ts";
import type { Evaluation, Outcome } from "../profile.ts";
import {
  callShown,
  type GitCall,
  history,
  isOneOf,
  oddOptions,
  optionsOf,
  type Subcommand,
  toolExec,
  unknownCall,
} from "./git-call.ts";
import { namesOfFiles } from "./git-read.ts";
import { strategies } from "./git-remote.ts";

const rebaseOptions = grammar(
  "onto= keep-base no-keep-base verify no-verify q,quiet n,no-stat stat v,verbose signoff committer-date-is-author-date reset-author-date ignore-date C= ignore-whitespace whitespace= f,force-rebase no-ff ff continue skip abort quit edit-todo show-current-patch apply m,merge i,interactive preserve-merges rerere-autoupdate no-rerere-autoupdate empty= k,keep-empty no-keep-empty autosquash no-autosquash update-refs no-update-refs S,gpg-sign=? no-gpg-sign autostash no-autostash x,exec= r,rebase-merges=? no-rebase-merges fork-point no-fork-point s,strategy= X,strategy-option= root reschedule-failed-exec no-reschedule-failed-exec reapply-cherry-picks no-reapply-cherry-picks",
);

/** `git rebase`: `-x` runs a shell program after each commit. */
export const rebase: Subcommand = (git, on) => {
  const read = optionsOf(git, rebaseOptions);
  const scripts = read.values("exec").map((text) => on.script(text));
  return on.join(...scripts, ...strategies(git, on, read), ...oddOptions(git, on, read), on.fine());
};

/** `git bisect`: `run` starts a command. */
export const bisect: Subcommand = (git, on) => {
  const [verb, ...rest] = git.args;
  if (verb?.text === "run") return rest.length === 0 ? on.fine() : on.run(rest);
  return /^(?:start|bad|new|good|old|skip|reset|visualize|view|replay|log|terms|next|help)$/.test(verb?.text ?? "help")
    ? on.fine()
    : unknownCall(git, on);
};

const filterOptions = grammar(
  "setup= subdirectory-filter= env-filter= tree-filter= index-filter= parent-filter= msg-filter= commit-filter= tag-name-filter= prune-empty original= d= f,force state-branch= remap-to-ancestor",
  { single: true },
);

/** Every filter is a shell program; the whole rewrites history. */
export const filterBranch: Subcommand = (git, on) => {
  const read = optionsOf(git, filterOptions);
  const scripts = read.given.flatMap(({ name, value }) =>
    /^(?:setup|.*-filter)$/.test(name) && name !== "subdirectory-filter" && value !== undefined
      ? [on.script(value)]
      : [],
  );
  return on.join(...scripts, history(git, on));
};

const plainTool =
  /^(?:diff|colordiff|vimdiff|nvim -d|vim -d|meld|kdiff3|opendiff|delta|difft|diff -u|code --wait --diff)$/;

/** `git difftool`: `-x` names a program. */
export const difftool: Subcommand = (git, on) => {
  const read = optionsOf(
    git,
    grammar(
      "d,dir-diff y,no-prompt prompt rotate-to= skip-to= t,tool= tool-help x,extcmd= symlinks no-symlinks gui g no-gui trust-exit-code no-trust-exit-code no-index O=",
    ),
  );
  return on.join(...read.values("extcmd").map((value) => runner(git, on, value, plainTool)), on.fine());
};

function runner(git: GitCall, on: Evaluation, value: Arg, plain: RegExp): Outcome {
  return isOneOf(value, plain) ? on.fine() : toolExec(on, `run \`${callShown(git)}\`, which names a program to start`);
}

/** `git merge-index PROGRAM`: the first word is started for each path. */
export const mergeIndex: Subcommand = (git, on) => {
  const words = git.args.filter(({ text }) => !/^-[oq]$/.test(text));
  const [program] = words;
  return program === undefined || isOneOf(program, /^git-merge-one-file$/) ? on.fine() : on.run(words);
};

/** `git for-each-repo --config=KEY WORDS`: the words are a call of git. */
export const forEachRepo: Subcommand = (git, on) => {
  const words = git.args.filter(({ text }) => !/^--(?:config=.*|keep-going|no-keep-going)$/.test(text));
  return words.length === 0 ? on.fine() : on.run([literal("git"), ...words]);
};

const grepOptions = grammar(
  "cached untracked no-index exclude-standard no-exclude-standard recurse-submodules a,text textconv no-textconv i,ignore-case I max-depth= r,recursive no-recursive w,word-regexp v,invert-match h H full-name E,extended-regexp G,basic-regexp P,perl-regexp F,fixed-strings n,line-number column l,files-with-matches,name-only L,files-without-match O,open-files-in-pager=? z,null o,only-matching c,count color=? no-color break heading p,show-function A,after-context= B,before-context= C,context= W,function-context m,max-count= threads= f= e= and or not all-match q,quiet max-count= parent-basename= ext-grep 0 1 2 3 4 5 6 7 8 9",
);

/** `git grep`: `-O` starts a pager, `--no-index` reads any file. */
export const grep: Subcommand = (git, on) => {
  const read = optionsOf(git, grepOptions);
  const pagers = read.given.flatMap(({ name, value }) =>
    name === "open-files-in-pager" && value !== undefined
      ? [runner(git, on, value, /^(?:less|more|vim?|nvim|emacs|cat)$/)]
      : [],
  );
  const odd = read.unknown.filter(({ text }) => /O|^--o/.test(text)).map(() => unknownCall(git, on));
  const files = read.has("no-index") ? [...(read.paths ?? read.words.slice(read.has("e", "f") ? 0 : 1))] : [];
  return on.join(
    ...pagers,
    ...odd,
    ...[...files, ...read.values("f")].map((path) => on.read(path)),
    on.fine(read.has("name-only", "files-without-match") && !read.has("no-index") ? namesOfFiles(git, on) : undefined),
  );
};
