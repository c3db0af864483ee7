// Secrets, and where they could go.
import type { Rule } from "../rule.ts";

export const rule: Rule = {
  class: "exfil",
  effects: {
    "exfil.secret-read": {
      decision: "ask",
      code: "SECRET_READ",
      why: "it is a secret, and what the agent reads leaves this machine",
      instead: "use the program that needs the secret; it reads it itself",
    },
    "exfil.secret-send": {
      decision: "deny",
      code: "SECRET_SENT",
      why: "a secret would be sent over a network",
      instead: null,
    },
    "exfil.environment-send": {
      decision: "deny",
      code: "ENVIRONMENT_SENT",
      why: "the environment holds keys and would be sent over a network",
      instead: "send the one value that is needed",
    },
  },
};
