// A contract put together from answers. It goes through the same door as every other before it is written.
import { type Argv, type EffectType, type NetworkMode, readContract } from "@ces/contract";
import { nodeCrypto } from "@ces/crypto-node";
import { CesError, encodeHex, type Random, utf8Encode } from "@ces/kernel";
import { sentenceOf } from "./load-documents.ts";

/** What the person said. Paths are absolute. */
export type DraftAnswers = {
  readonly argv: Argv;
  readonly intent: string;
  readonly justification: string;
  readonly user: string;
  readonly cwd: string;
  readonly read_paths: readonly string[];
  readonly write_paths: readonly string[];
  readonly network: NetworkMode;
  readonly effect: EffectType;
  readonly timeout_sec: number;
};

/** The text of the contract's file. Throws CesError `CSC_CONTRACT_REFUSED` for answers that make no contract. */
export function draftContract(answers: DraftAnswers, random: Random): string {
  const contract = {
    version: "csc.v0.1",
    contract_id: `contract_${encodeHex(random(8))}`,
    intent: answers.intent,
    actor: {
      agent_id: "ces",
      session_id: encodeHex(random(8)),
      initiating_user: answers.user,
      delegation_scope: "one command",
    },
    commands: [
      {
        id: "cmd_1",
        exec: { argv: [...answers.argv] },
        cwd: answers.cwd,
        read_paths: [...answers.read_paths],
        write_paths: [...answers.write_paths],
        network: answers.network,
        env_allow: [],
        secret_refs: [],
        timeout_sec: answers.timeout_sec,
        proposed_effect_type: answers.effect,
      },
    ],
    risk_class: answers.write_paths.length === 0 && answers.network === "deny" ? "low" : "medium",
    approval_mode: "policy_only",
    expected_outputs: [],
    justification: answers.justification,
  };
  const text = `${JSON.stringify(contract, null, 2)}\n`;
  const read = readContract(utf8Encode(text), nodeCrypto);
  if (read.kind === "read") return text;
  throw new CesError("CSC_CONTRACT_REFUSED", `what was said makes no contract: ${sentenceOf(read.problems)}`, {
    remedy: "ces contract schema contract",
  });
}
