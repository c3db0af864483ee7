// Subcommands that talk to other repositories: what only adds passes, what rewrites or deletes there asks, helpers that run programs are refused.
import { type Arg, HOLE, literal, taintedStream } from "../arg.ts";
import { grammar } from "../options.ts";
import type { Evaluation, Outcome } from "../profile.ts";
import {
  callShown,
  discard,
  type GitCall,
  type GitOptions,
  isOneOf,
  oddOptions,
  optionsOf,
  pathIn,
  shown,
  type Subcommand,
  toolExec,
  unknownCall,
} from "./git-call.ts";
import { setting } from "./git-config.ts";
import { currentBranch } from "./git-repository.ts";
import { isPlace, transportEffect } from "./git-transport.ts";

const pushOptions = grammar(
  "v,verbose q,quiet repo= all branches mirror d,delete tags n,dry-run porcelain f,force force-with-lease=? no-force-with-lease force-if-includes no-force-if-includes recurse-submodules= no-recurse-submodules thin no-thin receive-pack= exec= u,set-upstream progress no-progress prune no-verify verify follow-tags no-follow-tags signed=? no-signed atomic no-atomic o,push-option= 4,ipv4 6,ipv6",
);

const shared =
  /^(?:refs\/heads\/)?(?:main|master|trunk|develop|prod|production|stable|release(?:[-/_.].*)?|releases\/.*|hotfix\/.*)$/;

export const push: Subcommand = (git, on) => {
  const read = optionsOf(git, pushOptions);
  const odd = read.unknown.map(() => unknownCall(git, on));
  const [remote = read.value("repo"), ...refs] = read.operands;
  const runner = [...read.values("receive-pack"), ...read.values("exec")].some(
    (value) => !isOneOf(value, /^(?:\/usr\/bin\/)?git-receive-pack$/),
  );
  const place = remote === undefined ? null : pushPlace(git, on, remote);
  const rest = place === null ? [] : [place];
  if (runner)
    return on.join(
      toolExec(on, `run \`${callShown(git)}\`, which names the program on the other side`),
      ...odd,
      ...rest,
    );
  if (read.has("dry-run") && odd.length === 0) return on.join(...rest, on.fine());
  return on.join(...odd, ...rest, rewritesRemote(git, on, { read, refs }) ? destroys(git, on) : on.fine());
};

const destroys = (git: GitCall, on: Evaluation): Outcome =>
  on.effect("git.remote-destroy", `run \`${callShown(git)}\``);

function pushPlace(git: GitCall, on: Evaluation, remote: Arg): Outcome | null {
  const odd = transportEffect(on, remote);
  if (odd !== null) return odd;
  return isPlace(remote.text)
    ? on.effect(
        "infra.publish",
        `push to \`${shown(remote)}\`, which is not one of the repository's remotes (\`git ${git.sub}\`)`,
      )
    : null;
}

function rewritesRemote(
  git: GitCall,
  on: Evaluation,
  { read, refs }: { readonly read: GitOptions; readonly refs: readonly Arg[] },
): boolean {
  if (read.has("force", "mirror", "delete", "prune")) return true;
  // SECURITY: a refspec that is not known may start with `+` or `:`.
  if (refs.some(({ text }) => text.startsWith(HOLE) || text.startsWith("+") || /^:./.test(text))) return true;
  if (!read.has("force-with-lease")) return false;
  return (
    read.has("all", "branches") ||
    leased(git, on, refs).some((name) => name === null || name.includes(HOLE) || shared.test(name))
  );
}

// The branches that a push with a lease may rewrite.
function leased(git: GitCall, on: Evaluation, refs: readonly Arg[]): readonly (string | null)[] {
  const current = (): string | null => {
    const name = currentBranch(git, on);
    return name === undefined ? "" : name;
  };
  if (refs.length === 0) return [current()];
  return refs.map(({ text }) => {
    const to = text.includes(":") ? text.slice(text.indexOf(":") + 1) : text;
    return to === "HEAD" || to === "@" ? current() : to;
  });
}

const fetchOptions = grammar(
  "all no-all a,append atomic depth= deepen= shallow-since= shallow-exclude= unshallow update-shallow negotiation-tip= negotiate-only dry-run porcelain write-fetch-head no-write-fetch-head f,force k,keep multiple auto-maintenance no-auto-maintenance auto-gc no-auto-gc write-commit-graph no-write-commit-graph prefetch p,prune P,prune-tags n,no-tags refetch refmap= t,tags recurse-submodules=? no-recurse-submodules j,jobs= set-upstream submodule-prefix= recurse-submodules-default= u,update-head-ok upload-pack= q,quiet v,verbose progress no-progress o,server-option= show-forced-updates no-show-forced-updates 4,ipv4 6,ipv6 filter= stdin bundle-uri=",
);

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

export const pull: Subcommand = (git, on) => {
  const read = optionsOf(git, pullOptions);
  return on.join(...reached(git, on, { read, remote: read.operands[0] }), ...strategies(git, on, read), on.fine());
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

/** The outcome of `-c KEY=VALUE`. */
export function settingOf(on: Evaluation, pair: Arg): Outcome {
  const cut = pair.text.indexOf("=");
  const part = (text: string): Arg => ({ ...pair, text, at: null });
  return cut < 0
    ? setting(on, pair, undefined)
    : setting(on, part(pair.text.slice(0, cut)), part(pair.text.slice(cut + 1)));
}

const folderOf = (url: string): string =>
  url
    .replace(/\/+$/, "")
    .replace(/(?:\/\.git|\.git|\.bundle)$/, "")
    .split(/[/:]/)
    .at(-1) ?? url;

/** A folder whose content a network chose: what lies below it is not run in the same line. */
export function fetchedFolder(git: GitCall, on: Evaluation, folder: Arg): Outcome {
  const path = pathIn(git, folder);
  const written = on.write({ ...path, text: `${path.text}/x`, at: null }, "create");
  return on.join(
    written,
    on.created({ ...path, text: `${path.text}/`, at: null }, { content: taintedStream(["network"]), copy_of: null }),
  );
}

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

const submoduleOptions = grammar(
  "q,quiet cached init f,force remote N,no-fetch recommend-shallow no-recommend-shallow reference= recursive rebase merge checkout depth= filter= j,jobs= single-branch no-single-branch b,branch= name= all files d,default summary-limit= n= require-init progress dissociate ref-format=",
);

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
