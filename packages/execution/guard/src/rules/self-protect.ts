// What holds the agent is not the agent's to change.
import type { Rule } from "../rule.ts";

export const rule: Rule = {
  class: "self-protect",
  effects: {
    "self-protect.tamper": {
      decision: "deny",
      code: "GUARD_TAMPER",
      why: "the guard's own files hold the agent",
      instead: null,
      floor: true,
    },
    "self-protect.approve": {
      decision: "deny",
      code: "SELF_APPROVAL",
      why: "approvals are a person's, at a terminal of their own",
      instead: "tell the person what needs approval",
      floor: true,
    },
    "self-protect.environment": {
      decision: "deny",
      code: "GUARD_ENVIRONMENT",
      why: "this variable would switch the guard off",
      instead: "leave the variable out",
      floor: true,
    },
    "self-protect.agent-config": {
      decision: "deny",
      code: "AGENT_CONFIG",
      why: "settings and hooks of the agent decide what holds it",
      instead: "tell the person which setting to change",
    },
  },
};
