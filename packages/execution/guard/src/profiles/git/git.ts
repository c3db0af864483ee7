// git: what loses uncommitted work, history or what others have is asked; settings that run programs are refused.
import { type Arg, HOLE } from "../../arg.ts";
import { shown } from "../../git/git-call.ts";
import { readLine } from "../../git/git-globals.ts";
import { subcommands } from "../../git/git-subcommands.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { splitText } from "../_words.ts";

export const profile: Profile = {
  names: ["git", "git-*"],
  summary: "works with repositories",
  judge: (call, on) =>
    call.name === "git"
      ? judgeGit(call, on)
      : judgeGit({ ...call, name: "git", args: [named(call), ...call.args] }, on),
  matches: [
    { line: "git reset --har", decision: "ask", effect: "git.discard" },
    { line: "git checkout .", decision: "ask", effect: "git.discard" },
    { line: "git checkout src/a.ts", decision: "ask", effect: "git.discard" },
    { line: "git clean -fdx", decision: "ask", effect: "git.discard" },
    { line: "git branch --delete --force feature/x", decision: "ask", effect: "git.history" },
    { line: "git push origin +main", decision: "ask", effect: "git.remote-destroy" },
    { line: "git push --force-with-lease origin release/1.0", decision: "ask", effect: "git.remote-destroy" },
    { line: "git -c core.sshCommand='sh -c id' fetch", decision: "deny", effect: "code-injection.config" },
    { line: "git clone 'ext::sh -c id' x", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "git rebase -x 'sudo id' main", decision: "deny", effect: "privilege.elevate" },
    { line: "git frobnicate", decision: "ask", effect: "unknown.option" },
  ],
  spares: [
    "git -C packages/app status",
    "git commit -m 'fix: rm -rf / is refused'",
    "git checkout -b fix/sudo-prompt",
    "git checkout main",
    "git restore --staged src/a.ts",
    'git push -u origin "$(git branch --show-current)"',
    "git push --force-with-lease origin feature/x",
    "git clean -nd",
    "git stash pop",
    "git -c core.pager=cat log -5",
    "git config user.email dev@example.com",
  ],
};

const named = ({ name, word }: Call): Arg => ({ ...word, text: name.slice("git-".length), at: null });

function judgeGit(call: Call, on: Evaluation): Outcome {
  const line = readLine(call, on);
  return on.join(...line.outcomes, judgeSub(call, on, line));
}

type Line = ReturnType<typeof readLine>;

function judgeSub(call: Call, on: Evaluation, { sub, args, dir, aliases }: Line): Outcome {
  if (sub === undefined) return on.fine();
  if (asksForHelp(args)) return on.fine();
  const judge = sub.text.includes(HOLE) ? undefined : subcommands.get(sub.text);
  if (judge !== undefined) return judge({ sub: sub.text, args, stdin: call.stdin, dir }, on);
  const alias = aliases.get(sub.text.toLowerCase());
  const [first, ...rest] = alias === undefined ? [] : splitText({ ...sub, text: alias, at: null });
  if (first !== undefined)
    return judgeSub(call, on, { sub: first, args: [...rest, ...args], dir, aliases: new Map(), outcomes: [] });
  return on.effect("unknown.option", `run \`git ${shown(sub)}\`, which is no command of git's own`);
}

const asksForHelp = ([first, ...rest]: readonly Arg[]): boolean =>
  first?.text === "--help" || (first?.text === "-h" && rest.length === 0);
