// A verifier's own file of keys: which ids, from when, until when, revoked when. Source: F-36, spec/csc.md §1.8.

import type { JsonObject } from "@ces/kernel";
import { readJson, schemaProblems } from "../doors/read-json.ts";
import { limits } from "../limits.ts";
import type { TrustedKey } from "../receipts/verify-receipt.ts";
import { epochOf } from "../rfc3339.ts";
import { trustSchema } from "../schema/house-schemas.ts";
import { readPublicKey } from "./read-public-key.ts";

/** The keys by id, or one sentence why the file is not believed. */
export type TrustRead =
  | { readonly kind: "read"; readonly keys: ReadonlyMap<string, TrustedKey> }
  | { readonly kind: "refused"; readonly text: string };

type TrustFile = {
  readonly keys: readonly {
    readonly key_id: string;
    readonly public_key: string;
    readonly valid_from?: string;
    readonly valid_until?: string;
    readonly revoked_at?: string;
  }[];
};

/** Reads a trust file. A key that cannot be read, a time that is no time or an id twice refuses the whole file. Never throws. */
export function readTrust(bytes: Uint8Array): TrustRead {
  const parsed = readJson(bytes, "trust file", limits.trust_bytes);
  if (parsed.kind === "refused") return { kind: "refused", text: parsed.problems[0]?.text ?? "unreadable" };
  const [problem] = schemaProblems(trustSchema, parsed.value, "trust file");
  if (problem !== undefined) return { kind: "refused", text: problem.text };
  // The schema is the type.
  return keysOf(parsed.value as unknown as TrustFile & JsonObject);
}

function keysOf(file: TrustFile): TrustRead {
  const keys = new Map<string, TrustedKey>();
  for (const { key_id, public_key, ...times } of file.keys) {
    const key = readPublicKey(public_key);
    if (key.kind === "refused") return { kind: "refused", text: `\`${key_id}\`: ${key.text}` };
    if (keys.has(key_id)) return { kind: "refused", text: `\`${key_id}\` stands twice` };
    const odd = Object.values(times).find((time) => epochOf(time) === undefined);
    if (odd !== undefined) return { kind: "refused", text: `\`${key_id}\`: \`${odd}\` is no RFC 3339 time` };
    keys.set(key_id, { public_key: key.bytes, ...times });
  }
  return { kind: "read", keys };
}
