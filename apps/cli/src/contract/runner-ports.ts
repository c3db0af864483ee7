// The machine behind a run of a contract.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { receiptChain, type RunnerPorts } from "@ces/contract-runner";
import { nodeCrypto, randomBytes } from "@ces/crypto-node";
import type { Environment } from "../secrets.ts";
import { nodeClock } from "../wire/node-clock.ts";
import type { RunnerDomain } from "./runner-domain.ts";

/** What a run is given; `protect` and `hidden` are real paths of the run's own files. */
export function runnerPorts(
  domain: RunnerDomain,
  run: {
    readonly env: Environment;
    readonly protect: readonly string[];
    readonly hidden: readonly string[];
    readonly signal?: AbortSignal;
  },
): RunnerPorts {
  return {
    env: run.env,
    config: domain.config,
    folders: domain.folders,
    keepOut: [...domain.keepOut, ...run.hidden],
    protect: run.protect,
    bridge: { node: process.execPath, script: bridgeFile() },
    clock: nodeClock,
    random: randomBytes,
    crypto: nodeCrypto,
    chain: receiptChain(domain.chain),
    ...(run.signal === undefined ? {} : { signal: run.signal }),
  };
}

// The bundled file beside this one, else the source.
function bridgeFile(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const beside = join(here, "bridge.entry.js");
  return existsSync(beside) ? beside : join(here, "../../../../packages/execution/sandbox/src/bridge.entry.ts");
}
