// A published policy: its files, their hashes and the digest that receipts cite. Source: spec/acta.md §1.10.

import { type Crypto, type Json, type JsonObject, sha256Hex, utf8Decode, utf8Encode } from "@ces/kernel";
import { closed, digest, hex32, instant, list, type ObjectForm, text, word } from "../schema/form.ts";
import { isObject, violations } from "../schema/violations.ts";
import { type Finding, type Outcome, outcomeOf } from "../verify/cause.ts";
import { readStrictly } from "../verify/read-receipt.ts";
import { manifestDigest, POLICY_DIGEST_V1, policyDigest, type PolicyFile } from "./policy-digest.ts";

const SCHEMA = "acta.policy-bundle.v1";
// A policy may hold many files.
const MAX_BYTES = 64 * 1024 * 1024;

/** The document at `/.well-known/acta-policies/<hex>.json`. */
export type PolicyBundle = {
  readonly schema: typeof SCHEMA;
  readonly construction: typeof POLICY_DIGEST_V1;
  readonly engine: string;
  readonly policy_digest: string;
  readonly files: readonly { readonly name: string; readonly sha256: string; readonly content: string }[];
  readonly generated_at: string;
};

/** The answer about a bundle. `digest` is computed from its content; null when it could not be. */
export type PolicyReport = {
  readonly outcome: Outcome;
  readonly causes: readonly Finding[];
  readonly digest: string | null;
};

const name = text(1024, /^[^\u0000-\u001f\u007f]+$/);
const form: ObjectForm = closed({
  schema: word(SCHEMA),
  construction: word(POLICY_DIGEST_V1),
  engine: text(256),
  policy_digest: digest,
  files: list(closed({ name, sha256: hex32, content: text(16 * 1024 * 1024) }), 4096),
  generated_at: instant,
});

// What names itself otherwise cannot be checked here; what names itself so and is not, is refused.
function isOfAnother(value: Json): boolean {
  if (!isObject(value)) return false;
  const { schema, construction } = value;
  return (
    (typeof schema === "string" && schema !== SCHEMA) ||
    (typeof construction === "string" && construction !== POLICY_DIGEST_V1)
  );
}

/** Recomputes everything a bundle states. Never throws. */
export function verifyPolicyBundle(value: Json, crypto: Pick<Crypto, "sha256">): PolicyReport {
  const odd = violations(form, value).map(({ path, text: why, unknown }): Finding => ({
    code: unknown === true ? "unexpected_member" : "schema_invalid",
    path,
    text: why,
  }));
  if (isOfAnother(value)) {
    const text = "is of another format or construction than this program knows";
    return { outcome: "undecidable", causes: [{ code: "unknown_format", path: "", text }], digest: null };
  }
  if (odd.length > 0) return { outcome: "invalid", causes: odd, digest: null };
  const bundle = value as PolicyBundle; // by its form
  const causes: Finding[] = bundle.files.flatMap((file, at): readonly Finding[] =>
    sha256Hex(crypto, file.content) === file.sha256
      ? []
      : [{ code: "file_hash_mismatch", path: `/files/${at}/sha256`, text: "is not the hash of the content" }],
  );
  const computed = manifestDigest(bundle.engine, bundle.files, crypto);
  if (computed.kind === "refused") causes.push({ code: "schema_invalid", path: "/files", text: computed.text });
  else if (computed.digest !== bundle.policy_digest)
    causes.push({ code: "digest_mismatch", path: "/policy_digest", text: "is not the digest of these files" });
  return { outcome: outcomeOf(causes), causes, digest: causes.length === 0 ? bundle.policy_digest : null };
}

/** As `verifyPolicyBundle`, for a text. */
export function readPolicyBundle(bytes: string | Uint8Array, crypto: Pick<Crypto, "sha256">): PolicyReport {
  const read = readStrictly(bytes, MAX_BYTES);
  if (read.kind === "read") return verifyPolicyBundle(read.value, crypto);
  return { outcome: "undecidable", causes: [read.finding], digest: null };
}

/** The files of a bundle with their exact bytes, or the report that says why there are none. */
export type OpenPolicyBundle =
  | { readonly kind: "opened"; readonly files: readonly PolicyFile[]; readonly digest: string }
  | { readonly kind: "refused"; readonly report: PolicyReport };

/** Opens the text of a bundle. Never throws. */
export function openPolicyBundle(bytes: string | Uint8Array, crypto: Pick<Crypto, "sha256">): OpenPolicyBundle {
  const read = readStrictly(bytes, MAX_BYTES);
  if (read.kind === "refused")
    return { kind: "refused", report: { outcome: "undecidable", causes: [read.finding], digest: null } };
  const report = verifyPolicyBundle(read.value, crypto);
  return report.digest === null
    ? { kind: "refused", report }
    : { kind: "opened", files: filesOf(read.value), digest: report.digest };
}

function filesOf(value: Json): readonly PolicyFile[] {
  const bundle = value as PolicyBundle; // by its report
  return bundle.files.map(({ name, content }) => ({ name, bytes: utf8Encode(content) }));
}

/**
 * Whether a receipt was decided under a published policy: the bundle checks out and the payload cites its digest. The receipt's own
 * signature is verified apart; an authentic receipt under another policy is a finding all the same.
 */
export function verifyPolicyDigest(payload: JsonObject, bundle: Json, crypto: Pick<Crypto, "sha256">): PolicyReport {
  const report = verifyPolicyBundle(bundle, crypto);
  if (report.digest === null) return report;
  const cited = payload["policy_digest"] ?? payload["policy_hash"];
  if (cited === report.digest) return report;
  const text = "is not the digest of the published policy";
  const causes: readonly Finding[] = [{ code: "policy_digest_mismatch", path: "/payload/policy_digest", text }];
  return { ...report, outcome: "invalid", causes };
}

/** The bundle of a policy, to be published; undefined for a set without digest or a file that is no UTF-8. */
export function publishPolicyBundle(
  policy: { readonly engine: string; readonly files: readonly PolicyFile[]; readonly generated_at: string },
  crypto: Pick<Crypto, "sha256">,
): PolicyBundle | undefined {
  const { engine, files, generated_at } = policy;
  const computed = policyDigest(engine, files, crypto);
  if (computed.kind === "refused") return undefined;
  const contents = files.map((file) => ({ name: file.name, content: utf8Decode(file.bytes) }));
  const readable = contents.flatMap(({ name: of, content }) =>
    content === undefined ? [] : [{ name: of, sha256: sha256Hex(crypto, utf8Encode(content)), content }],
  );
  if (readable.length !== files.length) return undefined;
  return {
    schema: SCHEMA,
    construction: POLICY_DIGEST_V1,
    engine,
    policy_digest: computed.digest,
    files: readable.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    generated_at,
  };
}

/** Where a bundle is published, below the site's root. */
export function policyBundlePath(digestText: string): string {
  return `/.well-known/acta-policies/${digestText.slice("sha256:".length)}.json`;
}
