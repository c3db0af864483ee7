// The rotation receipt: the old key's last word names the next one, so that a chain goes on across keys. Source: spec/acta.md §7.3.

import type { ChainMembers, EngineMember } from "./receipt.ts";

/** The house's own namespace. */
export const KEY_ROTATION_TYPE = "ces:key_rotation";

/** Payload of a rotation receipt. SECURITY: the new key is named by digest; no key is ever taken from a receipt. */
export type KeyRotationPayload = ChainMembers & {
  readonly type: typeof KEY_ROTATION_TYPE;
  readonly new_kid: string;
  /** `sha256:` of the 32 bytes: a kid holds 70 bits, which is a name and no commitment. */
  readonly new_key_digest: string;
  /** RFC 3339; from here on receipts are signed by the new key. */
  readonly effective_at: string;
  /** Machine code: `scheduled`, `compromised`. */
  readonly reason: string;
};

/** A rotation before the engine adds its members. */
export type KeyRotationDraft = Omit<KeyRotationPayload, EngineMember>;
