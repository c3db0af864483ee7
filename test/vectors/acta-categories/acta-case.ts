// What the readers of acta categories share: files, keys, and judging by outcome strictly and by cause as it is meant.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { nodeCrypto } from "@ces/crypto-node";
import { decodeHex, type Json, type JsonObject, nobleCrypto, parseJson, utf8Encode } from "@ces/kernel";
import { type Anchors, type Finding, readAnchor, readJwks, vectorExit } from "@ces/receipts";
import { type CaseResult, differs, fail, type VectorCase, vectorFault } from "../suite.ts";

/** How the files of one category become cases. `folder` is the category's; ids come back with the category before them. */
export type Category = (folder: string) => readonly VectorCase[];

/** Every case runs on both; they must agree to the letter. */
export const cryptos = [nodeCrypto, { ...nobleCrypto, p256Verify: nodeCrypto.p256Verify }] as const;

/** Members that a reader did not look at, by case: told at the end of a run, so that nothing passes by not being read. */
export const unread = new Map<string, readonly string[]>();

// Prose for people, and what other programs made of a file.
const PROSE = [
  "id",
  "category",
  "origin",
  "asserts",
  "note",
  "input_hash_rule",
  "peer",
  "reference",
  "reference_detector",
];
const EXPECT_PROSE = ["note", "alternative", "report", "reference", "reference_detector", "profile", "strict_acta"];

/** An object that tells which of its members were taken. */
export type Members = {
  readonly at: (name: string) => Json | undefined;
  readonly object: (name: string) => Members;
  readonly text: (name: string) => string | undefined;
  readonly plain: JsonObject;
};

/** Members of a case file; whatever is neither taken nor prose is noted under `id`. */
export function membersOf(id: string, value: Json | undefined, where = ""): Members {
  if (!isObject(value)) throw vectorFault(`${id}${where} is not an object`);
  const prose = where === "" ? PROSE : EXPECT_PROSE;
  const left = new Set(Object.keys(value).filter((name) => !prose.includes(name)));
  const tell = (): void => {
    const others = (unread.get(id) ?? []).filter(
      (path) => !path.startsWith(`${where}/`) || path.slice(where.length + 1).includes("/"),
    );
    unread.set(id, [...others, ...[...left].map((name) => `${where}/${name}`)]);
  };
  tell();
  const at = (name: string): Json | undefined => {
    left.delete(name);
    tell();
    return value[name];
  };
  return {
    at,
    object: (name) => membersOf(id, at(name), `${where}/${name}`),
    text: (name) => {
      const member = at(name);
      if (member !== undefined && typeof member !== "string") throw vectorFault(`${id}${where}/${name} is not a text`);
      return member;
    },
    plain: value,
  };
}

/** A category whose files are cases of one form. A case that throws has failed. */
export function caseFiles(
  category: string,
  run: (file: Members, id: string) => readonly (string | undefined)[] | Promise<readonly (string | undefined)[]>,
): Category {
  return (folder) =>
    jsonFiles(folder).map((name) => {
      const id = `${category}/${name.slice(0, -".json".length)}`;
      return {
        id,
        run: async () => {
          const file = membersOf(id, readJson(join(folder, name)));
          const found = await run(file, id);
          return reasons([...found, unjudged(id, file.plain["expect"])]);
        },
      };
    });
}

// An expectation of which nothing was looked at is no passed case.
function unjudged(id: string, expected: Json | undefined): string | undefined {
  if (!isObject(expected)) return "the case expects nothing";
  const names = Object.keys(expected).filter((name) => !EXPECT_PROSE.includes(name));
  const left = unread.get(id) ?? [];
  return names.every((name) => left.includes(`/expect/${name}`)) ? "nothing that the case expects is known" : undefined;
}

/** A pass when no reason is left. */
export function reasons(all: readonly (string | undefined)[]): CaseResult {
  const broken = [...new Set(all.filter((reason) => reason !== undefined))];
  return broken.length === 0 ? { kind: "pass" } : fail(broken.join("; "));
}

/** Names of the JSON files of a folder and below it, sorted; what is no JSON is noted as not read. */
export function jsonFiles(folder: string): readonly string[] {
  const all = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const names = all.filter((name) => statSync(join(folder, name)).isFile()).sort();
  const others = names.filter(
    (name) => !name.endsWith(".json") && !/(?:^|\/)(?:README|LICENSE|NOTICE)[^/]*$/i.test(name),
  );
  if (others.length > 0) unread.set(basename(folder), others);
  return names.filter((name) => name.endsWith(".json"));
}

/** Where a file stands that the cases of a category share: in their folder, or else in the project's copy of the category. */
export function sharedFile(folder: string, category: string, name: string): string {
  const own = join(folder, name);
  return existsSync(own) ? own : join(import.meta.dirname, "../acta", category, name);
}

/** A JSON file, leniently where the format under test is strict. Throws CesError `VECTOR_FAULT`. */
export function readJson(path: string): Json {
  const bytes = readFileSync(path);
  const read = parseJson(bytes);
  // A case may be about half a surrogate pair: written out again it is still one.
  if (read.kind === "refused" && read.cause === "invalid_unicode") return JSON.parse(bytes.toString("utf8")) as Json;
  if (read.kind === "refused") throw vectorFault(`\`${path}\` is not JSON: ${read.cause} at ${read.at}`);
  return read.value;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Keys as a case gives them: `trusted_key_hex`, `jwks`, a list of JWKs, a PEM or JWK by itself, none. */
export function anchorsOf(file: Members): Anchors {
  const given = file.at("keys");
  if (given === undefined || given === null) return {};
  if (Array.isArray(given)) return jwksOf({ keys: given });
  if (!isObject(given)) throw vectorFault("`keys` is not an object");
  if (Array.isArray(given["keys"])) return jwksOf(given);
  const { trusted_key_hex: hex, jwks, trusted_key_pem: pem, trusted_jwk: jwk, ...other } = given;
  if (Object.keys(other).length > 0) throw vectorFault(`\`keys\` has the unknown key ${Object.keys(other).join(", ")}`);
  if (pem !== undefined || jwk !== undefined) return anchorOf(typeof pem === "string" ? pem : JSON.stringify(jwk));
  return {
    // What is no hex is no key: its verdict is the verifier's, not the reader's.
    ...(typeof hex === "string" ? { key: decodeHex(hex) ?? new Uint8Array() } : {}),
    ...(jwks === undefined || jwks === null
      ? {}
      : { jwks: readJwks(Array.isArray(jwks) ? { keys: jwks } : jwks) ?? { keys: [] } }),
  };
}

function anchorOf(text: string): Anchors {
  const read = readAnchor(utf8Encode(text));
  return read.kind === "read" ? read.anchors : { key: new Uint8Array() };
}

/** A JWK Set of a vector. */
export function jwksOf(value: Json): Anchors {
  const jwks = readJwks(value);
  if (jwks === undefined) throw vectorFault("a key list is none");
  return { jwks };
}

/** A key in hex. */
export function keyOf(hex: string): Uint8Array {
  const key = decodeHex(hex);
  if (key === undefined) throw vectorFault("a key is not lower-case hex");
  return key;
}

/** The text of a receipt as the case gives it: verbatim, its bytes in hex or base64, or its object in the order it was written. */
export function receiptText(file: Members): string | Uint8Array {
  const bytes = bytesOf(file, "receipt");
  if (bytes !== undefined) return bytes;
  const verbatim = file.text("receipt_text");
  if (verbatim === undefined && file.plain["receipt"] === undefined) throw vectorFault("the case holds no receipt");
  return verbatim ?? JSON.stringify(file.at("receipt"));
}

// What no text can hold (damaged UTF-8).
function bytesOf(file: Members, of: string): Uint8Array | undefined {
  const name = Object.keys(file.plain).find((one) => new RegExp(`^${of}_(?:\\w+_)?(?:hex|base64|b64)$`).test(one));
  const text = name === undefined ? undefined : file.text(name);
  return text === undefined
    ? undefined
    : new Uint8Array(Buffer.from(text, name?.endsWith("hex") === true ? "hex" : "base64"));
}

/** Anything with an outcome and causes. */
export type Judged = { readonly outcome: "valid" | "invalid" | "undecidable"; readonly causes: readonly Finding[] };

/** Compares an expectation `{outcome, exit, cause?, cause_alternatives?}`. */
export function outcomeReasons(expected: Members, got: Judged): readonly (string | undefined)[] {
  const causes = got.causes.map(({ code }) => code);
  const exit = expected.at("exit");
  return [
    differs("outcome", expected.at("outcome"), got.outcome),
    exit === undefined ? undefined : differs("exit", exit, vectorExit(got.outcome)),
    causeReason([expected.text("cause"), ...texts(expected.at("cause_alternatives"))], causes),
  ];
}

/** A reason when no expected cause is among those found, by name or by meaning. */
export function causeReason(expected: readonly (string | undefined)[], found: readonly string[]): string | undefined {
  const wanted = expected.filter((cause) => cause !== undefined);
  if (wanted.length === 0 || wanted.some((cause) => means(cause, found))) return undefined;
  return `cause: expected ${wanted.join(" or ")}, got ${found.join(", ") || "none"}`;
}

/** Reasons for every warning that an expectation names (`warning`, `warnings`) and that is not there. */
export function codesReasons(
  expected: Members,
  warnings: readonly { readonly code: string }[],
): readonly (string | undefined)[] {
  const found = warnings.map(({ code }) => code);
  return [expected.text("warning"), ...texts(expected.at("warnings"))].map((one) =>
    one === undefined || found.includes(one) ? undefined : `no warning ${one} among ${found.join(", ")}`,
  );
}

// Names of the reference verifier for what is called otherwise here (spec/acta §1.6).
const MEANING: Readonly<Record<string, readonly string[]>> = {
  malformed_hex: ["malformed_signature_encoding"],
  malformed_encoding: ["malformed_signature_encoding"],
  chain_link_mismatch: ["chain_break"],
  key_mismatch: ["issuer_kid_mismatch"],
  jwks_fetch_failed: ["jwks_unavailable"],
  // The same faults under names that lie as near.
  malformed_signature: ["malformed_signature_encoding"],
  small_order_key: ["weak_public_key"],
  weak_key: ["weak_public_key"],
  private_key_in_jwks: ["unusable_key"],
  invalid_utf8: ["invalid_unicode", "malformed_json"],
  fork: ["chain_break"],
  chain_fork: ["chain_break"],
  sequence_gap: ["chain_break"],
  unsupported_construction: ["unknown_format"],
  policy_digest_mismatch: ["digest_mismatch"],
  duplicate_policy_file: ["schema_invalid"],
  empty_policy_set: ["schema_invalid"],
};

function means(cause: string, found: readonly string[]): boolean {
  return [cause, ...(MEANING[cause] ?? [])].some((name) => found.includes(name));
}

/** A list of texts, empty when absent. */
export function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
