// From a draft to the exact bytes that are signed. Everything is judged before any key is touched. Source: spec/acta.md §7.1.

import type { JsonObject } from "@ces/kernel";
import { issuerKidOf } from "../anchors/kid.ts";
import { violations } from "../schema/violations.ts";
import { canonicalBytes } from "../verify/signing-input.ts";
import type { WrittenPayload } from "../written/payload.ts";
import { writtenForm } from "../written/payload-forms.ts";
import { ENGINE_MEMBERS, SIG_ALG, SPEC } from "../written/receipt.ts";
import type { SandboxMembers } from "../written/sandbox-truth.ts";
import type { ChainHead } from "./chain-head.ts";
import type { ReceiptSigner } from "./receipt-signer.ts";
import { sandboxContradictions } from "./sandbox-contradictions.ts";
import type { SignCause, SignRefusal } from "./signed.ts";

/** Members that the engine sets: the clock's reading, the key's name, the chain's state. */
export type EngineGround = {
  readonly signer: Pick<ReceiptSigner, "kid" | "public_key" | "place">;
  /** RFC 3339, UTC. */
  readonly issued_at: string;
  /** Null for a checkpoint, which is no part of the chain. */
  readonly head: ChainHead | null;
};

/** A payload and its signing input; or every reason why there is none. */
export type Prepared<Of extends WrittenPayload> =
  | { readonly kind: "prepared"; readonly payload: Of; readonly message: Uint8Array }
  | { readonly kind: "refused"; readonly causes: readonly SignCause[] };

/** Receipts are small; what is large is committed to by digest. */
const MAX_PAYLOAD_BYTES = 64 * 1024;

/** Completes and judges a draft. `Of` is the payload of the draft's type. */
export function preparePayload<Of extends WrittenPayload>(draft: object, ground: EngineGround): Prepared<Of> {
  const early = [...groundFaults(ground), ...engineMembersIn(draft)];
  if (early.length > 0) return { kind: "refused", causes: early };
  const payload = completed(draft as JsonObject, ground); // judged as JSON below, before anything is believed
  const bytes = canonicalBytes(payload);
  if (bytes.kind === "refused") {
    const { code, text } = bytes.finding;
    return refused(TEXT_FAULTS.get(code) ?? "schema_invalid", "", text);
  }
  if (bytes.bytes.length > MAX_PAYLOAD_BYTES)
    return refused("input_too_large", "", `the payload has more than ${MAX_PAYLOAD_BYTES} bytes`);
  const causes = payloadFaults(payload);
  if (causes.length > 0) return { kind: "refused", causes };
  // The form of the type has just held over every member.
  return { kind: "prepared", payload: payload as unknown as Of, message: bytes.bytes };
}

const TEXT_FAULTS: ReadonlyMap<string, SignRefusal> = new Map<string, SignRefusal>([
  ["number_not_exact", "number_not_exact"],
  ["non_ascii_key", "non_ascii_key"],
  ["invalid_unicode", "invalid_unicode"],
]);

function completed(draft: JsonObject, { signer, issued_at, head }: EngineGround): JsonObject {
  const signed: JsonObject = { ...draft, spec: SPEC, sig_alg: SIG_ALG, issuer_id: signer.kid, issued_at };
  if (head === null) return signed;
  const chained: JsonObject = { ...signed, sequence: head.count + 1 };
  return head.terminal_hash === null ? chained : { ...chained, previousReceiptHash: head.terminal_hash };
}

// SECURITY: whoever names a link, a time or an issuer in a draft would have it signed in the engine's name.
function engineMembersIn(draft: object): readonly SignCause[] {
  return [...ENGINE_MEMBERS, "signature"]
    .filter((name) => Object.hasOwn(draft, name))
    .map((name) => ({ code: "engine_member", path: `/${name}`, text: "is set by the engine, never by a draft" }));
}

function groundFaults({ signer, head }: EngineGround): readonly SignCause[] {
  const found: SignCause[] = [];
  if (signer.kid !== issuerKidOf(signer.public_key))
    found.push({ code: "issuer_kid_mismatch", path: "/issuer_id", text: "the signer's kid is not made from its key" });
  if (head !== null && !isPossible(head))
    found.push({ code: "chain_head_invalid", path: "", text: "the chain's head is no head of a chain" });
  return found;
}

function isPossible({ count, terminal_hash }: ChainHead): boolean {
  if (!Number.isSafeInteger(count) || count < 0) return false;
  return count === 0 ? terminal_hash === null : terminal_hash !== null && /^sha256:[0-9a-f]{64}$/.test(terminal_hash);
}

function payloadFaults(payload: JsonObject): readonly SignCause[] {
  const form = writtenForm(payload["type"]);
  if (form === undefined) return [{ code: "schema_invalid", path: "/type", text: "is no type that is written here" }];
  const odd = violations(form, payload).map(({ path, text, unknown }): SignCause => ({
    code: unknown === true ? "unexpected_member" : "schema_invalid",
    path,
    text,
  }));
  if (odd.length > 0) return odd;
  return [...sandboxFaults(payload), ...importFaults(payload)];
}

function sandboxFaults(payload: JsonObject): readonly SignCause[] {
  if (!Object.hasOwn(payload, "sandbox_backend")) return [];
  const claim = payload as unknown as SandboxMembers; // its form has held
  return sandboxContradictions(claim).map((text) => ({
    code: "sandbox_contradiction",
    path: "/sandbox_backend",
    text,
  }));
}

// An older chain is taken up where the new one begins, or nowhere.
function importFaults(payload: JsonObject): readonly SignCause[] {
  return Object.hasOwn(payload, "imports") && payload["sequence"] !== 1
    ? [{ code: "schema_invalid", path: "/imports", text: "stands in the first receipt of a chain only" }]
    : [];
}

function refused(code: SignRefusal, path: string, text: string): Prepared<never> {
  return { kind: "refused", causes: [{ code, path, text }] };
}
