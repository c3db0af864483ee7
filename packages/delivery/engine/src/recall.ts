// Reading back what earlier hops recorded: parsed at the door, newest wins where a delivery has several.
import { CesError } from "@ces/kernel";
import type { RecordKind, Store } from "@ces/ports";
import {
  Brief,
  CheckRun,
  type DeliverySnapshot,
  DependencyWish,
  MergeCandidate,
  ReviewRoute,
  ReviewRun,
  RunRecord,
  RunStarted,
  SealedApproval,
  SealedEvidence,
  SealedManifest,
  ToolVerdict,
  Triage,
} from "@ces/records";

interface Parser<T> {
  parse(value: unknown): T;
}

function newest<T>(store: Store, kind: RecordKind, delivery_id: string, schema: Parser<T>): T | undefined {
  const row = store.records(kind, { delivery_id }).at(-1);
  return row === undefined ? undefined : schema.parse(row.body);
}

function required<T>(value: T | undefined, what: string, delivery_id: string): T {
  if (value === undefined)
    throw new CesError("RECORD_MISSING", `${what} of \`${delivery_id}\` is not recorded`, {
      remedy: "ces audit verify",
    });
  return value;
}

/** The newest brief. Throws RECORD_MISSING. */
export const recallBrief = (store: Store, id: string): Brief =>
  required(newest(store, "brief", id, Brief), "the brief", id);
/** The newest version of the contract, as stored; verify it before believing it. Throws RECORD_MISSING. */
export const recallManifest = (store: Store, id: string): SealedManifest =>
  required(newest(store, "manifest", id, SealedManifest), "the contract", id);
/** The newest candidate. Throws RECORD_MISSING. */
export const recallCandidate = (store: Store, id: string): MergeCandidate =>
  required(newest(store, "candidate", id, MergeCandidate), "the candidate", id);
export const recallEvidence = (store: Store, id: string): SealedEvidence | undefined =>
  newest(store, "evidence", id, SealedEvidence);
export const recallRoute = (store: Store, id: string): ReviewRoute | undefined =>
  newest(store, "review_route", id, ReviewRoute);
export const recallTriage = (store: Store, id: string): Triage | undefined => newest(store, "triage", id, Triage);
export const recallApproval = (store: Store, id: string): SealedApproval | undefined =>
  newest(store, "approval", id, SealedApproval);

/** What a change of dependencies is about; undefined for every other delivery. */
export const recallWish = (store: Store, id: string): DependencyWish | undefined =>
  newest(store, "dependency_wish", id, DependencyWish);

/** Every run of a delivery that ended, oldest first. */
export const recallRuns = (store: Store, id: string): readonly RunRecord[] =>
  store.records("run", { delivery_id: id }).map((row) => RunRecord.parse(row.body));
/** Every run that was started, ended or not. */
export const recallStarted = (store: Store, id: string): readonly RunStarted[] =>
  store.records("run_started", { delivery_id: id }).map((row) => RunStarted.parse(row.body));
/** The gate's decisions in one run, in order. */
export const recallDecisions = (store: Store, { order }: Pick<RunRecord, "order">): readonly ToolVerdict[] =>
  store
    .records("decision", { delivery_id: order.delivery_id })
    .filter((row) => row.id.startsWith(`${order.run_id}/`))
    .map((row) => ToolVerdict.parse(row.body));
/** Check results of one candidate tree; the newest of each check, as two attempts can end in the same tree. */
export const recallChecks = (store: Store, id: string, tree: string): readonly CheckRun[] => {
  const runs = store
    .records("check", { delivery_id: id })
    .map((row) => CheckRun.parse(row.body))
    .filter((run) => run.candidate_tree === tree);
  return [...new Map(runs.map((run) => [run.check_id, run])).values()];
};
/** Reviews recorded under one evidence packet; row ids start with it. */
export const recallReviews = (store: Store, id: string, evidence_id: string): readonly ReviewRun[] =>
  store
    .records("review", { delivery_id: id })
    .filter((row) => row.id.startsWith(`${evidence_id}/`))
    .map((row) => ReviewRun.parse(row.body));

/** The run that implemented an attempt. */
export const implementRun = (store: Store, snapshot: DeliverySnapshot): RunRecord | undefined =>
  recallRuns(store, snapshot.delivery_id)
    .filter((run) => run.order.purpose === "implement" && run.order.attempt === snapshot.attempt)
    .at(-1);
