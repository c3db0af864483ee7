// How a key file answers.

/** 32 bytes, or one sentence why not (without a byte of the key). */
export type KeyRead =
  | { readonly kind: "read"; readonly bytes: Uint8Array }
  | { readonly kind: "refused"; readonly text: string };
