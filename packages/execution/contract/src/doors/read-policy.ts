// The door for policies: YAML 1.1 as the reference reads it, without what makes YAML dangerous. The published members are judged by the
// published schema, ours by our own. Source: spec/csc.md §2.1, §2.2.

import { utf8Decode, type Json, type JsonObject } from "@ces/kernel";
import type { CscPolicy } from "../csc-policy.ts";
import { policySha256, type Hasher } from "../digests.ts";
import { readPublicKey } from "../keys/read-public-key.ts";
import { limits } from "../limits.ts";
import { keptPolicy } from "../policy-text.ts";
import type { Problem, ProblemCode, Read } from "../problem.ts";
import { policyExtensions } from "../schema/house-schemas.ts";
import { memberNames } from "../schema/schema-members.ts";
import { policySchema } from "../schema/published-policy.ts";
import { readYaml } from "../yaml/read-yaml.ts";
import { refused, schemaProblems, tooLarge } from "./read-json.ts";

/** Reads a policy from the bytes of its YAML file; the hash is the reference's. The value is frozen. Never throws. */
export function readPolicy(bytes: Uint8Array, crypto: Hasher): Read<CscPolicy> {
  const large = tooLarge(bytes, "policy", limits.policy_bytes);
  if (large !== undefined) return refused(large);
  const text = utf8Decode(bytes);
  if (text === undefined)
    return refused({ code: "NOT_UTF8", path: "", text: "failed to read policy: it is not UTF-8 text" });
  const read = readYaml(text, limits.nesting);
  if (read.kind === "refused") return refused({ code: read.code, path: "", text: sentence(read.code, read.text) });
  if (!isObject(read.value)) {
    return refused({ code: "NOT_A_MAPPING", path: "", text: "policy must contain a YAML mapping" });
  }
  const problems = policyProblems(read.value);
  if (problems.length > 0) return { kind: "refused", problems };
  // The two schemas are the type; a test holds them together.
  const value = keptPolicy(read.value as unknown as CscPolicy, read.whole_floats);
  return { kind: "read", value, sha256: policySha256(value, crypto) };
}

// The loader's own words, which the vectors look for.
function sentence(code: ProblemCode, text: string): string {
  return code === "SCHEMA" ? `policy schema validation failed: ${text}` : `invalid YAML in policy: ${text}`;
}

const OURS: ReadonlySet<string> = new Set(memberNames(policyExtensions));

/** What is wrong with a policy that is already a value: its published members, then ours, then keys that are none. */
export function policyProblems(policy: JsonObject): readonly Problem[] {
  const split = (ours: boolean): JsonObject =>
    Object.fromEntries(Object.entries(policy).filter(([name]) => OURS.has(name) === ours));
  const schema = [
    ...schemaProblems(policySchema, split(false), "policy"),
    ...schemaProblems(policyExtensions, split(true), "policy"),
  ];
  return schema.length > 0 ? schema : keyProblems(policy["approvers"]);
}

function keyProblems(approvers: Json | undefined): readonly Problem[] {
  if (!Array.isArray(approvers)) return [];
  return approvers.flatMap((approver: Json, index): readonly Problem[] => {
    const key = isObject(approver) ? approver["public_key"] : undefined;
    if (typeof key === "string" && readPublicKey(key).kind === "read") return [];
    const path = `/approvers/${index}/public_key`;
    return [{ code: "SCHEMA", path, text: `policy schema validation failed: \`${path}\` is no Ed25519 public key` }];
  });
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
