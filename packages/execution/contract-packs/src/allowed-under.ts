// A contract that a policy allows, with everything that anybody needs to judge it again; or nothing is started.
import { canonicalCsc, type CommandContract, type CscPolicy, decide, decisionDocument } from "@ces/contract";
import { CesError, type Crypto, type Json, sha256Hex, wellFormed } from "@ces/kernel";

/** A contract that may run: its hashes and the canonical texts that they are over. Members are those of the records `CommandContractRef` and `CommandContractTexts`. */
export type AllowedContract = {
  readonly ref: {
    readonly contract_id: string;
    readonly contract_sha256: string;
    readonly policy: string;
    readonly policy_sha256: string;
    readonly decision_sha256: string;
    readonly decision: "allow";
  };
  readonly texts: { readonly contract: string; readonly policy: string; readonly decision: string };
};

/** `now` in milliseconds since 1970; `remedy` is the next command of whoever reads the refusal. */
export type DecidingPorts = { readonly crypto: Crypto; readonly now: number; readonly remedy: string };

/** Asks the policy. Throws CesError COMMAND_CONTRACT_REFUSED with the reason codes unless the answer is `allow`. */
export function allowedUnder(
  contract: CommandContract,
  policy: CscPolicy,
  { crypto, now, remedy }: DecidingPorts,
): AllowedContract {
  // No guard: the words are CES's own, sealed in a manifest, or ask for a version.
  const decided = decide(contract, policy, { now, crypto, judge: null });
  if (decided.decision !== "allow") {
    const codes = decided.reason_codes.map((code) => `\`${code}\``).join(", ");
    throw new CesError(
      "COMMAND_CONTRACT_REFUSED",
      `the policy \`${policy.name}\` does not allow ${contract.intent}: ${decided.reasons[0] ?? "no reason"} (${codes})`,
      { remedy },
    );
  }
  const texts = { contract: text(contract), policy: text(policy), decision: text(decisionDocument(decided)) };
  const ref = {
    contract_id: contract.contract_id,
    contract_sha256: decided.contract_sha256,
    policy: policy.name,
    policy_sha256: decided.policy_sha256,
    decision_sha256: sha256Hex(crypto, texts.decision),
    decision: decided.decision,
  };
  return { ref, texts };
}

// The documents are plain data; members that are undefined are not said, and half of a surrogate pair has no bytes.
function text(value: object): string {
  const plain: Json = JSON.parse(JSON.stringify(value), (_, member: Json) =>
    typeof member === "string" ? wellFormed(member) : member,
  );
  return canonicalCsc(plain);
}
