// What a receipt says, judged once its signature holds: schema, issuer, digests. Every finding, in one pass. Source: spec/acta.md §1.9 step 8.

import type { Crypto, Json, JsonObject } from "@ces/kernel";
import { writtenForm } from "../written/payload-forms.ts";
import { isObject, type Violation, violations } from "../schema/violations.ts";
import { readInstant } from "../time/instant.ts";
import type { Finding, Warning } from "./cause.ts";
import { isBeforeDraft03 } from "./early-draft.ts";
import { linkForm } from "./link-form.ts";
import { agtPayload, basePayload, readingForm } from "./reading-forms.ts";
import type { ReceiptShape } from "./report.ts";
import type { Located } from "./shapes.ts";
import { canonicalBytes, sha256Link } from "./signing-input.ts";
import type { VerifyOptions } from "./verify-options.ts";

/** Findings about content. */
export type ContentFindings = { readonly causes: Finding[]; readonly warnings: Finding<Warning>[] };

type Judge = (located: Located, found: ContentFindings, crypto: Pick<Crypto, "sha256">) => void;

/** Judges the content of a receipt, whatever of it is there. */
export function judgeContent(located: Located, { crypto, accept = [] }: VerifyOptions): ContentFindings {
  const found: ContentFindings = { causes: [], warnings: [] };
  judges[located.shape](located, found, crypto);
  if (!accept.includes("link_c")) judgeLinkForm(located, found);
  return found;
}

// Whether it leads anywhere is the chain's business; whether it is a link at all is not.
function judgeLinkForm({ link, shape }: Located, { causes }: ContentFindings): void {
  if (shape !== "acta-envelope" && shape !== "v2") return;
  if (typeof link !== "string" || link === "" || linkForm(link) !== "malformed") return;
  const path = "/payload/previousReceiptHash";
  causes.push({ code: "chain_link_malformed", path, text: "the link is in no form of a draft" });
}

const judges: Readonly<Record<ReceiptShape, Judge>> = {
  "acta-envelope": judgeEnvelope,
  "aps-draft01": (located, found, crypto) => {
    const id = located.receipt["receipt_id"];
    if (id !== undefined) matchDigest(found, { path: "/receipt_id", stated: id, of: located.payload, crypto });
    legacyShape(located, found);
  },
  v2: judgeV2,
  "v1-flat": (located, found) => judgeTime(located, found),
  "legacy-flat": (located, found, crypto) => {
    const input = located.receipt["tool_input"];
    const stated = located.receipt["input_hash"];
    if (stated !== undefined && isObject(input)) matchDigest(found, { path: "/input_hash", stated, of: input, crypto });
    judgeTime(located, found);
    legacyShape(located, found);
  },
  "sb-runtime-v1": (located, found) => {
    judgeTime(located, found);
    legacyShape(located, found);
  },
};

function judgeEnvelope({ payload, kid, unattested, receipt, algorithm }: Located, found: ContentFindings): void {
  for (const name of unattested)
    found.causes.push({
      code: "unexpected_member",
      path: `/${name.replace(".", "/")}`,
      text: "is not signed and not of the format",
    });
  if (payload === null) return;
  const signed = payload["sig_alg"];
  if (signed !== undefined && signed !== algorithm?.given)
    schemaInvalid(found, "/payload/sig_alg", "is not the algorithm beside the signature");
  const type = payload["type"];
  const form = typeof type === "string" && type.startsWith("ces:") ? writtenForm(type) : readingForm(type);
  note(found, violations(basePayload, payload, "/payload"));
  if (form !== undefined) note(found, violations(form, payload, "/payload"));
  if (type === "protectmcp:decision") judgeToolName(payload, found);
  if (type === "protectmcp:decision" && payload["decision"] === "require_approval" && isBeforeDraft03(payload["spec"]))
    schemaInvalid(found, "/payload/decision", "is no decision of the draft that the receipt follows");
  const issuer = payload["issuer_id"];
  if (typeof issuer === "string" && issuer !== kid)
    found.causes.push({
      code: "issuer_kid_mismatch",
      path: "/payload/issuer_id",
      text: "is not the kid of the signature",
    });
  sandboxWarnings(payload, receipt, found);
}

// Seen in the wild under an older name; signed all the same.
function judgeToolName(payload: JsonObject, found: ContentFindings): void {
  if (Object.hasOwn(payload, "tool_name")) return;
  const path = "/payload/tool_name";
  if (typeof payload["tool"] === "string")
    found.warnings.push({ code: "schema_deviation", path, text: "is missing; the payload says `tool`" });
  else found.causes.push({ code: "schema_invalid", path, text: "is missing" });
}

function sandboxWarnings(payload: JsonObject, _: JsonObject, { warnings }: ContentFindings): void {
  const backend = payload["sandbox_backend"];
  if (backend === "none" || payload["sandbox_state"] === "disabled")
    warnings.push({ code: "sandbox_disabled", path: "/payload/sandbox_backend", text: "there was no sandbox" });
  else if (backend !== undefined && !hasItems(payload["sandbox_observed"]))
    warnings.push({
      code: "sandbox_unobserved",
      path: "/payload/sandbox_observed",
      text: "the sandbox is the signer's word; nothing was observed",
    });
  if (payload["issuer_certification"] === "ephemeral")
    warnings.push({
      code: "ephemeral_key",
      path: "/payload/issuer_certification",
      text: "the key was made for one process",
    });
}

function judgeV2(located: Located, found: ContentFindings): void {
  judgeTime(located, found);
  if (located.time === undefined) schemaInvalid(found, "/issued_at", "is missing");
  const { receipt, payload } = located;
  const type = receipt["type"];
  if (typeof type !== "string" || type === "") return schemaInvalid(found, "/type", "is missing");
  const ring = /^agt:ring_([^_]*)_decision$/.exec(type)?.[1];
  if (ring === undefined || payload === null) return;
  if (ring !== "2" && ring !== "3") schemaInvalid(found, "/type", "names a ring that there is not");
  note(found, violations(agtPayload, payload, "/payload"));
  if (payload["ring"] !== undefined && payload["ring"] !== Number(ring))
    schemaInvalid(found, "/payload/ring", "disagrees with the type");
  if (payload["type"] !== undefined && payload["type"] !== type)
    schemaInvalid(found, "/payload/type", "disagrees with the type of the envelope");
}

function judgeTime({ time }: Located, found: ContentFindings): void {
  if (time !== undefined && readInstant(time) === undefined)
    schemaInvalid(found, "/issued_at", "the time is not a date and time with zone (RFC 3339)");
}

function legacyShape({ unattested, shape }: Located, { warnings }: ContentFindings): void {
  warnings.push({ code: "legacy_shape", path: "", text: `the shape \`${shape}\` is read, never written` });
  if (unattested.length > 0)
    warnings.push({
      code: "unattested_members",
      path: "",
      text: `${unattested.join(", ")}: beside the signature, not under it`,
    });
}

type DigestClaim = {
  readonly path: string;
  readonly stated: Json;
  readonly of: JsonObject | null;
  readonly crypto: Pick<Crypto, "sha256">;
};

function matchDigest({ causes }: ContentFindings, { path, stated, of, crypto }: DigestClaim): void {
  const canonical = of === null ? undefined : canonicalBytes(of);
  if (canonical?.kind !== "bytes" || sha256Link(crypto, canonical.bytes) !== stated)
    causes.push({ code: "digest_mismatch", path, text: "is not the digest of what it names" });
}

function note(found: ContentFindings, all: readonly Violation[]): void {
  for (const { path, text, unknown } of all)
    if (!found.causes.some((one) => one.path === path))
      found.causes.push({ code: unknown === true ? "unexpected_member" : "schema_invalid", path, text });
}

function schemaInvalid({ causes }: ContentFindings, path: string, text: string): void {
  causes.push({ code: "schema_invalid", path, text });
}

function hasItems(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length > 0;
}
