// Becoming somebody else, or more than oneself.
import type { Rule } from "../rule.ts";

export const rule: Rule = {
  class: "privilege",
  effects: {
    "privilege.elevate": {
      decision: "deny",
      code: "PRIVILEGE_ELEVATION",
      why: "an agent does not raise its own privileges",
      instead: "run it without elevation, or ask a person to run it",
    },
    "privilege.account": {
      decision: "deny",
      code: "ACCOUNT_CHANGE",
      why: "accounts, groups and passwords are a person's to change",
      instead: "ask a person to change the account",
    },
    "privilege.set-id": {
      decision: "deny",
      code: "SET_ID",
      why: "a set-id program gives its privileges to everyone",
      instead: "use plain modes such as 755",
    },
    "privilege.capability": {
      decision: "deny",
      code: "CAPABILITY_GRANT",
      why: "capabilities are privileges by another name",
      instead: "ask a person to grant it",
    },
    "privilege.container": {
      decision: "deny",
      code: "CONTAINER_HOST",
      why: "such a container is root on this machine",
      instead: "run the container without host access, and mount only the project",
    },
    "privilege.namespace": {
      decision: "deny",
      code: "NAMESPACE_ENTER",
      why: "it leaves the walls the agent works in",
      instead: "run the command where you are",
    },
    "privilege.debug-node": {
      decision: "ask",
      code: "NODE_DEBUG",
      why: "it is a shell on a cluster node",
      instead: "read logs and describe instead",
    },
  },
};
