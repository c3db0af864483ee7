// A project's sealer with keys from a seed, for tests: real crypto, no files.
import { encodeBase64, encodeHex, nobleCrypto, type Crypto } from "@ces/kernel";
import { seededRandom } from "@ces/kernel/testing";
import type { MacKey, MacKeys, Signer } from "@ces/ports";
import type { LedgerDraft } from "@ces/records";
import { ledgerSealer, type SealerParts } from "./ledger-sealer.ts";
import { macKey } from "./mac-key.ts";

/** Sealer parts from a seed: the same seed gives the same keys and ids. `crypto` is noble's unless given. */
export function testSealerParts(
  seed = 1,
  crypto: Crypto = nobleCrypto,
): SealerParts & { readonly keys: MacKeys & { readonly add: (bytes: Uint8Array) => MacKey } } {
  const random = seededRandom(seed);
  const signer = testSigner(random(32), crypto);
  const first = macKey(crypto, random(32));
  const known = new Map([[first.fingerprint, first]]);
  const add = (bytes: Uint8Array): MacKey => {
    const key = macKey(crypto, bytes);
    known.set(key.fingerprint, key);
    return key;
  };
  return {
    crypto,
    random,
    project_id: encodeHex(random(16)),
    signer,
    ring: { publicKey: (key_id) => (key_id === signer.key_id ? signer.public_key : undefined) },
    keys: { first, override: null, key: (fingerprint) => known.get(fingerprint), add },
  };
}

/** A sealer from a seed. */
export function testSealer(seed = 1, crypto: Crypto = nobleCrypto) {
  return ledgerSealer(testSealerParts(seed, crypto));
}

/** A signer over a seed. */
export function testSigner(seed: Uint8Array, crypto: Crypto = nobleCrypto): Signer {
  const public_key = crypto.ed25519PublicKey(seed);
  const key_id = encodeHex(crypto.sha256(public_key)).slice(0, 32);
  return {
    key_id,
    public_key,
    sign: (message) => ({ key_id, signature: encodeBase64(crypto.ed25519Sign(seed, message)) }),
  };
}

/** A harmless draft. */
export function testDraft(given: Partial<LedgerDraft> = {}): LedgerDraft {
  return {
    event_type: "state_transition",
    actor: { id: "ces", kind: "control_plane", proof: "none" },
    delivery_id: null,
    summary: "something happened",
    decision: null,
    rationale: null,
    previous_state: null,
    new_state: null,
    refs: [],
    data: {},
    ...given,
  };
}
