// What is known of a name's keys, as it stands beside the private halves. No private byte is ever in it. An unknown member is an error.
import { z } from "zod";

const Time = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
const PublicKey = z.string().regex(/^[0-9a-f]{64}$/);

/** A program that holds the private half: absolute, called with these words and nothing else. */
const SigningProgram = z.strictObject({ path: z.string().startsWith("/"), args: z.array(z.string()) });
export type SigningProgram = z.infer<typeof SigningProgram>;

/** One key. `locked`: its file needs a passphrase; `external`: a program holds it. */
export const KeyFacts = z.strictObject({
  public_key: PublicKey,
  form: z.enum(["plain", "locked", "external"]),
  /** Name of the private half's file, which is destroyed when the key ends; null when a program holds it. */
  file: z
    .string()
    .regex(/^[A-Za-z0-9_-]+\.pem$/)
    .nullable(),
  program: SigningProgram.nullable(),
  made_at: Time,
  /** Inclusive; null: nobody here knows since when it signs. */
  valid_from: Time.nullable(),
  /** Exclusive; null: it is the current one. */
  valid_until: Time.nullable(),
  revoked_at: Time.nullable(),
});
export type KeyFacts = z.infer<typeof KeyFacts>;

/** A rotation that has begun: the next key is made, and each chain gets the old key's last word. */
const OpenRotation = z.strictObject({
  next: KeyFacts,
  /** `count`: receipts in it when the rotation began. */
  chains: z.array(z.strictObject({ path: z.string().startsWith("/"), count: z.number().int().nonnegative() })),
  reason: z.enum(["scheduled", "compromised"]),
});
export type OpenRotation = z.infer<typeof OpenRotation>;

/** Everything about a name. The last key is the current one. */
export const ReceiptKey = z.strictObject({
  schema: z.literal("ces.receipt-key/v1"),
  name: z.string(),
  keys: z.array(KeyFacts).min(1),
  rotation: OpenRotation.nullable(),
});
export type ReceiptKey = z.infer<typeof ReceiptKey>;
