// Text that becomes a program, and programs that run text.
import type { Rule } from "../rule.ts";

export const rule: Rule = {
  class: "code-injection",
  effects: {
    "code-injection.dynamic": {
      decision: "deny",
      code: "CODE_DYNAMIC",
      why: "the text that would run is only known when it runs",
      instead: "write the command out",
    },
    "code-injection.decoded": {
      decision: "deny",
      code: "CODE_DECODED",
      why: "encoded text would be run unread",
      instead: "decode it to a file, read it, then run it",
    },
    "code-injection.spawn": {
      decision: "deny",
      code: "CODE_SPAWN",
      why: "a program would be started from inside other code, with arguments that are not known",
      instead: "start the program directly",
    },
    "code-injection.tool-exec": {
      decision: "deny",
      code: "TOOL_RUNS_SHELL",
      why: "the tool would run a command that is handed to it as text",
      instead: "run that command directly",
    },
    "code-injection.environment": {
      decision: "deny",
      code: "ENVIRONMENT_INJECTION",
      why: "this variable makes other programs load or run code",
      instead: "leave the variable out",
    },
    "code-injection.config": {
      decision: "deny",
      code: "CONFIG_RUNS_CODE",
      why: "this setting makes git or another tool run a program of its choosing",
      instead: "leave the setting out",
    },
    "code-injection.local-generator": {
      decision: "ask",
      code: "EVAL_GENERATED",
      why: "the output of a local program would be run",
      instead: "run the generator alone and look at it",
    },
    "code-injection.created-run": {
      decision: "deny",
      code: "CREATED_RUN",
      why: "a file made in this command would be run unread",
      instead: "make the file, read it, and run it in a later command",
    },
    "code-injection.code-unknown": {
      decision: "ask",
      code: "CODE_UNKNOWN",
      why: "the code makes calls that no list knows",
      instead: "put the code in a file below the workspace and run that",
    },
  },
};
