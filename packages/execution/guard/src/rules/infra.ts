// Services, clusters, clouds, databases, registries.
import type { Rule } from "../rule.ts";

export const rule: Rule = {
  class: "infra",
  effects: {
    "infra.destroy": {
      decision: "ask",
      code: "INFRA_DESTROY",
      why: "it destroys something that runs or is stored elsewhere",
      instead: "look first: get, describe, plan, or a dry run",
    },
    "infra.database": {
      decision: "ask",
      code: "DATABASE_DESTROY",
      why: "it loses data of a database",
      instead: "run it inside a transaction against a copy, or let a person do it",
    },
    "infra.publish": {
      decision: "ask",
      code: "PUBLISHES",
      why: "what is published cannot be taken back",
      instead: "try a dry run and let a person publish",
    },
    "infra.apply": {
      decision: "ask",
      code: "INFRA_APPLY",
      why: "it changes something that runs elsewhere",
      instead: "show the plan or the difference first",
    },
    "infra.admin": {
      decision: "ask",
      code: "ACCOUNT_ADMIN",
      why: "it changes accounts, rights or settings of a service",
      instead: "let a person do it",
    },
  },
};
