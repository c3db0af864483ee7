// Ports and clients for proofs in tests: the real walls and gateway, unless a test brings others.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeCrypto, randomBytes } from "@ces/crypto-node";
import { startGateway } from "@ces/gateway";
import type { Clock } from "@ces/kernel";
import type { Proof } from "@ces/records";
import { runtimeNamed } from "@ces/runtimes";
import { closeInheritedDescriptors, ROOT_BOX_BASE, startBox } from "@ces/sandbox";
import { clientBinaries } from "../../../../../test/support/requirements.ts";
import type { RuntimeOnHost } from "../../src/context.ts";
import { type Canary, canaries, newToken, type ProofPorts, proveMachine } from "../../src/index.ts";

// What the test runner opened is no part of any box (S14).
closeInheritedDescriptors();

const root = join(import.meta.dirname, "../../../../..");
const clock: Clock = {
  now: () => new Date().toISOString(),
  epochMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};

/** A client of this machine. */
export function clientNamed(name: "claude" | "codex" | "replay"): RuntimeOnHost {
  const runtime = runtimeNamed(name);
  const binary = name === "replay" ? process.execPath : clientBinaries()[name];
  return { runtime, binary, version: runtime.tested[0] ?? "" };
}

/** Canaries by name. */
export const canariesNamed = (...names: readonly string[]): readonly Canary[] =>
  canaries.filter(({ id }) => names.includes(id));

export interface Trial {
  readonly client: RuntimeOnHost;
  readonly canaries: readonly Canary[];
  readonly ports?: (
    real: ProofPorts,
    places: { readonly state_dir: string; readonly environment_token: string },
  ) => Partial<ProofPorts>;
}

/** One proof in a scratch state folder, with a token in this process's own environment. */
export async function tryProof(trial: Trial): Promise<Proof> {
  const base = mkdtempSync(join(tmpdir(), "ces-proof-test-"));
  const state_dir = join(base, "state");
  mkdirSync(join(state_dir, "keys"), { recursive: true, mode: 0o700 });
  const environment_token = newToken("environment", randomBytes);
  process.env["CES_PROOF_TEST"] = environment_token;
  const real: ProofPorts = {
    crypto: nodeCrypto,
    clock,
    random: randomBytes,
    report: () => undefined,
    signal: new AbortController().signal,
    tools: {
      bwrap: "/usr/bin/bwrap",
      git: "/usr/bin/git",
      node: process.execPath,
      bridge_entry: join(root, "packages/execution/sandbox/src/bridge.entry.ts"),
      gateway_entry: join(root, "packages/execution/gateway/src/gateway.entry.ts"),
    },
    boxes_dir: process.geteuid?.() === 0 ? ROOT_BOX_BASE : join(base, "boxes"),
    keep_out: [state_dir],
    owner: "tester",
    startBox,
    startGateway,
  };
  try {
    const ports = { ...real, ...trial.ports?.(real, { state_dir, environment_token }) };
    const machine = { kernel: "linux", arch: "x64", bubblewrap: "0", ces: "0", clients: {} };
    return await proveMachine(ports, {
      ...{ machine, state_dir, environment_token },
      clients: [trial.client],
      canaries: trial.canaries,
    });
  } finally {
    delete process.env["CES_PROOF_TEST"];
    rmSync(base, { recursive: true, force: true });
  }
}
