// The canonical text of a policy. The reference hashes the file's own values, and its Python tells 30.0 from 30, which no number here does.

import type { Json } from "@ces/kernel";
import { canonicalCsc } from "./canonical-csc.ts";
import type { CscPolicy } from "./csc-policy.ts";

// INVARIANT: only policies that `readPolicy` froze stand here, so that a text cannot come apart from its value.
const written = new WeakMap<CscPolicy, string>();

/** Freezes a policy and notes the top-level members that its file wrote as whole numbers with a fraction. */
export function keptPolicy(policy: CscPolicy, whole_floats: readonly string[]): CscPolicy {
  const kept = frozen(policy);
  written.set(kept, textWith(kept, new Set(whole_floats)));
  return kept;
}

/** The canonical text: as the file wrote it for a policy that was read, else of its values. Throws CesError `CSC_NOT_CANONICAL`. */
export function policyText(policy: CscPolicy): string {
  // A policy is plain JSON by construction.
  return written.get(policy) ?? canonicalCsc(policy as unknown as Json);
}

function textWith(policy: CscPolicy, whole_floats: ReadonlySet<string>): string {
  const members = Object.entries(policy as unknown as Readonly<Record<string, Json>>)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, value]) => `"${name}":${whole_floats.has(`/${name}`) ? pythonFloat(Number(value)) : canonicalCsc(value)}`,
    );
  return `{${members.join(",")}}`;
}

// repr() of a whole float: digits and `.0` below 1e16, then an exponent.
function pythonFloat(value: number): string {
  return value < 1e16 ? `${value}.0` : value.toExponential();
}

function frozen<Of>(value: Of): Of {
  if (typeof value !== "object" || value === null) return value;
  for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
}
