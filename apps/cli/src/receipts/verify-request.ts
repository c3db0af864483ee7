// What a person asks of receipts, read from the command line and the files it names.
import { resolve } from "node:path";
import { nodeCrypto } from "@ces/crypto-node";
import { CesError, type Json, parseJson } from "@ces/kernel";
import {
  type ChainOptions,
  type LegacyConvention,
  type PolicyReport,
  readAnchor,
  readPolicyBundle,
} from "@ces/receipts";
import { readDocument } from "../csc/read-document.ts";
import type { CommandContext } from "../define-command.ts";
import { MAX_RECEIPT_FILE, receiptItems, type ReceiptItem } from "./receipt-items.ts";

/** Everything that a verification needs. */
export type VerifyRequest = {
  readonly items: readonly ReceiptItem[];
  readonly options: ChainOptions;
  /** The published policy that the receipts have to be under; null when none was named. */
  readonly policy: PolicyReport | null;
  /** Keys of the list that cannot be used, with the reason. */
  readonly unusable_keys: readonly { readonly kid: string | null; readonly why: string }[];
  /** A bundle brought keys of its own. */
  readonly brings_keys: boolean;
};

const conventions: readonly LegacyConvention[] = ["link_b", "link_c", "link_d", "link_e", "prehashed_signature"];
const [MAX_KEYS, MAX_SMALL, MAX_POLICY] = [1024 * 1024, 1024 * 1024, 64 * 1024 * 1024] as const;

/** Reads the request. Throws CesError `CSC_FILE`, `USAGE_FILE`, `USAGE_OPTION`. */
export function verifyRequest(ctx: CommandContext): VerifyRequest {
  const names = [ctx.args["file"] ?? "", ...ctx.rest];
  const files = names.map((name) => receiptItems(readDocument(resolve(ctx.cwd, name), "receipt", MAX_RECEIPT_FILE)));
  const keys = trustedKeys(ctx);
  const policy = policyOf(ctx);
  const [checkpoint, log] = [jsonOf(ctx, "checkpoint"), jsonOf(ctx, "log")];
  const disclosures = jsonOf(ctx, "disclosures");
  const issuer = ctx.text("expect-issuer");
  const options: ChainOptions = {
    crypto: nodeCrypto,
    anchors: keys.anchors,
    revocation: ctx.flag("ignore-revocation") ? "ignore" : "honour",
    accept: acceptOf(ctx),
    ...(policy?.digest == null ? {} : { expect_policy: policy.digest }),
    ...(issuer === undefined ? {} : { expect_issuer: issuer }),
    ...(disclosures === undefined ? {} : { disclosures: listOf(disclosures) }),
    ...(checkpoint === undefined ? {} : { checkpoint }),
    ...(log === undefined ? {} : { log_entries: listOf(log) }),
  };
  return {
    items: files.flatMap(({ items }) => items),
    options,
    policy,
    unusable_keys: keys.unusable,
    brings_keys: files.some((one) => one.brings_keys),
  };
}

/** The keys of `--keys`; none when it is not given. Throws CesError `USAGE_FILE`, `CSC_FILE`. */
export function trustedKeys(ctx: CommandContext): {
  readonly anchors: ChainOptions["anchors"];
  readonly unusable: VerifyRequest["unusable_keys"];
} {
  const name = ctx.text("keys");
  if (name === undefined) return { anchors: {}, unusable: [] };
  const read = readAnchor(readDocument(resolve(ctx.cwd, name), "key", MAX_KEYS));
  if (read.kind === "refused")
    throw new CesError("USAGE_FILE", `\`${name}\` ${read.text}`, {
      remedy: "name a JWK Set, a JWK, a PEM public key or 64 hex digits",
    });
  const unusable = read.keys.flatMap(({ kid, fault }) => (fault === null ? [] : [{ kid, why: fault.text }]));
  return { anchors: read.anchors, unusable };
}

function policyOf(ctx: CommandContext): PolicyReport | null {
  const name = ctx.text("policy");
  if (name === undefined) return null;
  return readPolicyBundle(readDocument(resolve(ctx.cwd, name), "policy", MAX_POLICY), nodeCrypto);
}

// What stands beside receipts is read as strictly as they are.
function jsonOf(ctx: CommandContext, option: "checkpoint" | "log" | "disclosures"): Json | undefined {
  const name = ctx.text(option);
  if (name === undefined) return undefined;
  const read = parseJson(readDocument(resolve(ctx.cwd, name), "receipt", MAX_SMALL), { profile: "strict" });
  if (read.kind === "parsed") return read.value;
  throw new CesError("USAGE_FILE", `\`${name}\` is no strict JSON (${read.cause} at ${read.at})`, {
    remedy: `name one JSON document with \`--${option}\``,
  });
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value];
}

function acceptOf(ctx: CommandContext): readonly LegacyConvention[] {
  return ctx.list("accept").map((name) => {
    const known = conventions.find((one) => one === name);
    if (known !== undefined) return known;
    throw new CesError("USAGE_OPTION", `\`--accept ${name}\` is no convention that is known`, {
      remedy: `one of ${conventions.join(", ")}`,
    });
  });
}
