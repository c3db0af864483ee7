// Holds what the agent says against what CES measured. A claim never turns anything green; a contradicted one turns it red.
import type { CheckRun, Claim, ClaimCheck, Delta, EvidencePacket, Manifest } from "@ces/records";

/** A claim (null: none was made) and the measurements. */
export interface ClaimFacts {
  readonly claim: Claim | null;
  readonly manifest: Pick<Manifest, "acceptance_criteria" | "checks">;
  readonly delta: Delta;
  readonly checks: readonly CheckRun[];
}

/** `confirmed`: something was confirmed and nothing contradicted. */
export interface ClaimComparison {
  readonly verdict: EvidencePacket["claim_verdict"];
  readonly checks: readonly ClaimCheck[];
}

/** Compares commands, files, scope and criteria, in this order. */
export function compareClaim(facts: ClaimFacts): ClaimComparison {
  if (facts.claim === null)
    return {
      verdict: "unclaimed",
      checks: facts.checks.map((check) => ({
        subject: check.argv.join(" "),
        claimed: "nothing",
        measured: check.outcome,
        verdict: "unclaimed",
      })),
    };
  const checks = [
    ...commandChecks(facts.claim, facts),
    ...fileChecks(facts.claim, facts.delta),
    ...scopeChecks(facts.claim, facts.delta),
    ...criteriaChecks(facts.claim, facts),
  ];
  const has = (verdict: ClaimCheck["verdict"]): boolean => checks.some((check) => check.verdict === verdict);
  return { verdict: has("contradicted") ? "contradicted" : has("confirmed") ? "confirmed" : "unclaimed", checks };
}

function commandChecks(claim: Claim, facts: ClaimFacts): readonly ClaimCheck[] {
  const claimed = claim.verification_commands.map((command) => commandCheck(command, facts));
  const said = new Set(
    claim.verification_commands.flatMap(({ command }) => measuredBy(command, facts).map(({ check_id }) => check_id)),
  );
  const silent = facts.checks.filter(({ check_id }) => !said.has(check_id));
  return [
    ...claimed,
    ...silent.map((check) => ({
      subject: check.argv.join(" "),
      claimed: "nothing",
      measured: check.outcome,
      verdict: "unclaimed" as const,
    })),
  ];
}

// INVARIANT: a command that is claimed to have passed and that CES measured as failing is a contradiction.
function commandCheck(command: Claim["verification_commands"][number], facts: ClaimFacts): ClaimCheck {
  const measured = measuredBy(command.command, facts);
  const results = measured.map(passedAsIs);
  const base = {
    subject: command.command.slice(0, 1000),
    claimed: `exit ${command.exit_code}`,
    measured: measured.map(({ check_id, outcome }) => `${check_id} ${outcome}`).join(", ") || "not measured",
  };
  if (command.exit_code !== 0 || results.length === 0 || results.includes(null))
    return { ...base, verdict: "unmeasured" };
  return { ...base, verdict: results.every((passed) => passed === true) ? "confirmed" : "contradicted" };
}

/** Whether the candidate itself passed; null when it was not run. */
function passedAsIs(check: CheckRun): boolean | null {
  const run = check.executions.find(({ variant }) => variant === "as_is");
  if (run === undefined || run.outcome === "not_run") return null;
  return run.outcome === "passed" || run.outcome === "no_summary";
}

const testRunner =
  /(?:^|[\s/])(?:test|tests|jest|vitest|mocha|ava|pytest|unittest|tap)(?:$|[\s:])|(?:^|\s)--test(?:$|\s)/;

// The same command line; else any command that runs tests is held against every check that is a test.
function measuredBy(command: string, facts: ClaimFacts): readonly CheckRun[] {
  const wanted = normalised(command);
  const same = facts.checks.filter(({ argv }) => normalised(argv.join(" ")) === wanted);
  if (same.length > 0) return same;
  if (!testRunner.test(wanted)) return [];
  const tests = new Set(facts.manifest.checks.filter(({ kind }) => kind === "test").map(({ check_id }) => check_id));
  return facts.checks.filter(({ check_id }) => tests.has(check_id));
}

function normalised(command: string): string {
  return command
    .slice(0, 1000)
    .trim()
    .replace(/\s+/g, " ")
    .replace(/^cd [^&;|]{1,200} && /, "")
    .replace(/^(npm|pnpm|yarn) (?:run |t$|tst$)/, "$1 ")
    .replace(/^(npm|pnpm|yarn) $/, "$1 test");
}

function fileChecks(claim: Claim, delta: Delta): readonly ClaimCheck[] {
  const changed = new Map([...delta.in_scope, ...delta.out_of_scope].map(({ path, change }) => [path, change]));
  const said = new Set(claim.files_changed.map(plainPath));
  const claimed = [...said].map((path) => {
    const measured = changed.get(path);
    return {
      subject: path,
      claimed: "changed",
      measured: measured ?? "not changed",
      verdict: measured === undefined ? ("contradicted" as const) : ("confirmed" as const),
    };
  });
  const silent = [...changed]
    .filter(([path]) => !said.has(path))
    .map(([path, change]) => ({ subject: path, claimed: "nothing", measured: change, verdict: "unclaimed" as const }));
  return [...claimed, ...silent];
}

// Paths come as the agent saw them: below its worktree, absolute or with a leading `./`.
function plainPath(path: string): string {
  return path
    .trim()
    .replace(/^\/workspace\//, "")
    .replace(/^(?:\.\/)+/, "");
}

function scopeChecks(claim: Claim, delta: Delta): readonly ClaimCheck[] {
  if (delta.out_of_scope.length === 0) return [];
  const admitted = claim.scope_deviations.length > 0;
  return [
    {
      subject: "scope",
      claimed: admitted ? "deviated" : "kept",
      measured: `${delta.out_of_scope.length} files outside`,
      verdict: admitted ? "confirmed" : "contradicted",
    },
  ];
}

// Criteria are prose: CES can say that they were claimed, not that they hold.
function criteriaChecks(claim: Claim, facts: ClaimFacts): readonly ClaimCheck[] {
  const said = new Set(claim.criteria_satisfied.map(({ criterion }) => criterion.trim()));
  return facts.manifest.acceptance_criteria.map((criterion) => ({
    subject: criterion,
    claimed: said.has(criterion.trim()) ? "satisfied" : "nothing",
    measured: "not measurable",
    verdict: said.has(criterion.trim()) ? "unmeasured" : "unclaimed",
  }));
}
