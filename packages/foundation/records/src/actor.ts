// Who did it, and what proves it (DESIGN §2). A name alone is a label, never an identity.
import { z } from "zod";
import { Instant } from "./scalar.schema.ts";

export const ActorKind = z.enum(["human", "agent", "control_plane"]);
export const ActorProof = z.enum(["tty", "key", "none"]);

/** Somebody or something that acts. `proof` says what CES saw: a challenge at /dev/tty, an enrolled key, or nothing. */
export const Actor = z.strictObject({ id: z.string().min(1).max(200), kind: ActorKind, proof: ActorProof });
export type Actor = z.infer<typeof Actor>;

/** An enrolled identity: its public key and the strictest gate it may satisfy. */
export const Identity = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
  may: z.enum(["hybrid", "human"]),
  public_key: z.string(),
  enrolled_at: Instant,
  enrolled_by: z.string(),
});
export type Identity = z.infer<typeof Identity>;
