// A cassette: recorded tool calls that `replay` plays through the real walls and the real gate (S38).
import { z } from "zod";

const Path = z.string().min(1).max(4096);
/** Text, or its lines (joined with line ends and closed by one). */
const Text = z.union([z.string(), z.array(z.string())]);

/** What the player does next. A `tool` step is asked first; a denied one is skipped. */
export const CassetteStep = z.union([
  z.strictObject({ say: z.string() }),
  z.strictObject({ tool: z.literal("Write"), path: Path, content: Text }),
  z.strictObject({ tool: z.literal("Edit"), path: Path, old: Text, new: Text }),
  z.strictObject({ tool: z.literal("Read"), path: Path }),
  z.strictObject({ tool: z.literal("Bash"), command: z.string().min(1) }),
  /** The `ces:completion` block, said last. `task_id` is filled in from the prompt. */
  z.strictObject({
    claim: z.strictObject({
      summary: z.string(),
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
    }),
  }),
]);
export type CassetteStep = z.infer<typeof CassetteStep>;

const Review = z.strictObject({
  examined: z.array(z.strictObject({ path: z.string(), note: z.string() })),
  findings: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
});

/** The whole file: `*.cassette.json`. Closed: an unknown key is an error. */
export const Cassette = z.strictObject({
  schema: z.literal("ces.cassette/v1"),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  /** The request that it answers, word for word. */
  request: z.string().min(1),
  steps: z.array(CassetteStep),
  /**
   * What recorded reviewers say, by role. A recording cannot have looked: a replayed review is a demonstration and
   * never satisfies a gate by itself (S23, S38).
   */
  reviews: z.partialRecord(z.enum(["structural", "semantic", "red_team"]), Review),
  /** What a demonstration is expected to end as; read by tests and `demo`, never by the run. */
  expects: z.strictObject({ outcome: z.enum(["merged", "refused"]), codes: z.array(z.string()) }).optional(),
});
export type Cassette = z.infer<typeof Cassette>;
