// Work that git would forget.
import type { Rule } from "../rule.ts";

export const rule: Rule = {
  class: "git",
  effects: {
    "git.discard": {
      decision: "ask",
      code: "GIT_DISCARD",
      why: "changes that are not committed would be gone",
      instead: "commit or `git stash push` first",
    },
    "git.history": {
      decision: "ask",
      code: "GIT_HISTORY",
      why: "commits, branches or stashes could not be found again",
      instead: "keep a branch on what is dropped: git branch keep",
    },
    "git.remote-destroy": {
      decision: "ask",
      code: "GIT_REMOTE",
      why: "it rewrites or deletes what others have",
      instead: "use `git push`, or `--force-with-lease` on your own branch",
    },
    "git.hook": {
      decision: "deny",
      code: "GIT_INTERNALS",
      why: "files inside `.git` decide what git runs",
      instead: "use git's own commands",
    },
  },
};
