// git: what loses uncommitted work, history or what others have is asked; settings that run programs are refused.
import type { Arg } from "../../arg.ts";
import type { Call, Profile } from "../../profile.ts";
import { judgeGit } from "./_as-git.ts";

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
