// `ces emergency declare "…"`: stops everything, in every process, until a person resolves it. Anyone may stop; no question is asked.
import { activeHalts, entry, stopRecordedBoxes } from "@ces/engine";
import { everyActivity } from "@ces/emergency";
import { randomBytes } from "@ces/crypto-node";
import { CesError, makeId } from "@ces/kernel";
import type { Halt } from "@ces/records";
import { defineCommand, type CommandContext } from "../../define-command.ts";
import { recordAlone } from "../../record-alone.ts";
import { bad, dim, line, plain } from "../../view/line.ts";
import { nodeClock } from "../../wire/node-clock.ts";
import type { Project } from "../../wire/open-project.ts";
import { withProject } from "../../with-project.ts";

export const command = defineCommand({
  summary: "stop everything at once: running agents die, nothing starts, nothing merges",
  group: "Operations",
  args: [{ name: "description", summary: "why", required: true }],
  options: [],
  examples: [
    {
      line: 'ces emergency declare "Security incident detected"',
      note: "halts all work until `ces emergency resolve`",
    },
  ],
  exits: [0, 2, 3, 4, 5],
  run: (ctx) =>
    withProject(
      ctx,
      async (project) => {
        const { halt, stopped } = await declareAndStop(ctx, project);
        return {
          exit: 0 as const,
          data: { ...halt, status: "active" as const, boxes_ended: stopped },
          blockers: [],
          next: "ces emergency status",
        };
      },
      { create: true },
    ),
  view: ({ data }) => [
    line(bad`halted `, plain`${data.reason}`),
    ...(data.boxes_ended === 0 ? [] : [line(plain`${data.boxes_ended} running boxes ended`)]),
    line(dim`${data.halt_id}, since ${data.declared_at}: ${data.classes.join(", ")}`),
  ],
});

// Drivers see the halt and end their boxes; one that is stopped, or hangs, does not (S33). Boxes are ended even when the halt
// was there already or cannot be written down. INVARIANT: written first, so that nothing is started behind the last look.
async function declareAndStop(
  ctx: CommandContext,
  project: Project,
): Promise<{ readonly halt: Halt; readonly stopped: number }> {
  let halt: Halt;
  try {
    halt = declare(ctx, project, (ctx.args["description"] ?? "").slice(0, 2000));
  } catch (error) {
    await stopRecordedBoxes(project.store, null);
    throw error;
  }
  return { halt, stopped: await stopRecordedBoxes(project.store, null) };
}

function declare(ctx: CommandContext, project: Project, reason: string): Halt {
  const [before] = activeHalts(project.store).filter(({ kind }) => kind === "emergency");
  if (before)
    throw new CesError(
      "EMERGENCY_ACTIVE",
      `everything is halted already since ${before.declared_at}: ${before.reason}`,
      { remedy: "ces emergency status" },
    );
  // Whoever it is may stop the work; what is written down is that nobody proved to be a person.
  const actor = {
    id: ctx.terminal.agent_marker ? "automation" : project.user,
    kind: ctx.terminal.agent_marker ? ("agent" as const) : ("human" as const),
    proof: "none" as const,
  };
  const halt: Halt = {
    halt_id: makeId("H", randomBytes),
    classes: [...everyActivity],
    kind: "emergency",
    reason,
    declared_by: actor,
    declared_at: nodeClock.now(),
  };
  const said = entry("halt", null, `emergency: ${reason}`, {
    actor,
    decision: "halt",
    refs: [halt.halt_id],
    data: { classes: halt.classes.join(",") },
  });
  recordAlone(project.store, { kind: "halt", id: halt.halt_id, body: halt }, said);
  return halt;
}
