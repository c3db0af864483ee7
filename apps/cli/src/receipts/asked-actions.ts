// What was asked, for receipts that say it only as a digest: shown beside them, and believed only where the digest says so.
import { nodeCrypto } from "@ces/crypto-node";
import { type AskedAgain, readAction, type RequestContext } from "@ces/governance-rules";
import { decodeHex, type Json, type JsonObject, utf8Encode } from "@ces/kernel";
import { saltedDigest, verifyDisclosure } from "@ces/receipts";
import { isObject } from "./receipt-items.ts";

/** Shown actions `{action, target_salt}` as `check-policy --json` prints them, and fields disclosed against a commitment. */
export type ShownActions = { readonly actions: readonly Json[]; readonly disclosures: readonly Json[] };

/** Finds the action of a payload: by the digest of one that was shown, a committed field, or in clear. Never throws. */
export function askedActions({ actions, disclosures }: ShownActions): (payload: JsonObject) => AskedAgain {
  const byDigest = new Map(actions.flatMap((one) => digestsOf(one)));
  return (payload) => {
    const digest = payload["target_digest"];
    const shown = typeof digest === "string" ? byDigest.get(digest) : undefined;
    return shown ?? committed(payload, disclosures) ?? inClear(payload) ?? HIDDEN;
  };
}

const HIDDEN: AskedAgain = {
  kind: "unknown",
  why: "the receipt says the action only as a digest, and nobody showed it (`--actions`, `--disclosures`)",
};

type Known = Extract<AskedAgain, { kind: "known" }>;

// SECURITY: the digest binds the action and nothing else; a context beside it would be anybody's word and is not read.
function digestsOf(value: Json): readonly (readonly [string, Known])[] {
  const one = isObject(value) && isObject(value["data"] ?? null) ? value["data"] : value;
  if (!isObject(one ?? null)) return [];
  const { action, target_salt } = one as JsonObject;
  const salt = typeof target_salt === "string" ? decodeHex(target_salt) : undefined;
  if (typeof action !== "string" || salt === undefined) return [];
  const digest = saltedDigest(nodeCrypto, salt, bytesOf(action));
  return digest === undefined ? [] : [[digest, { kind: "known", action, context: null }]];
}

// What is half a character has no bytes and was never signed.
function bytesOf(action: string): Uint8Array {
  try {
    return utf8Encode(action);
  } catch {
    return new Uint8Array();
  }
}

// SECURITY: only a field that leads to the root that the receipt signs.
function committed(payload: JsonObject, disclosures: readonly Json[]): Known | undefined {
  const root = payload["committed_fields_root"];
  const field = (name: string): Json | undefined => {
    const found = disclosures.find(
      (one) => isObject(one) && one["name"] === name && verifyDisclosure(root, one, nodeCrypto).length === 0,
    );
    return isObject(found ?? null) ? (found as JsonObject)["value"] : undefined;
  };
  const action = field("action");
  return typeof action === "string" ? { kind: "known", action, context: contextOf(field("context")) } : undefined;
}

// `target` is the whole action, or what follows the tool's name; only what reads back as the same tool is it.
function inClear(payload: JsonObject): Known | undefined {
  const { action, target, tool_name } = payload;
  const texts = [action, target, ...(typeof target === "string" ? [`${String(tool_name)}:${target}`] : [])];
  const found = texts.filter((one) => typeof one === "string").find((text) => toolOf(text) === tool_name);
  return found === undefined ? undefined : { kind: "known", action: found, context: null };
}

function toolOf(action: string): string | undefined {
  const read = readAction(action);
  return "why" in read ? undefined : read.tool_name;
}

function contextOf(value: Json | undefined): RequestContext | null {
  return isObject(value ?? null) ? (value as JsonObject) : null;
}
