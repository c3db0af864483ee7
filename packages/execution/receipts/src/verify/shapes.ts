// The shapes of receipts met in the wild: how each is recognised, and which of its members are under the signature.
// Source: spec/acta.md §1.6; recognised by presence of members, never by what a member claims.

import type { Json, JsonObject } from "@ces/kernel";
import type { SignatureAlgorithm } from "../anchors/key-algorithm.ts";
import { isObject } from "../schema/violations.ts";
import type { ReceiptShape } from "./report.ts";

/** How a shape spells the algorithms. Exactly: another case is another name. */
export type AlgorithmNames = ReadonlyMap<Json | undefined, SignatureAlgorithm>;

const ENVELOPE_NAMES: AlgorithmNames = new Map([
  ["EdDSA", "EdDSA"],
  ["ES256", "ES256"],
]);
const FLAT_NAMES: AlgorithmNames = new Map([
  ["ed25519", "EdDSA"],
  ["es256", "ES256"],
]);

/** A receipt taken apart; nothing of it has been verified. */
export type Located = {
  readonly shape: ReceiptShape;
  readonly receipt: JsonObject;
  /** The object whose canonical text is signed; null when it is missing or no object. */
  readonly signed: JsonObject | null;
  /** The members that say what happened. */
  readonly payload: JsonObject | null;
  /** The algorithm as the receipt names it, and the names that its shape has; `undefined` where the shape has none. */
  readonly algorithm: { readonly names: AlgorithmNames; readonly given: Json | undefined } | undefined;
  readonly signature: Json | undefined;
  readonly kid: string | null;
  /** The signed time. */
  readonly time: Json | undefined;
  /** The signed link to the predecessor, and the signed position. */
  readonly link: Json | undefined;
  readonly sequence: Json | undefined;
  /** Names of unsigned members that a reader might take for signed. */
  readonly unattested: readonly string[];
};

/** The receipt's parts, or undefined for a shape that nobody here knows. */
export function locate(value: Json): Located | undefined {
  if (!isObject(value)) return undefined;
  const shape = shapeOf(value);
  return shape === undefined ? undefined : takeApart[shape](value);
}

function shapeOf(value: JsonObject): ReceiptShape | undefined {
  const { v, signature } = value;
  if (v === 2) return "v2";
  if (v !== undefined && v !== 1) return undefined;
  if (typeof signature === "string") return flatShape(value);
  if (Object.hasOwn(value, "payload") && v === undefined) return isDraft01(value) ? "aps-draft01" : "acta-envelope";
  if (isObject(signature) && (Object.hasOwn(signature, "sig") || Object.hasOwn(signature, "alg")))
    return "acta-envelope";
  return v === 1 ? "v1-flat" : undefined;
}

// A signature that is a text: everything beside it is signed, or only the payload when nothing names a type.
function flatShape(value: JsonObject): ReceiptShape | undefined {
  if (typeof value["type"] === "string") return "v1-flat";
  // A gate's tuple has a digest and rules of its own.
  if (Object.hasOwn(value, "payload")) return Object.hasOwn(value, "digest") ? undefined : "sb-runtime-v1";
  return Object.hasOwn(value, "receipt_id") || Object.hasOwn(value, "receipt_version") ? "legacy-flat" : undefined;
}

// Draft-01 era: no type in the payload; time, issuer and link stand outside, unsigned.
function isDraft01(value: JsonObject): boolean {
  const { payload, signature } = value;
  if (!isObject(payload) || !isObject(signature) || Object.hasOwn(payload, "type")) return false;
  return (
    Object.hasOwn(payload, "receipt_type") || (Object.hasOwn(value, "receipt_id") && Object.hasOwn(value, "issuer_id"))
  );
}

const takeApart: Readonly<Record<ReceiptShape, (value: JsonObject) => Located>> = {
  "acta-envelope": (value) => {
    const payload = objectAt(value, "payload");
    return {
      ...envelope("acta-envelope", value, payload),
      time: payload?.["issued_at"],
      link: payload?.["previousReceiptHash"],
      sequence: payload?.["sequence"],
    };
  },
  "aps-draft01": (value) => {
    const payload = objectAt(value, "payload");
    return {
      ...envelope("aps-draft01", value, payload),
      time: payload?.["timestamp"],
      link: undefined,
      sequence: undefined,
    };
  },
  v2: (value) => {
    const payload = objectAt(value, "payload");
    return {
      ...flat("v2", value, payload === null ? null : withoutSignature(value)),
      payload,
      algorithm: { names: FLAT_NAMES, given: value["algorithm"] },
      time: value["issued_at"],
      link: payload?.["previousReceiptHash"] ?? value["previousReceiptHash"],
      sequence: payload?.["sequence"],
    };
  },
  "v1-flat": (value) => ({
    ...flat("v1-flat", value, withoutSignature(value)),
    algorithm: namedAlgorithm(value),
    time: value["issued_at"] ?? value["timestamp"],
    link: value["previousReceiptHash"] ?? value["previous_receipt_hash"] ?? value["parent_receipt_hash"],
    sequence: value["sequence"],
  }),
  "legacy-flat": (value) => ({
    ...flat("legacy-flat", value, withoutSignature(value)),
    algorithm: namedAlgorithm(value),
    time: value["timestamp"],
    link: value["parent_receipt_hash"] ?? undefined,
    sequence: value["sequence"],
  }),
  "sb-runtime-v1": (value) => {
    const payload = objectAt(value, "payload");
    const link = payload?.["prev_hash"];
    return {
      ...flat("sb-runtime-v1", value, payload),
      payload,
      algorithm: undefined,
      time: payload?.["timestamp"],
      link: link === "genesis" ? undefined : link,
      sequence: payload?.["sequence"],
      unattested: Object.keys(value).filter((name) => !["payload", "signature"].includes(name)),
    };
  },
};

type Parts = "shape" | "receipt" | "signed" | "payload" | "algorithm" | "signature" | "kid" | "unattested";

function envelope(shape: ReceiptShape, value: JsonObject, payload: JsonObject | null): Pick<Located, Parts> {
  const block = objectAt(value, "signature");
  const siblings = Object.keys(value).filter((name) => !["payload", "signature"].includes(name));
  const extra = Object.keys(block ?? {}).filter((name) => !["alg", "kid", "sig"].includes(name));
  return {
    shape,
    receipt: value,
    signed: payload,
    payload,
    algorithm: block === null ? undefined : { names: ENVELOPE_NAMES, given: block["alg"] },
    signature: block?.["sig"],
    kid: textAt(block, "kid"),
    unattested: [...siblings, ...extra.map((name) => `signature.${name}`)],
  };
}

function flat(shape: ReceiptShape, value: JsonObject, signed: JsonObject | null): Pick<Located, Parts> {
  return {
    shape,
    receipt: value,
    signed,
    payload: signed,
    algorithm: undefined,
    signature: value["signature"] ?? undefined,
    kid: textAt(value, "kid"),
    unattested: [],
  };
}

function namedAlgorithm(value: JsonObject): Located["algorithm"] {
  return Object.hasOwn(value, "algorithm") ? { names: FLAT_NAMES, given: value["algorithm"] } : undefined;
}

/** Everything but the signature. Spread keeps a member called `__proto__` as its own. */
export function withoutSignature(value: JsonObject): JsonObject {
  const { signature: _, ...rest } = value;
  return rest;
}

function objectAt(value: JsonObject, name: string): JsonObject | null {
  const member = value[name];
  return isObject(member) ? member : null;
}

function textAt(value: JsonObject | null, name: string): string | null {
  const member = value?.[name];
  return typeof member === "string" ? member : null;
}
