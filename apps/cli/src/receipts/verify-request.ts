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
/** Bytes of a published policy. */
export const MAX_POLICY = 64 * 1024 * 1024;
const [MAX_KEYS, MAX_SMALL] = [1024 * 1024, 1024 * 1024] as const;

/** Reads the request. Throws CesError `CSC_FILE`, `USAGE_FILE`, `USAGE_OPTION`. */
export function verifyRequest(ctx: CommandContext): VerifyRequest {
  const keys = trustedKeys(ctx);
  const policy = policyOf(ctx);
  const checkpoint = jsonOf(ctx, "checkpoint");
  const [log, disclosures] = [documentsOf(ctx, "log"), documentsOf(ctx, "disclosures")];
  const issuer = ctx.text("expect-issuer");
  const options: ChainOptions = {
    crypto: nodeCrypto,
    anchors: keys.anchors,
    revocation: ctx.flag("ignore-revocation") ? "ignore" : "honour",
    accept: acceptOf(ctx),
    ...(policy?.digest == null ? {} : { expect_policy: policy.digest }),
    ...(issuer === undefined ? {} : { expect_issuer: issuer }),
    ...(disclosures === undefined ? {} : { disclosures }),
    ...(checkpoint === undefined ? {} : { checkpoint }),
    ...(log === undefined ? {} : { log_entries: log }),
  };
  return { ...receiptsOf(ctx), options, policy, unusable_keys: keys.unusable };
}

/** The receipts of the files that the command line names, in their order. Throws CesError `CSC_FILE`. */
export function receiptsOf(ctx: CommandContext): Pick<VerifyRequest, "items" | "brings_keys"> {
  const names = [ctx.args["file"] ?? "", ...ctx.rest];
  const files = names.map((name) => receiptItems(readDocument(resolve(ctx.cwd, name), "receipt", MAX_RECEIPT_FILE)));
  return { items: files.flatMap(({ items }) => items), brings_keys: files.some((one) => one.brings_keys) };
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

type Beside = "checkpoint" | "log" | "disclosures" | "actions";

/** The document of an option as a list; undefined without the option. Throws CesError `CSC_FILE`, `USAGE_FILE`. */
export function documentsOf(ctx: CommandContext, option: Beside): readonly Json[] | undefined {
  const value = jsonOf(ctx, option);
  return value === undefined || Array.isArray(value) ? value : [value];
}

// What stands beside receipts is read as strictly as they are.
function jsonOf(ctx: CommandContext, option: Beside): Json | undefined {
  const name = ctx.text(option);
  if (name === undefined) return undefined;
  const read = parseJson(readDocument(resolve(ctx.cwd, name), "receipt", MAX_SMALL), { profile: "strict" });
  if (read.kind === "parsed") return read.value;
  throw new CesError("USAGE_FILE", `\`${name}\` is no strict JSON (${read.cause} at ${read.at})`, {
    remedy: `name one JSON document with \`--${option}\``,
  });
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
