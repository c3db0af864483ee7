// What is wrong with a policy, by file and line. A policy with a problem is not used at all.

import { printable } from "@ces/kernel";
import type { PolicyPlace } from "../rule/rule.ts";

/** One problem. */
export type PolicyProblem = PolicyPlace & { readonly text: string };

/** A problem; foreign text in it is made visible. */
export function problem(place: PolicyPlace, text: string): PolicyProblem {
  return { file: printable(place.file, { max: 200 }), line: place.line, text: printable(text, { max: 400 }) };
}

/** `file:line: text`. */
export function problemLine({ file, line, text }: PolicyProblem): string {
  return `${file}:${line}: ${text}`;
}
