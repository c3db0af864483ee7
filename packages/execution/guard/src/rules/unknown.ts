// What is not known to be safe is not run.
import type { Rule } from "../rule.ts";

export const rule: Rule = {
  class: "unknown",
  effects: {
    "unknown.program": {
      decision: "ask",
      code: "PROGRAM_UNKNOWN",
      why: "no profile says what this program does",
      instead: "use a program the guard knows, or let a person allow it: ces guard allow",
    },
    "unknown.option": {
      decision: "ask",
      code: "OPTION_UNKNOWN",
      why: "the program is known but this option or subcommand is not",
      instead: "leave the option out, or spell it whole",
    },
    "unknown.command-word": {
      decision: "ask",
      code: "COMMAND_COMPUTED",
      why: "which program runs is only known when it runs",
      instead: "write the program's name out",
    },
    "unknown.write-target": {
      decision: "ask",
      code: "TARGET_COMPUTED",
      why: "which file is written is only known when it runs",
      instead: "write the file's path out",
    },
    "unknown.script": {
      decision: "ask",
      code: "SCRIPT_UNREAD",
      why: "the program file cannot be read and judged",
      instead: "keep scripts as text below the workspace",
    },
    "unknown.outside-write": {
      decision: "ask",
      code: "WRITES_OUTSIDE",
      why: "it is outside the workspace",
      instead: "write below the workspace",
    },
    "unknown.shell": {
      decision: "ask",
      code: "SHELL_UNKNOWN",
      why: "the text is for a shell whose grammar is not read here",
      instead: "use sh or bash",
    },
    "unknown.not-parsed": {
      decision: "deny",
      code: "NOT_PARSED",
      why: "a command that cannot be read cannot be judged",
      instead: "check quotes, brackets and keywords, and send the whole command",
    },
    "unknown.too-large": {
      decision: "deny",
      code: "TOO_LARGE",
      why: "it is larger than what is judged in the time there is",
      instead: "write it to a file below the workspace and run that",
    },
    "unknown.too-deep": {
      decision: "deny",
      code: "TOO_DEEP",
      why: "it wraps commands deeper than anyone needs",
      instead: "run the inner command by itself",
    },
    "unknown.fault": {
      decision: "deny",
      code: "GUARD_FAULT",
      why: "the guard failed on it, and what is not judged is not run",
      instead: "report it: ces guard explain",
      floor: true,
    },
    "unknown.profile-broken": {
      decision: "deny",
      code: "PROFILE_BROKEN",
      why: "the profile of this program does not hold its own examples and is not believed",
      instead: "mend the profile",
      floor: true,
    },
  },
};
