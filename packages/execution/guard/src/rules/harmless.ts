// What is known to be safe.
import type { Rule } from "../rule.ts";

const fine = (code: string, why: string) => ({ decision: "allow", code, why, instead: null }) as const;

export const rule: Rule = {
  class: "harmless",
  effects: {
    "harmless.run": fine("KNOWN_SAFE", "the program and its options are known to be safe"),
    "harmless.read": fine("READS", "reading it is safe"),
    "harmless.write": fine("WRITES_INSIDE", "it stays inside the workspace, and what it replaces can be brought back"),
    "harmless.delete-own": fine("DELETES_EMPTY", "nothing with content is lost"),
    "harmless.fetch": fine("FETCHES_DATA", "what is fetched is data and is not run"),
  },
};
