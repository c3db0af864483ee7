// A policy from its files: all of it or nothing of it, with the digest of exactly the bytes that were read.

import { CesError, isCesError } from "@ces/kernel";
import { type RuleBook, ruleBook } from "../decide/rule-book.ts";
import { lintRules } from "../lint/lint-rules.ts";
import type { Lint } from "../lint/lint.ts";
import { operandOf } from "../rule/operand.ts";
import type { Rule } from "../rule/rule.ts";
import { holdsRules, inNameOrder, MAX_POLICY_FILES, type PolicyFile } from "./policy-file.ts";
import { type PolicyProblem, problem, problemLine } from "./policy-problem.ts";
import { readRules } from "./read-rules.ts";

/** The digest of named files under an engine's name, `sha256:` and hex (acta-policy-digest-v1, spec/acta.md §1.10). */
export type DigestPolicy = (engine: string, files: readonly PolicyFile[]) => string;

/** The name of this engine in digests and receipts. */
export const RULES_ENGINE = "governance.toolkit/v1";

/** A policy that may be asked. */
export type Policy = {
  readonly files: readonly PolicyFile[];
  readonly book: RuleBook;
  /** Null when there is no file: then everything is denied. */
  readonly digest: string | null;
  readonly lints: readonly Lint[];
};

/** A policy, or why there is none. */
export type PolicyLoad =
  | { readonly kind: "loaded"; readonly policy: Policy }
  | { readonly kind: "refused"; readonly problems: readonly PolicyProblem[] };

const MAX_RULES = 20_000;

/** Loads the `.yaml` and `.yml` files among `files`, in the order of their names. Never throws. */
export function loadPolicy(files: readonly PolicyFile[], digestPolicy: DigestPolicy): PolicyLoad {
  const named = inNameOrder(files.filter(({ name }) => holdsRules(name)));
  if (named.length > MAX_POLICY_FILES)
    return refused([problem({ file: "", line: 1 }, `the policy has more than ${MAX_POLICY_FILES} files`)]);
  const reads = named.map(readRules);
  const problems = reads.flatMap((read) => (read.kind === "refused" ? read.problems : []));
  const rules = reads.flatMap((read) => (read.kind === "rules" ? read.rules : []));
  const repeated = repeats(named, rules);
  if (problems.length > 0 || repeated.length > 0) return refused([...problems, ...repeated]);
  return compile(named, rules, digestPolicy);
}

/** The policy, or an error that says the first problem and how many more. Throws CesError `POLICY_INVALID`. */
export function loadedPolicy(load: PolicyLoad): Policy {
  if (load.kind === "loaded") return load.policy;
  throw policyInvalid(load.problems);
}

/** The error of a policy with problems. */
export function policyInvalid(problems: readonly PolicyProblem[]): CesError {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  return new CesError("POLICY_INVALID", `${first === undefined ? "the policy" : problemLine(first)}${more}`, {
    remedy: "correct the file; nothing of the policy is used until all of it is right",
    cause: problems,
  });
}

function compile(files: readonly PolicyFile[], rules: readonly Rule[], digestPolicy: DigestPolicy): PolicyLoad {
  try {
    const book = ruleBook(rules);
    const digest = files.length === 0 ? null : digestPolicy(RULES_ENGINE, files);
    return { kind: "loaded", policy: { files, book, digest, lints: lintRules(book.rules) } };
  } catch (error) {
    if (!isCesError(error)) throw error;
    return refused([problem(guilty(rules) ?? { file: files[0]?.name ?? "", line: 1 }, error.message)]);
  }
}

// The rule that alone is too large; none when all together are.
function guilty(rules: readonly Rule[]): Rule["place"] | undefined {
  return rules.find((rule) => {
    try {
      operandOf(rule.condition);
      ruleBook([rule]);
      return false;
    } catch {
      return true;
    }
  })?.place;
}

function repeats(files: readonly PolicyFile[], rules: readonly Rule[]): readonly PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  const fileNames = new Set<string>();
  for (const { name } of files) {
    if (fileNames.has(name)) problems.push(problem({ file: name, line: 1 }, "the policy holds a file of this name twice"));
    fileNames.add(name);
  }
  const names = new Map<string, Rule>();
  for (const rule of rules) {
    const first = names.get(rule.name);
    if (first === undefined) names.set(rule.name, rule);
    else problems.push(problem(rule.place, `\`${rule.name}\` names a rule already (${first.place.file}:${first.place.line})`));
  }
  if (rules.length > MAX_RULES) problems.push(problem({ file: "", line: 1 }, `the policy has more than ${MAX_RULES} rules`));
  return problems;
}

function refused(problems: readonly PolicyProblem[]): PolicyLoad {
  return { kind: "refused", problems };
}
