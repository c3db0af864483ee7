// A policy from its files: all of it or nothing of it, with the digest of exactly the bytes that were read.

import { CesError, type Crypto, isCesError } from "@ces/kernel";
import { type PolicyFile, policyDigest, structuredPolicy } from "@ces/receipts";
import { type RuleBook, ruleBook } from "../decide/rule-book.ts";
import { lintRules } from "../lint/lint-rules.ts";
import type { Lint } from "../lint/lint.ts";
import { operandOf } from "../rule/operand.ts";
import { machineWord, type Rule } from "../rule/rule.ts";
import { holdsCedar, holdsRules, inNameOrder, MAX_POLICY_FILES } from "./policy-file.ts";
import { type PolicyProblem, problem, problemLine } from "./policy-problem.ts";
import { readRules } from "./read-rules.ts";

/** The name of this engine in digests and receipts; with Cedar policies beside the rules, the second. */
export const RULES_ENGINE = "governance.toolkit/v1";
/** Rules and Cedar policies together: the stricter answer counts. */
export const BOTH_ENGINES = "governance.toolkit/v1+cedar";

/** A policy that may be asked. */
export type Policy = {
  /** Files of rules and of Cedar policies, in the order of their names. */
  readonly files: readonly PolicyFile[];
  readonly cedar: readonly PolicyFile[];
  readonly book: RuleBook;
  readonly engine: string;
  /** acta-policy-digest-v1 over the files; null when there is none: then everything is denied. */
  readonly digest: string | null;
  readonly lints: readonly Lint[];
};

/** The digest that receipts name when there is no file: of one that says that there is no rule. */
export function digestOfNothing(crypto: Pick<Crypto, "sha256">): string {
  const read = policyDigest(RULES_ENGINE, [structuredPolicy({ rules: [] })], crypto);
  return read.kind === "digest" ? read.digest : "";
}

/** A policy, or why there is none. */
export type PolicyLoad =
  | { readonly kind: "loaded"; readonly policy: Policy }
  | { readonly kind: "refused"; readonly problems: readonly PolicyProblem[] };

const MAX_RULES = 20_000;

/** Loads the `.yaml`, `.yml` and `.cedar` files among `files`, in the order of their names. Cedar policies are only taken along here. Never throws. */
export function loadPolicy(files: readonly PolicyFile[], crypto: Pick<Crypto, "sha256">): PolicyLoad {
  const named = inNameOrder(files.filter(({ name }) => holdsRules(name) || holdsCedar(name)));
  if (named.length > MAX_POLICY_FILES)
    return refused([problem({ file: "", line: 1 }, `the policy has more than ${MAX_POLICY_FILES} files`)]);
  const reads = named.filter(({ name }) => holdsRules(name)).map(readRules);
  const problems = reads.flatMap((read) => (read.kind === "refused" ? read.problems : []));
  const rules = reads.flatMap((read) => (read.kind === "rules" ? read.rules : []));
  const repeated = repeats(named, rules);
  if (problems.length > 0 || repeated.length > 0) return refused([...problems, ...repeated]);
  return compile(named, rules, crypto);
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

function compile(files: readonly PolicyFile[], rules: readonly Rule[], crypto: Pick<Crypto, "sha256">): PolicyLoad {
  try {
    const book = ruleBook(rules);
    const cedar = files.filter(({ name }) => holdsCedar(name));
    const engine = cedar.length > 0 ? BOTH_ENGINES : RULES_ENGINE;
    const digest = policyDigest(engine, files, crypto);
    const lints = cedar.length > 0 && rules.length === 0 ? [] : lintRules(book.rules);
    return {
      kind: "loaded",
      policy: { files, cedar, book, engine, digest: digest.kind === "digest" ? digest.digest : null, lints },
    };
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
    if (fileNames.has(name))
      problems.push(problem({ file: name, line: 1 }, "the policy holds a file of this name twice"));
    fileNames.add(name);
  }
  const names = new Map<string, Rule>();
  for (const rule of rules) {
    const word = machineWord(rule.name);
    const first = names.get(word);
    if (first === undefined) names.set(word, rule);
    else
      problems.push(
        problem(rule.place, `\`${rule.name}\` names a rule already (${first.place.file}:${first.place.line})`),
      );
  }
  if (rules.length > MAX_RULES)
    problems.push(problem({ file: "", line: 1 }, `the policy has more than ${MAX_RULES} rules`));
  return problems;
}

function refused(problems: readonly PolicyProblem[]): PolicyLoad {
  return { kind: "refused", problems };
}
