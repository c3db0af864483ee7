// Running what a network said.
import type { Rule } from "../rule.ts";

export const rule: Rule = {
  class: "remote-exec",
  effects: {
    "remote-exec.fetch-run": {
      decision: "deny",
      code: "REMOTE_CODE",
      why: "what is fetched would be run unread",
      instead: "download it to a file below the workspace, read it, then run it",
    },
    "remote-exec.download-run": {
      decision: "deny",
      code: "DOWNLOADED_RUN",
      why: "a file fetched in this command would be run unread",
      instead: "download it, read it, and run it in a later command",
    },
    "remote-exec.reverse-shell": {
      decision: "deny",
      code: "REVERSE_SHELL",
      why: "it gives a shell on this machine to another",
      instead: null,
    },
    "remote-exec.run-url": {
      decision: "ask",
      code: "RUNS_URL",
      why: "the code comes from a network and is not pinned",
      instead: "install it as a dependency, pinned and judged",
    },
    "remote-exec.remote-host": {
      decision: "ask",
      code: "REMOTE_HOST",
      why: "it runs on another machine, where nothing can be undone from here",
      instead: "let a person run it",
    },
  },
};
