// What the agent says it did (spec/ces §8.4). Counts for nothing; it is compared with what was measured.
import { z } from "zod";

/** The `ces:completion` block, as parsed. Lenient where the agent is sloppy, closed where it matters. */
export const Claim = z.strictObject({
  task_id: z.string(),
  summary: z.string().max(4000),
  files_changed: z.array(z.string()),
  criteria_satisfied: z.array(
    z.strictObject({
      criterion: z.string(),
      evidence: z.string(),
      evidence_kind: z.enum(["command_output", "file_artifact", "manual_inspection"]),
    }),
  ),
  open_questions: z.array(z.string()),
  scope_deviations: z.array(z.string()),
  verification_commands: z.array(
    z.strictObject({ command: z.string(), exit_code: z.number().int().min(0), summary: z.string() }),
  ),
});
export type Claim = z.infer<typeof Claim>;

/** A claim held against a measurement. */
export const ClaimCheck = z.strictObject({
  subject: z.string(),
  claimed: z.string(),
  measured: z.string(),
  verdict: z.enum(["confirmed", "contradicted", "unclaimed", "unmeasured"]),
});
export type ClaimCheck = z.infer<typeof ClaimCheck>;
