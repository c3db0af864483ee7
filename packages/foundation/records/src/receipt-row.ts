// A signed receipt as the project keeps it: what is published, and beside it what opens its salted digest to whoever may see the row.
import { z } from "zod";

/** The published receipt. Its members are judged by the receipts package, whose format it is. */
export const StoredReceipt = z.strictObject({
  payload: z.record(z.string(), z.json()),
  signature: z.strictObject({ alg: z.literal("EdDSA"), kid: z.string(), sig: z.string() }),
});
export type StoredReceipt = z.infer<typeof StoredReceipt>;

/** The stored row that `row_digest` or `run_digest` of the payload is over. */
export const ReceiptSubject = z.strictObject({
  kind: z.enum(["decision", "run_started", "run", "proof"]),
  id: z.string(),
  /** 16 to 255 bytes, lower-case hex; never published with the receipt. */
  salt: z.string().regex(/^(?:[0-9a-f]{2}){16,255}$/),
});
export type ReceiptSubject = z.infer<typeof ReceiptSubject>;

/** One receipt of the project's chain. */
export const ReceiptRow = z.strictObject({
  schema: z.literal("ces.receipt/v1"),
  receipt: StoredReceipt,
  /** Null where the receipt says everything itself. */
  about: ReceiptSubject.nullable(),
});
export type ReceiptRow = z.infer<typeof ReceiptRow>;

/** How long a chain was and which receipt was its last: held apart from the chain, it shows a cut tail. */
export const ReceiptHead = z.strictObject({
  count: z.number().int().min(0),
  /** `sha256:` over the last receipt; null before the first. */
  terminal_hash: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .nullable(),
  /** Who signs. */
  kid: z.string(),
});
export type ReceiptHead = z.infer<typeof ReceiptHead>;
