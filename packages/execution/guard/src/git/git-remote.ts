// Subcommands that fetch from other repositories: what is fetched is data; helpers that run programs are refused.
import { type Arg, literal, taintedStream } from "../arg.ts";
import { grammar } from "../options.ts";
import type { Evaluation, Outcome } from "../profile.ts";
import {
  callShown,
  type GitCall,
  type GitOptions,
  isOneOf,
  optionsOf,
  pathIn,
  type Subcommand,
  toolExec,
  unknownCall,
} from "./git-call.ts";
import { settingOf } from "./git-config.ts";
import { transportEffect } from "./git-transport.ts";

const fetchOptions = grammar(
  "all no-all a,append atomic depth= deepen= shallow-since= shallow-exclude= unshallow update-shallow negotiation-tip= negotiate-only dry-run porcelain write-fetch-head no-write-fetch-head f,force k,keep multiple auto-maintenance no-auto-maintenance auto-gc no-auto-gc write-commit-graph no-write-commit-graph prefetch p,prune P,prune-tags n,no-tags refetch refmap= t,tags recurse-submodules=? no-recurse-submodules j,jobs= set-upstream submodule-prefix= recurse-submodules-default= u,update-head-ok upload-pack= q,quiet v,verbose progress no-progress o,server-option= show-forced-updates no-show-forced-updates 4,ipv4 6,ipv6 filter= stdin bundle-uri=",
);

/** `git fetch`: moves remote-tracking refs; moving a branch of one's own by force asks. */
export const fetch: Subcommand = (git, on) => {
  const read = optionsOf(git, fetchOptions);
  const [remote, ...refs] = read.operands;
  // `+main:main` moves a branch of one's own; remote-tracking refs are made to be moved.
  const moved = refs.some(
    ({ text }) =>
      text.includes(":") &&
      !/:refs\/(?:remotes|tags|pull|prefetch)\//.test(text) &&
      (text.startsWith("+") || read.has("force")),
  );
  return on.join(
    ...reached(git, on, { read, remote }),
    ...fromElsewhere(git, on, remote),
    moved ? on.effect("git.history", `run \`${callShown(git)}\`, which moves a branch here`) : on.fine(),
  );
};

// What every program that fetches has in common.
function reached(
  git: GitCall,
  on: Evaluation,
  { read, remote }: { readonly read: GitOptions; readonly remote: Arg | undefined },
): readonly Outcome[] {
  const runner = [...read.values("upload-pack"), ...read.values("exec")].some(
    (value) => !isOneOf(value, /^(?:\/usr\/bin\/)?git-upload-pack$/),
  );
  const place = remote === undefined ? null : transportEffect(on, remote);
  return [
    ...(runner ? [toolExec(on, `run \`${callShown(git)}\`, which names the program on the other side`)] : []),
    ...(place === null ? [] : [place]),
    ...read.unknown.map(() => unknownCall(git, on)),
  ];
}

const pullOptions = grammar(
  "q,quiet v,verbose progress no-progress recurse-submodules=? no-recurse-submodules commit no-commit e,edit no-edit cleanup= ff no-ff ff-only S,gpg-sign=? no-gpg-sign log=? no-log signoff no-signoff n,stat no-stat compact-summary squash no-squash verify no-verify s,strategy= X,strategy-option= verify-signatures no-verify-signatures summary no-summary autostash no-autostash allow-unrelated-histories r,rebase=? no-rebase all no-all a,append atomic depth= deepen= shallow-since= shallow-exclude= unshallow update-shallow negotiation-tip= dry-run f,force k,keep p,prune no-tags refmap= t,tags j,jobs= set-upstream upload-pack= o,server-option= show-forced-updates no-show-forced-updates 4,ipv4 6,ipv6 update-head-ok",
);

/** `git pull`. */
export const pull: Subcommand = (git, on) => {
  const read = optionsOf(git, pullOptions);
  return on.join(
    ...reached(git, on, { read, remote: read.operands[0] }),
    ...fromElsewhere(git, on, read.operands[0]),
    ...strategies(git, on, read),
    on.fine(),
  );
};

/** `-s NAME` runs `git-merge-NAME`. */
export const strategies = (git: GitCall, on: Evaluation, read: GitOptions): readonly Outcome[] =>
  read
    .values("strategy")
    .flatMap((value) =>
      isOneOf(value, /^(?:ort|recursive|resolve|octopus|ours|subtree)$/) ? [] : [unknownCall(git, on)],
    );

const cloneOptions = grammar(
  "v,verbose q,quiet progress no-progress l,local no-local s,shared no-hardlinks n,no-checkout bare mirror recurse-submodules=? recursive=? j,jobs= template= reference= reference-if-able= dissociate o,origin= b,branch= revision= u,upload-pack= depth= shallow-since= shallow-exclude= single-branch no-single-branch no-tags tags shallow-submodules no-shallow-submodules separate-git-dir= ref-format= c,config= server-option= 4,ipv4 6,ipv6 filter= also-filter-submodules remote-submodules no-remote-submodules sparse bundle-uri= reject-shallow no-reject-shallow",
);

/** `git clone`: settings, templates and programs that it is handed are judged; what it fetches is not run in the same line. */
export const clone: Subcommand = (git, on) => {
  const read = optionsOf(git, cloneOptions);
  const [from, to] = read.operands;
  const settings = read.values("config").map((value) => settingOf(on, value));
  const template = read
    .values("template")
    .filter(({ text }) => text !== "")
    .map(() => on.effect("code-injection.config", `run \`${callShown(git)}\`, whose template may hold hooks`));
  const known = reached(git, on, { read, remote: from });
  return on.join(
    ...known,
    ...settings,
    ...template,
    from === undefined ? on.fine() : fetchedFolder(git, on, to ?? literal(folderOf(from.text))),
  );
};

const folderOf = (url: string): string =>
  url
    .replace(/\/+$/, "")
    .replace(/(?:\/\.git|\.git|\.bundle)$/, "")
    .split(/[/:]/)
    .at(-1) ?? url;

// `git pull URL`: whatever stands there is in the working tree now, or one checkout away.
function fromElsewhere(git: GitCall, on: Evaluation, remote: Arg | undefined): readonly Outcome[] {
  if (remote === undefined || !/:\/\/|^[^/]+:/.test(remote.text)) return [];
  return [on.created(pathIn(git, literal("./")), { content: taintedStream(["network"]), copy_of: null })];
}

/** A folder whose content a network chose: what lies below it is not run in the same line. */
export function fetchedFolder(git: GitCall, on: Evaluation, folder: Arg): Outcome {
  const path = pathIn(git, folder);
  const written = on.write({ ...path, text: `${path.text}/x`, at: null }, "create");
  return on.join(
    written,
    on.created({ ...path, text: `${path.text}/`, at: null }, { content: taintedStream(["network"]), copy_of: null }),
  );
}

/** `git ls-remote` prints what a network answers. */
export const lsRemote: Subcommand = (git, on) => {
  const read = optionsOf(
    git,
    grammar(
      "h,heads b,branches t,tags refs upload-pack= exec= q,quiet exit-code get-url symref sort= o,server-option=",
    ),
  );
  return on.printing(
    on.join(...reached(git, on, { read, remote: read.operands[0] }), on.fine()),
    taintedStream(["network"]),
  );
};

/** `git remote`: names of places; helpers that run programs are refused. */
export const remote: Subcommand = (git, on) => {
  const read = optionsOf(
    git,
    grammar(
      "v,verbose t= m= f,fetch tags no-tags mirror=? n push all add d,delete a,auto p,prune dry-run progress no-progress",
    ),
  );
  const [verb, , ...rest] = read.operands;
  const places = rest.flatMap((place) => transportEffect(on, place) ?? []);
  switch (verb?.text ?? "") {
    case "":
    case "show":
    case "get-url":
    case "update":
    case "prune":
    case "rename":
    case "set-head":
    case "set-branches":
      return on.fine();
    case "add":
    case "set-url":
    case "remove":
    case "rm":
      return on.join(...places, on.fine());
    default:
      return unknownCall(git, on);
  }
};
