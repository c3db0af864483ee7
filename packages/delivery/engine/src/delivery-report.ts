// A delivery as people and programs read it: one plain object, computed from the records alone (issue: `ces build --json`).
import type { Store } from "@ces/ports";
import type { CheckRun, DeliverySnapshot, EvidencePacket, Reason, RunRecord, Triage } from "@ces/records";
import { largerBudget, remainingBudgets } from "./box/spent.ts";
import { dependencyCommand } from "./dependency-changes.ts";
import { implementRun, recallEvidence, recallManifest, recallReviews, recallTriage, recallWish } from "./recall.ts";
import { dependenciesMerged } from "./deps/dependencies-merged.ts";
import { installerOf } from "./installers/table.ts";
import { worthRetrying } from "./retry.ts";

export interface ReportedCheck {
  readonly check_id: string;
  readonly command: string;
  readonly outcome: CheckRun["outcome"];
  readonly passed: number | null;
  readonly failed: number | null;
  readonly duration_ms: number;
  readonly touched: readonly string[];
}

/** The stable data of `build`, `continue`, `status`, `explain` and `report`. */
export interface DeliveryReport {
  readonly delivery_id: string;
  readonly request: string;
  readonly manifest_id: string | null;
  readonly state: DeliverySnapshot["state"];
  readonly attempt: number;
  readonly demo: boolean;
  readonly tier: string | null;
  readonly behavior_confidence: string | null;
  readonly change_class: string | null;
  readonly triage: Triage["color"] | null;
  readonly required_gate: Triage["required_gate"] | null;
  readonly gate_reasons: readonly string[];
  readonly runtime: string;
  readonly runtime_version: string | null;
  readonly model: string | null;
  readonly evidence_id: string | null;
  readonly files: readonly string[];
  readonly checks: readonly ReportedCheck[];
  readonly claim: EvidencePacket["claim_verdict"] | null;
  readonly tool_gate: RunRecord["tool_gate"];
  /** Where the chain of receipts stood when the evidence was sealed; null before that. */
  readonly receipts: EvidencePacket["receipts"] | null;
  readonly usage: RunRecord["usage"] | null;
  readonly reviews: readonly {
    readonly role: string;
    readonly model: string;
    readonly outcome: string;
    readonly findings: number;
  }[];
  readonly left_behind: readonly string[];
  readonly merged_commit: string | null;
  readonly blockers: readonly Reason[];
  readonly next: string | null;
}

/** The report of one delivery; undefined when there is none of that id. */
export function deliveryReport(store: Store, delivery_id: string): DeliveryReport | undefined {
  const snapshot = store.snapshot(delivery_id);
  if (snapshot === undefined) return undefined;
  const manifest = snapshot.manifest_id === null ? null : recallManifest(store, delivery_id).manifest;
  const evidence = snapshot.evidence_id === null ? undefined : recallEvidence(store, delivery_id)?.packet;
  const triage = evidence === undefined ? undefined : currentTriage(store, delivery_id, evidence);
  const run = implementRun(store, snapshot);
  return {
    delivery_id,
    request: snapshot.request,
    manifest_id: snapshot.manifest_id,
    state: snapshot.state,
    attempt: snapshot.attempt,
    demo: snapshot.demo,
    tier: manifest?.risk_tier ?? null,
    behavior_confidence: manifest?.behavior_confidence ?? null,
    change_class: manifest?.change_class ?? null,
    // Evidence that stopped the delivery was never triaged: it is red.
    triage: triage?.color ?? (evidence !== undefined && snapshot.state === "failed" ? "red" : null),
    required_gate: triage?.required_gate ?? manifest?.minimum_gate ?? null,
    gate_reasons: triage?.gate_reasons ?? [],
    runtime: snapshot.runtime,
    runtime_version: run?.runtime_version ?? null,
    model: run?.model ?? manifest?.models[0] ?? null,
    evidence_id: snapshot.evidence_id,
    files: evidence?.files.map((file) => file.path) ?? [],
    checks: evidence?.checks.map(reportCheck) ?? [],
    claim: evidence?.claim_verdict ?? null,
    tool_gate: run?.tool_gate ?? { asked: 0, allowed: 0, denied: 0 },
    receipts: evidence?.receipts ?? null,
    usage: run?.usage ?? null,
    reviews:
      evidence === undefined
        ? []
        : recallReviews(store, delivery_id, evidence.evidence_id).map((review) => ({
            role: review.assignment.role,
            model: review.assignment.model,
            outcome: review.outcome,
            findings: review.findings.length,
          })),
    left_behind: evidence?.left_behind.map((one) => one.path) ?? [],
    merged_commit: snapshot.merged_commit,
    blockers: snapshot.blockers,
    next: nextCommand(snapshot, triage, {
      larger:
        manifest === null
          ? null
          : largerBudget(run?.outcome, manifest.budgets, remainingBudgets(store, delivery_id, manifest.budgets)),
      resumes: resumesAfter(store, snapshot),
      adopts: adoptsBy(store, delivery_id),
    }),
  };
}

/** A triage counts only for the evidence it was made on; evidence that failed verification has none and is red. */
function currentTriage(store: Store, delivery_id: string, evidence: EvidencePacket): Triage | undefined {
  return store.record("triage", evidence.evidence_id) === undefined ? undefined : recallTriage(store, delivery_id);
}

function reportCheck(check: CheckRun): ReportedCheck {
  const asIs = check.executions.find((run) => run.variant === "as_is");
  return {
    check_id: check.check_id,
    command: check.argv.join(" "),
    outcome: check.outcome,
    passed: asIs?.counts?.passed ?? null,
    failed: asIs?.counts?.failed ?? null,
    duration_ms: asIs?.duration_ms ?? 0,
    touched: check.touched,
  };
}

/** What decides the next command besides the state. */
interface NextFacts {
  /** The option that gives the budget which ended the run. */
  readonly larger: string | null;
  /** The command that goes on now that the dependencies are there. */
  readonly resumes: string | null;
  /** What brings merged dependencies into the checkout, and then the delivery that waited for them. */
  readonly adopts: string | null;
}

/** A delivery that needed other dependencies goes on once they are merged. */
const resumesAfter = (store: Store, snapshot: DeliverySnapshot): string | null =>
  dependenciesMerged(store, snapshot) ? `ces continue ${snapshot.delivery_id}` : null;

/** SECURITY: the checkout's own folder of packages is the person's: CES puts nothing into it. */
function adoptsBy(store: Store, delivery_id: string): string | null {
  const wish = recallWish(store, delivery_id);
  if (wish === undefined) return null;
  const { adopt } = installerOf(wish.manager);
  return wish.asked_by === null ? adopt : `${adopt}, then: ces continue ${wish.asked_by.delivery_id}`;
}

/** What to type next, by where the delivery stands. */
function nextCommand(snapshot: DeliverySnapshot, triage: Triage | undefined, next: NextFacts): string | null {
  switch (snapshot.state) {
    case "drafting":
    case "in_flight":
    case "verifying":
    case "approved":
      return "ces continue";
    case "queued":
      return `ces execute ${snapshot.manifest_id ?? ""}`;
    case "under_review":
      return triage === undefined ? "ces continue" : `ces approve ${snapshot.evidence_id ?? ""}`.trim();
    case "failed":
    case "rejected":
      if (next.larger !== null) return `ces build "…" ${next.larger}`;
      return (
        next.resumes ??
        dependencyCommand(snapshot.blockers, snapshot.delivery_id) ??
        (worthRetrying(snapshot) ? "ces continue" : 'ces build "…"')
      );
    case "merged":
      return next.adopts ?? 'ces build "…"';
    case "deployed":
    case "cancelled":
      return 'ces build "…"';
    default:
      return snapshot.state satisfies never;
  }
}
