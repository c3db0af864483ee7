// The machine the agent is a guest on.
import type { Rule } from "../rule.ts";

export const rule: Rule = {
  class: "system",
  effects: {
    "system.metadata": {
      decision: "deny",
      code: "SYSTEM_METADATA",
      why: "modes and owners outside the project are not the agent's",
      instead: "name files below the workspace",
    },
    "system.power": {
      decision: "deny",
      code: "POWER",
      why: "the machine is not the agent's to stop",
      instead: null,
    },
    "system.kill": {
      decision: "deny",
      code: "KILL_MANY",
      why: "it ends processes that are not the agent's",
      instead: "end one process by its number",
    },
    "system.fork-bomb": {
      decision: "deny",
      code: "FORK_BOMB",
      why: "it starts itself again without end",
      instead: null,
      floor: true,
    },
    "system.write": {
      decision: "deny",
      code: "SYSTEM_WRITE",
      why: "system files are not the agent's to change",
      instead: "write below the workspace",
    },
    "system.persist": {
      decision: "ask",
      code: "PERSISTS",
      why: "it would run again later without being asked",
      instead: "run it once, now",
    },
    "system.service": {
      decision: "ask",
      code: "SERVICE_CHANGE",
      why: "services are shared with everything else here",
      instead: "look with status",
    },
    "system.ssh-key": {
      decision: "deny",
      code: "SSH_ACCESS",
      why: "it changes who may log in, or how",
      instead: "ask a person",
    },
    "system.kernel": {
      decision: "deny",
      code: "KERNEL_CHANGE",
      why: "the kernel is not the agent's to change",
      instead: null,
    },
    "system.package": {
      decision: "ask",
      code: "SYSTEM_PACKAGE",
      why: "system packages run scripts as root and change the machine",
      instead: "ask a person, or add it to the project's own setup",
    },
  },
};
