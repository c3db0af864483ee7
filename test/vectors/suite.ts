// What a vector suite is. One file in suites/ exports one `suite`; `pnpm vectors` and the tests find it by its name.

import { CesError } from "@ces/kernel";

/** The outcome of one case. */
export type CaseResult = { readonly kind: "pass" } | { readonly kind: "fail"; readonly why: string };

/** One case: its id (unique in the suite) and the judgement. */
export type VectorCase = { readonly id: string; readonly run: () => CaseResult | Promise<CaseResult> };

/** A suite over a folder of vectors. */
export type VectorSuite = {
  readonly name: string;
  readonly summary: string;
  /** The project's copy, relative to `test/vectors`. */
  readonly defaultDir: string;
  /** The cases found in `dir` (absolute). Throws CesError `VECTOR_FAULT` for a folder or file that cannot be read as this suite. */
  readonly cases: (dir: string) => Iterable<VectorCase>;
  /** Lines that sum a run up, printed before the count. */
  readonly report?: (runs: readonly CaseRun[]) => readonly string[];
};

/** The outcome of one case of a run. */
export type CaseRun = { readonly id: string; readonly result: CaseResult };

/** A vector folder or file that is not what the suite reads: reported as one line, never as a passed case. */
export function vectorFault(message: string): CesError {
  return new CesError("VECTOR_FAULT", message);
}

/** A pass. */
export const pass: CaseResult = { kind: "pass" };

/** A fail with its reason. */
export function fail(why: string): CaseResult {
  return { kind: "fail", why };
}

/** Pass when every check holds; else the reasons of those that do not. A check is `undefined` or a reason. */
export function judge(reasons: readonly (string | undefined)[]): CaseResult {
  const broken = reasons.filter((reason) => reason !== undefined);
  return broken.length === 0 ? pass : fail(broken.join("; "));
}

/** A reason when the two differ, shown as JSON. The order of members says nothing. */
export function differs(what: string, expected: unknown, got: unknown): string | undefined {
  const [left, right] = [shown(expected), shown(got)];
  return left === right ? undefined : `${what}: expected ${left}, got ${right}`;
}

function shown(value: unknown): string | undefined {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([left], [right]) => (left < right ? -1 : 1)))
      : one,
  );
}
