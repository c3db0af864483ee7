// What every command that drives a delivery shares: open, lease, drive, report, close. One pipeline, whoever starts it.
import {
  deliveryReport,
  type DeliveryReport,
  drive,
  type DriveEnd,
  type EngineContext,
  type HopName,
} from "@ces/engine";
import { CesError, type Json } from "@ces/kernel";
import type { CommandContext, Outcome } from "../define-command.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { ConsentFlags } from "./consent.ts";
import { refuseUnprovedWalls } from "./machine-facts.ts";
import { openEngine } from "./open-engine.ts";
import { refuseWhileHalted } from "./open-for-work.ts";
import type { Project } from "./open-project.ts";
import { requireWholeRecord } from "./whole-record.ts";

/** Data of a delivery's outcome, as `--json` prints it. */
export type DeliveryData = { readonly [name: string]: Json };

/** How one command drives: which delivery, who may consent, where it stops. */
export interface Drive {
  readonly delivery_id: string;
  readonly consent: ConsentFlags;
  readonly stop_before?: ReadonlySet<HopName>;
  readonly demo?: boolean;
  /** Runs with the lease held, before driving: creates or retries. */
  readonly prepare?: (engine: EngineContext) => void | Promise<void>;
}

/** Opens the engine, prepares, drives and reports. The lease is released and the store closed whatever happens. */
export async function driveDelivery(ctx: CommandContext, project: Project, how: Drive): Promise<Outcome<DeliveryData>> {
  refuseWhileHalted(project);
  requireWholeRecord(project);
  requireIdentity(project, how.consent.as);
  await refuseUnprovedWalls(ctx, project);
  const { engine, release } = await openEngine(ctx, project, {
    delivery_id: how.delivery_id,
    consent: how.consent,
    demo: how.demo ?? false,
  });
  try {
    await how.prepare?.(engine);
    const end = await drive(engine, how.delivery_id, how.stop_before);
    return outcomeOf(project, how.delivery_id, end);
  } finally {
    release();
  }
}

/** Who will consent must be known before anything is spent. Throws IDENTITY_UNKNOWN (exit 2). */
function requireIdentity(project: Project, as: string | undefined): void {
  if (as === undefined || project.store.record("identity", as) !== undefined) return;
  throw new CesError("IDENTITY_UNKNOWN", `nobody is enrolled as \`${as}\` in this project`, {
    remedy: `ces keys enroll ${as} --may hybrid`,
  });
}

function outcomeOf(project: Project, delivery_id: string, end: DriveEnd): Outcome<DeliveryData> {
  const report = deliveryReport(project.store, delivery_id);
  if (report === undefined)
    throw new CesError("RECORD_MISSING", `\`${delivery_id}\` is not recorded`, { remedy: "ces audit verify" });
  const blockers = end.kind === "waiting" || end.kind === "halted" ? end.blockers : stopped(report);
  const data: DeliveryData = JSON.parse(JSON.stringify({ ...report, blockers }));
  return {
    exit: exitFor(end, report),
    data,
    blockers,
    next: end.kind === "halted" ? "ces emergency status" : report.next,
  };
}

/** Blockers of a delivery that ended; those of one that merged are history. */
const stopped = (report: DeliveryReport): DeliveryReport["blockers"] =>
  report.state === "failed" || report.state === "rejected" ? report.blockers : [];

function exitFor(end: DriveEnd, report: DeliveryReport): ExitCode {
  switch (end.kind) {
    case "interrupted":
      return 130;
    case "halted":
      return 3;
    case "waiting":
      return waitingExit(end);
    case "finished":
      return report.state === "failed" || report.state === "rejected" ? 3 : 0;
    default:
      return end satisfies never;
  }
}

function waitingExit(end: Extract<DriveEnd, { kind: "waiting" }>): ExitCode {
  if (end.needs === "approval") return 7;
  if (end.needs === "answer") return 2;
  const codes = end.blockers.map(({ code }) => code);
  if (codes.some((code) => code.startsWith("RUNTIME_") || code.startsWith("TOOLCHAIN_"))) return 5;
  return codes.some((code) =>
    /^MANIFEST_(HASH|SIGNATURE|KEY_UNKNOWN|MALFORMED)$|^EVIDENCE_INVALID$|^APPROVAL_(SIGNATURE|PROOF)$/.test(code),
  )
    ? 4
    : 3;
}
