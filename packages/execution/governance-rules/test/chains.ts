// A chain in memory, signed and linked by the real engine, for tests of the skill.
import { canonicalize, type JsonObject, nobleCrypto } from "@ces/kernel";
import {
  type DecisionDraft,
  EMPTY_CHAIN,
  type Receipt,
  type ReceiptSigner,
  seedSigner,
  signReceipt,
  verifyChain,
  verifyReceipt,
} from "@ces/receipts";
import { openSkill, type SkillOptions } from "../src/skill/governance-skill.ts";
import { fileOf } from "./policies.ts";

export const NOW = "2026-11-27T12:00:00.000Z";
export const signer: ReceiptSigner = seedSigner(new Uint8Array(32).fill(7), nobleCrypto);
const CONTRACT = [
  {
    name: "allow-read",
    condition: { field: "action", operator: "starts_with", value: "file:read" },
    action: "allow",
    priority: 90,
  },
  {
    name: "allow-shell",
    condition: { field: "action", operator: "in", value: ["shell:ls", "shell:python", "shell:git"] },
    action: "allow",
    priority: 80,
  },
  {
    name: "block-danger",
    condition: { field: "action", operator: "matches", value: "shell:(rm|dd|curl)" },
    action: "deny",
    priority: 100,
    message: "Blocked",
  },
];

/** The sample of the contract's tests. */
export const sample = fileOf(CONTRACT, "sample.yaml");

/** A store that keeps texts in their order. */
export function memoryChain(by: ReceiptSigner = signer) {
  const texts: string[] = [];
  let head = EMPTY_CHAIN;
  const record = (draft: DecisionDraft): Receipt => {
    const made = signReceipt(draft, { signer: by, head, issued_at: NOW, crypto: nobleCrypto });
    if (made.kind === "refused") throw new Error(made.causes.map(({ path, text }) => `${path} ${text}`).join("; "));
    head = made.head;
    texts.push(made.text);
    return JSON.parse(made.text);
  };
  return { texts, record, head: () => head };
}

/** Options of a skill that is not in production and sees nothing of its sandbox. */
export function optionsOf(change: Partial<SkillOptions> = {}): SkillOptions {
  return {
    policies: [sample],
    sandbox: {
      backend: "sb_runtime_builtin",
      ring: null,
      production: false,
      no_sandbox: null,
      observed: [],
      policy_digest: null,
    },
    record: memoryChain().record,
    clock: { now: () => NOW },
    crypto: nobleCrypto,
    random: (n) => new Uint8Array(n).fill(9),
    ...change,
  };
}

export const openTest = (change: Partial<SkillOptions> = {}) => openSkill(optionsOf(change));

const anchors = { key: signer.public_key };
export const verified = (receipt: JsonObject | string) =>
  verifyReceipt(typeof receipt === "string" ? receipt : canonicalize(receipt, "strict"), {
    crypto: nobleCrypto,
    anchors,
  }).outcome;
export const chainVerified = (texts: readonly string[]) => verifyChain(texts, { crypto: nobleCrypto, anchors });

/** The receipt with members of its payload changed. */
export const altered = (receipt: Receipt | null, members: JsonObject): JsonObject => {
  if (receipt === null) throw new Error("there is no receipt");
  return { payload: { ...receipt.payload, ...members }, signature: { ...receipt.signature } };
};
