// What the person wants, in their words, and the answers that turn it into a contract (spec/ces §10.3).
import { z } from "zod";
import { Instant } from "./scalar.schema.ts";

export const ProjectMode = z.enum(["greenfield", "brownfield"]);
export type ProjectMode = z.infer<typeof ProjectMode>;

/** The request as it was typed. Untrusted text: it may raise a classification, never lower one (S20). */
export const Intent = z.strictObject({ request: z.string().min(1).max(20_000), received_at: Instant });
export type Intent = z.infer<typeof Intent>;

/** The request with its answers. `defaulted` names the questions that `--yes` answered. */
export const Brief = z.strictObject({
  brief_id: z.string(),
  request: z.string().min(1).max(20_000),
  project_mode: ProjectMode,
  constraints: z.array(z.string()),
  acceptance_criteria: z.array(z.string()),
  must_not_break: z.array(z.string()),
  source_of_truth: z.string(),
  critical_flows: z.array(z.string()),
  defaulted: z.array(z.string()),
  created_at: Instant,
});
export type Brief = z.infer<typeof Brief>;
