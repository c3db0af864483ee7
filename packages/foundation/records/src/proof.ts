// A proof of the walls: what canaries tried on this machine through the real clients, and what was seen (`ces doctor --prove`).
import { z } from "zod";
import { CommandContractRef, CommandContractTexts } from "./run.ts";
import { Instant, RuntimeName, Sha256Hex } from "./scalar.schema.ts";

/** What a proof is about. Another kernel, bubblewrap, CES or client is another machine as far as a proof goes. */
export const ProvedMachine = z.strictObject({
  /** `linux 6.18.0` as the kernel says it, and the processor. */
  kernel: z.string().max(200),
  arch: z.string().max(40),
  bubblewrap: z.string().max(40),
  ces: z.string().max(40),
  /** Versions of the clients that were found; a client that is not there is not named. */
  clients: z.strictObject({ claude: z.string().max(80).exactOptional(), codex: z.string().max(80).exactOptional() }),
});
export type ProvedMachine = z.infer<typeof ProvedMachine>;

/** One canary through one runtime. */
export const CanaryResult = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  runtime: RuntimeName,
  attempts: z.string().max(500),
  must: z.string().max(500),
  observed: z.string().max(2000),
  held: z.boolean(),
});
export type CanaryResult = z.infer<typeof CanaryResult>;

export const Proof = z.strictObject({
  schema: z.literal("ces.proof/v1"),
  proof_id: z.string().regex(/^PF-[0-9a-f]{12}$/),
  /** Hash of `machine` under `ces.machine/v1`. */
  fingerprint: Sha256Hex,
  machine: ProvedMachine,
  /** Every canary of every runtime held, and there was at least one. */
  held: z.boolean(),
  /** Which clients proved it. `replay` is no client: it plays recorded commands in the same walls. */
  runtimes: z.array(z.strictObject({ runtime: RuntimeName, version: z.string().max(80) })).min(1),
  canaries: z.array(CanaryResult).min(1),
  /** What a runtime cannot try, and why; nothing is claimed of it. */
  not_tried: z.array(z.strictObject({ id: z.string(), runtime: RuntimeName, why: z.string().max(500) })),
  /** What each box was started under, in the order of the starts. */
  command_contracts: z.array(
    z.strictObject({ runtime: RuntimeName, ref: CommandContractRef, texts: CommandContractTexts }),
  ),
  started_at: Instant,
  ended_at: Instant,
});
export type Proof = z.infer<typeof Proof>;
