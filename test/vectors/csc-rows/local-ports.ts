// What a local run needs besides the contract, in a scratch folder: nothing of it is reached by the rows.

import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultRunnerConfig, type RunnerPorts } from "@ces/contract-runner";
import { nodeCrypto } from "@ces/crypto-node";

/** A fresh folder. Its real path, because rows compare what is resolved. */
export function scratchRoot(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "ces-csc-rows-")));
}

/** Ports whose folders lie below `root`. */
export function localPorts(root: string): Omit<RunnerPorts, "env"> {
  const folder = (name: string): string => {
    const path = join(root, "state", name);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  };
  return {
    config: defaultRunnerConfig,
    folders: { boxes: folder("boxes"), loans: folder("loans"), approvals: folder("approvals") },
    keepOut: [join(root, "state")],
    protect: [],
    bridge: { node: process.execPath, script: join(root, "no-bridge") },
    egress: { resolve: () => Promise.resolve([]), isPublic: () => false },
    clock: {
      now: () => new Date().toISOString(),
      epochMs: () => Date.now(),
      monotonicMs: () => performance.now(),
    },
    random: (length) => randomBytes(length),
    crypto: nodeCrypto,
  };
}
