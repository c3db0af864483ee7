// How a policy answers a contract, with everything that anybody needs to judge it again; and the answer of whoever starts only what is allowed.
import { canonicalCsc, type CommandContract, type CscPolicy, decide, decisionDocument } from "@ces/contract";
import { CesError, type Crypto, type Json, sha256Hex, wellFormed } from "@ces/kernel";

/** Hashes, and the canonical texts that they are over. Members are those of the records `CommandContractRef` and `CommandContractTexts`. */
export type ContractHashes = {
  readonly contract_id: string;
  readonly contract_sha256: string;
  readonly policy: string;
  readonly policy_sha256: string;
  readonly decision_sha256: string;
};
export type ContractTexts = { readonly contract: string; readonly policy: string; readonly decision: string };

/** What the policy said, whatever it was. */
export type JudgedContract = {
  readonly ref: ContractHashes;
  readonly texts: ContractTexts;
  readonly decision: "allow" | "deny" | "needs_approval";
  /** First reason code; `ALLOWED` where there is none. */
  readonly reason: string;
  /** Why not, in words with every code. */
  readonly refusal: string;
};

/** A contract that may run. */
export type AllowedContract = {
  readonly ref: ContractHashes & { readonly decision: "allow" };
  readonly texts: ContractTexts;
};

/** `now` in milliseconds since 1970. */
export type DecidingPorts = { readonly crypto: Crypto; readonly now: number };

/** Asks the policy. No guard: the words are CES's own, sealed in a manifest, or ask for a version; walls hold what they do. */
export function judgedUnder(
  contract: CommandContract,
  policy: CscPolicy,
  { crypto, now }: DecidingPorts,
): JudgedContract {
  const decided = decide(contract, policy, { now, crypto, judge: null });
  const codes = decided.reason_codes.map((code) => `\`${code}\``).join(", ");
  const texts = { contract: text(contract), policy: text(policy), decision: text(decisionDocument(decided)) };
  return {
    ref: {
      contract_id: contract.contract_id,
      contract_sha256: decided.contract_sha256,
      policy: policy.name,
      policy_sha256: decided.policy_sha256,
      decision_sha256: sha256Hex(crypto, texts.decision),
    },
    texts,
    decision: decided.decision,
    reason: decided.reason_codes[0] ?? "ALLOWED",
    refusal: `the policy \`${policy.name}\` does not allow ${contract.intent}: ${decided.reasons[0] ?? "no reason"} (${codes})`,
  };
}

/** The same for whoever only goes on when it is allowed. Throws CesError COMMAND_CONTRACT_REFUSED with the reason codes and `remedy`. */
export function allowedUnder(
  contract: CommandContract,
  policy: CscPolicy,
  { remedy, ...ports }: DecidingPorts & { readonly remedy: string },
): AllowedContract {
  const { ref, texts, decision, refusal } = judgedUnder(contract, policy, ports);
  if (decision !== "allow") throw new CesError("COMMAND_CONTRACT_REFUSED", refusal, { remedy });
  return { ref: { ...ref, decision }, texts };
}

// The documents are plain data; members that are undefined are not said, and half of a surrogate pair has no bytes.
function text(value: object): string {
  const plain: Json = JSON.parse(JSON.stringify(value), (_, member: Json) =>
    typeof member === "string" ? wellFormed(member) : member,
  );
  return canonicalCsc(plain);
}
