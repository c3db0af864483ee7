// Findings of sensors and reviewers, in one shape.
import { z } from "zod";

export const Severity = z.enum(["critical", "high", "medium", "low", "info"]);
export type Severity = z.infer<typeof Severity>;

export const Finding = z.strictObject({
  finding_id: z.string(),
  source: z.string(),
  severity: Severity,
  category: z.string(),
  path: z.string().nullable(),
  line: z.number().int().min(1).nullable(),
  title: z.string().max(300),
  description: z.string().max(4000),
  recommendation: z.string().max(2000),
});
export type Finding = z.infer<typeof Finding>;

/** One sensor's answer over the frozen delta. `skipped` is never green (spec/ces §5.4 WEAK). */
export const Observation = z.strictObject({
  sensor: z.string(),
  outcome: z.enum(["passed", "failed", "skipped", "errored"]),
  detail: z.string(),
  findings: z.array(Finding),
});
export type Observation = z.infer<typeof Observation>;
