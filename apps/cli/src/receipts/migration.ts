// What a policy and receipts of the earlier skills become here: what is refused, what is decided otherwise, what to write instead, and why
// the old receipts do not verify. Nothing is changed.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { nodeCrypto } from "@ces/crypto-node";
import {
  anchoredConditions,
  type Condition,
  type Lint,
  loadPolicy,
  type PolicyProblem,
  readAction,
  type Rule,
} from "@ces/governance-rules";
import { canonicalize, type Json, parseJson, sha256Hex } from "@ces/kernel";
import { type Anchors, verifyReceipt } from "@ces/receipts";
import { readDocument } from "../csc/read-document.ts";
import { readPolicyFolder } from "./read-policy-folder.ts";

/** What can be said of a policy folder. `instead`: conditions that say the same without a prefix to be fooled by. */
export type PolicyMigration = {
  readonly rules: number;
  readonly problems: readonly PolicyProblem[];
  readonly findings: readonly Lint[];
  readonly rewrites: readonly {
    readonly rule: string;
    readonly place: string;
    readonly instead: readonly Condition[];
  }[];
};

/** Reads a policy as it would be loaded. Throws CesError POLICY_FOLDER, POLICY_UNREADABLE. */
export function migratePolicy(folder: string): PolicyMigration {
  const load = loadPolicy(readPolicyFolder(folder), nodeCrypto);
  if (load.kind === "refused") return { rules: 0, problems: load.problems, findings: [], rewrites: [] };
  const { rules } = load.policy.book;
  return { rules: rules.length, problems: [], findings: load.policy.lints, rewrites: rules.flatMap(rewriteOf) };
}

function rewriteOf(rule: Rule): PolicyMigration["rewrites"] {
  const instead = anchoredConditions(rule);
  const { file, line } = rule.place;
  return instead.length === 0 ? [] : [{ rule: rule.name, place: `${file}:${line}`, instead }];
}

/** A receipt of an earlier skill: the verdict on it, and the members that it would have here. */
export type ReceiptMigration = {
  readonly file: string;
  readonly outcome: "valid" | "invalid" | "undecidable";
  readonly causes: readonly string[];
  readonly becomes: { readonly [name: string]: Json };
};

/** The receipts of a folder in the order of their names, and what a new chain names as the end of the old one (null for none). */
export type ReceiptsMigration = { readonly receipts: readonly ReceiptMigration[]; readonly imports: string | null };

const MAX_RECEIPT = 1024 * 1024;
const MAX_RECEIPTS = 10_000;

/** Reads receipts of any age. Throws CesError `CSC_FILE`. */
export function migrateReceipts(folder: string, anchors: Anchors): ReceiptsMigration {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .toSorted()
    .slice(0, MAX_RECEIPTS);
  const read = names.map((file) => ({ file, bytes: readDocument(join(folder, file), "receipt", MAX_RECEIPT) }));
  const receipts = read.map(({ file, bytes }) => {
    const { outcome, causes, other_findings } = verifyReceipt(bytes, { crypto: nodeCrypto, anchors });
    const codes = [...causes, ...other_findings].map(({ code, text }) => `${code}: ${text}`);
    return { file, outcome, causes: codes, becomes: mapped(parsed(bytes)) };
  });
  const last = read.at(-1);
  return { receipts, imports: last === undefined ? null : hashOf(parsed(last.bytes)) };
}

// spec/acta.md §7.1, the migration map.
function mapped(receipt: Json): ReceiptMigration["becomes"] {
  const payload = objectOf(objectOf(receipt)["payload"]);
  const { action, trust_score, decision, policy_id, agent_id, ring, sandbox_backend } = payload;
  const reading = typeof action === "string" ? readAction(action) : undefined;
  const members: { readonly [name: string]: Json | undefined } = {
    type: "protectmcp:decision",
    tool_name: reading === undefined || "why" in reading ? undefined : reading.tool_name,
    decision,
    policy_id,
    agent_id,
    ring,
    sandbox_backend,
    trust_score: typeof trust_score === "number" ? Math.round(trust_score * 1000) : undefined,
  };
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

function parsed(bytes: Uint8Array): Json {
  const read = parseJson(bytes, { maxBytes: MAX_RECEIPT });
  return read.kind === "parsed" ? read.value : null;
}

function hashOf(receipt: Json): string | null {
  try {
    return receipt === null ? null : `sha256:${sha256Hex(nodeCrypto, canonicalize(receipt, "rfc8785"))}`;
  } catch {
    return null;
  }
}

function objectOf(value: Json | undefined): { readonly [name: string]: Json } {
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as { readonly [name: string]: Json })
    : {};
}
