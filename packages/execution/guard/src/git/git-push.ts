// `git push`: what only adds passes, what rewrites or deletes what others have asks.
import { type Arg, HOLE } from "../arg.ts";
import { grammar } from "../options.ts";
import type { Evaluation, Outcome } from "../profile.ts";
import {
  callShown,
  type GitCall,
  type GitOptions,
  isOneOf,
  optionsOf,
  shown,
  type Subcommand,
  toolExec,
  unknownCall,
} from "./git-call.ts";
import { currentBranch } from "./git-repository.ts";
import { isPlace, transportEffect } from "./git-transport.ts";

const pushOptions = grammar(
  "v,verbose q,quiet repo= all branches mirror d,delete tags n,dry-run porcelain f,force force-with-lease=? no-force-with-lease force-if-includes no-force-if-includes recurse-submodules= no-recurse-submodules thin no-thin receive-pack= exec= u,set-upstream progress no-progress prune no-verify verify follow-tags no-follow-tags signed=? no-signed atomic no-atomic o,push-option= 4,ipv4 6,ipv6",
);

const shared =
  /^(?:refs\/heads\/)?(?:main|master|trunk|develop|prod|production|stable|release(?:[-/_.].*)?|releases\/.*|hotfix\/.*)$/;

/** `git push`: plain pushes pass; forced, deleting, pruning and computed ones ask. */
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
