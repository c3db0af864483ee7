// A proof as `--json` prints it: everything but the texts of its command contracts, which stay in the record.
import type { Proof } from "@ces/records";
import type { ProvedWalls } from "./prove-walls.ts";

/** One canary through one runtime. */
export type CanaryData = Proof["canaries"][number];

/** The record without texts; `recorded` says whether the project here keeps it. */
export type ProofData = Pick<
  Proof,
  "proof_id" | "fingerprint" | "machine" | "held" | "runtimes" | "canaries" | "not_tried" | "started_at" | "ended_at"
> & {
  readonly recorded: boolean;
  readonly command_contracts: readonly {
    readonly runtime: string;
    readonly contract: Readonly<Record<string, string>>;
  }[];
};

/** Of a proof that was just made. */
export function proofData({ proof, recorded }: ProvedWalls): ProofData {
  const { schema: _schema, command_contracts, ...said } = proof;
  return {
    ...said,
    recorded,
    command_contracts: command_contracts.map(({ runtime, ref }) => ({ runtime, contract: ref })),
  };
}
