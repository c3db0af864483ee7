// What a step is refused for before anything is written: a lost fence, a version that moved.
import type { CommitResult, StepCommit } from "@ces/ports";
import type { Opened } from "./opened.ts";

/** A refusal, as the caller gets it. */
export type Refusal = Extract<CommitResult, { readonly kind: "refused" }>;

/** The refusal of a step whose driver is not, or no longer, the one who may; undefined: it may go on. */
export function refuseStep(opened: Opened, step: StepCommit): Refusal | undefined {
  const ids = [step.snapshot, ...step.effects, ...step.rows].flatMap((part) =>
    part?.delivery_id == null ? [] : [part.delivery_id],
  );
  const foreign = ids.find((id) => id !== step.delivery_id);
  if (foreign !== undefined)
    return refused("FENCE_LOST", `a step of \`${step.delivery_id ?? "no delivery"}\` touches \`${foreign}\``);
  if (step.delivery_id === null) return undefined;
  return refuseFence(opened, step.delivery_id, step.fence) ?? refuseVersion(opened, step.delivery_id, step);
}

function refuseFence(opened: Opened, delivery_id: string, fence: number | null): Refusal | undefined {
  const current = opened.statements.lease.get({ delivery_id })?.n;
  if (current !== undefined && current === fence) return undefined;
  return refused(
    "FENCE_LOST",
    `the lease of \`${delivery_id}\` is ${current ?? "not taken"}, this driver holds ${fence ?? "none"}`,
  );
}

function refuseVersion(opened: Opened, delivery_id: string, step: StepCommit): Refusal | undefined {
  const current = opened.statements.snapshot.get({ delivery_id })?.version ?? null;
  if (step.snapshot === null && step.expected_version === null) return undefined;
  if (current !== step.expected_version)
    return refused(
      "VERSION_CONFLICT",
      `\`${delivery_id}\` stands at version ${current ?? "none"}, not ${step.expected_version ?? "none"}`,
    );
  if (step.snapshot === null || current === null || step.snapshot.version === current + 1) return undefined;
  return refused("VERSION_CONFLICT", `version ${step.snapshot.version} does not follow ${current}`);
}

/** A refusal. */
export function refused(code: Refusal["code"], detail: string): Refusal {
  return { kind: "refused", code, detail };
}
