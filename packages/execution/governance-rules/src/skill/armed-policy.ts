// A policy that may be asked: its rules compiled and, when it holds Cedar policies, their gate armed.

import type { Crypto } from "@ces/kernel";
import type { PolicyFile } from "@ces/receipts";
import { AGENT_SCHEMA } from "../cedar/agent-schema.ts";
import type { CedarEngine } from "../cedar/cedar-engine.ts";
import { type CedarGate, openCedarGate } from "../cedar/cedar-gate.ts";
import { loadedPolicy, loadPolicy, type Policy } from "../load/load-policy.ts";

/** Rules and gate of the same files; the gate is null when none of them is Cedar's. */
export type ArmedPolicy = { readonly policy: Policy; readonly cedar: CedarGate | null };

/** Arms a loaded policy. Throws CesError `CEDAR_POLICY_INVALID`, `CEDAR_UNAVAILABLE`. */
export function armPolicy(policy: Policy, engine: CedarEngine | null): ArmedPolicy {
  if (policy.cedar.length === 0) return { policy, cedar: null };
  const sources = { id: policy.digest ?? "", files: policy.cedar, schema: AGENT_SCHEMA };
  return { policy, cedar: openCedarGate(engine, sources) };
}

/** Loads and arms files, as a skill does when it opens. Throws CesError `POLICY_INVALID` besides. */
export function armedPolicy(
  files: readonly PolicyFile[],
  { cedar, crypto }: { readonly cedar: CedarEngine | null; readonly crypto: Pick<Crypto, "sha256"> },
): ArmedPolicy {
  return armPolicy(loadedPolicy(loadPolicy(files, crypto)), cedar);
}
