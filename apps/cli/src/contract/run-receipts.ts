// A contract's run in the chain of signed receipts of this installation: the decision before anything is started, what came of it afterwards. The
// command scope receipt says everything; these say what a stranger may see, and that none was taken out. Source: spec/acta.md §7.1, spec/csc.md §1.4.
import { randomBytes } from "node:crypto";
import { nodeCrypto } from "@ces/crypto-node";
import { canonicalCsc, type Decided, decisionDocument, type ExecutionMode, type ExecutionReceipt } from "@ces/contract";
import { CesError, sha256Hex } from "@ces/kernel";
import {
  DECISION_TYPE,
  EXECUTION_TYPE,
  type ExecutionDraft,
  type GoverningTexts,
  issuerKidOf,
  type ReceiptSigner,
  type SandboxMembers,
} from "@ces/receipts";
import { chainMemory } from "../receipts/chain-memory.ts";
import { openReceiptChain } from "../receipts/open-receipt-chain.ts";
import { plainData } from "../story/plain-data.ts";
import type { Place } from "../wire/account-folders.ts";
import type { RunnerDomain } from "./runner-domain.ts";

/** What is going to be run, or not. */
export type AskedRun = {
  readonly decided: Decided;
  readonly mode: ExecutionMode;
  /** As the contract names its agent. */
  readonly agent: string;
};

/** Signs and stores the end of a run: the receipt and its text as it is written to disk. */
export type RunEnd = (receipt: ExecutionReceipt, text: string) => void;

/** Signs and stores the decision. Throws CesError `CHAIN_…`, `RECEIPT_REFUSED`: then nothing may be run. */
export function signDecision(place: Place, domain: RunnerDomain, { decided, mode, agent }: AskedRun): RunEnd {
  const signer = signerOf(domain);
  const chain = openReceiptChain(
    domain.receipts,
    { signer, earlier: [] },
    chainMemory(place, domain.receipts, signer.kid),
  );
  const session_id = `contract-${randomBytes(8).toString("hex")}`;
  const texts = textsOf(decided);
  const agent_id = machineWord(agent);
  const [stored] = chain.append([
    {
      type: DECISION_TYPE,
      tool_name: "contract:run",
      decision: decided.decision === "needs_approval" ? "require_approval" : decided.decision,
      reason: decided.reason_codes[0] ?? "ALLOW",
      agent_id,
      observed_by: "host",
      policy_id: machineWord(decided.policy_profile),
      policy_engine: "csc.v0.1",
      policy_digest: `sha256:${decided.policy_sha256}`,
      session_id,
      ...texts,
      ...(mode === "local"
        ? noWalls
        : { sandbox_backend: "ces_walls", sandbox_state: "enabled", sandbox_observed: [] }),
    },
  ]);
  if (stored === undefined)
    throw new CesError("RECEIPT_REFUSED", "the decision has no receipt", { remedy: "try again" });
  return (receipt, text) => {
    const draft: ExecutionDraft = {
      type: EXECUTION_TYPE,
      tool_name: "contract:run",
      agent_id,
      observed_by: "host",
      result: resultOf(receipt),
      duration_ms: Math.max(0, Date.parse(receipt.ended_at) - Date.parse(receipt.started_at)),
      session_id,
      decision_count: 1,
      decision_receipt_hash: stored.hash,
      foreign_receipt_digest: `sha256:${sha256Hex(nodeCrypto, text)}`,
      ...exitOf(receipt),
      ...texts,
      ...seenWalls(receipt, mode),
    };
    chain.append([draft]);
  };
}

const noWalls: SandboxMembers = { sandbox_backend: "none", sandbox_state: "disabled", sandbox_observed: [] };

const signerOf = (domain: RunnerDomain): ReceiptSigner => {
  const { public_key, sign } = domain.signer();
  return { kid: issuerKidOf(public_key), public_key, sign, place: "process" };
};

function textsOf(decided: Decided): GoverningTexts {
  const decision = sha256Hex(nodeCrypto, canonicalCsc(plainData(decisionDocument(decided))));
  return { contract_digest: `sha256:${decided.contract_sha256}`, contract_decision_digest: `sha256:${decision}` };
}

function resultOf({ status, exit_code }: ExecutionReceipt): ExecutionDraft["result"] {
  if (status === "success") return "succeeded";
  if (status === "blocked") return "not_started";
  return exit_code === TIMED_OUT ? "timed_out" : "failed";
}

/** The format's exit code of a command that ran longer than it may. */
const TIMED_OUT = 124;

const exitOf = ({ status, exit_code }: ExecutionReceipt): Pick<ExecutionDraft, "exit_code"> =>
  status === "blocked" || exit_code === undefined || exit_code < 0 || exit_code > 255 ? {} : { exit_code };

// A box that was started was confirmed before its first process went on: filtered, without privileges and capabilities, or it never ran.
function seenWalls({ sandbox }: ExecutionReceipt, mode: ExecutionMode): SandboxMembers {
  if (mode === "local") return noWalls;
  if (sandbox === undefined)
    return { sandbox_backend: "ces_walls", sandbox_state: "unavailable", sandbox_observed: [] };
  const names = (all: readonly string[]): readonly string[] => all.slice(0, 64).map((name) => name.slice(0, 128));
  return {
    sandbox_backend: "ces_walls",
    ring: 3,
    sandbox_state: "enabled",
    sandbox_policy_digest: `sha256:${sandbox.profile_sha256}`,
    sandbox_observed: [
      {
        source: "driver",
        facts: { driver: "bubblewrap", held: names(sandbox.held), not_held: names(sandbox.not_held) },
      },
      { source: "kernel", facts: { seccomp: 2, no_new_privs: true, cap_eff: "0".repeat(16) } },
    ],
  };
}

// SECURITY: a contract is somebody else's words; a receipt holds short printable ones only.
function machineWord(text: string): string {
  const word = text.replaceAll(/[^A-Za-z0-9._:@/+-]/g, "_").slice(0, 120);
  return /^[A-Za-z0-9]/.test(word) ? word : `x${word}`;
}
