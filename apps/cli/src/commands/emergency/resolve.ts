// `ces emergency resolve`: ends a halt. Only a person who proves it: a code at the terminal, or an enrolled key (S21).
import { activeHalts, entry } from "@ces/engine";
import { mayRelease } from "@ces/emergency";
import { CesError } from "@ces/kernel";
import type { Actor, Halt, HaltRelease } from "@ces/records";
import { defineCommand } from "../../define-command.ts";
import { enrolled, provePerson } from "../../person/prove-person.ts";
import { recordAlone } from "../../record-alone.ts";
import { good, line, plain } from "../../view/line.ts";
import { nodeClock } from "../../wire/node-clock.ts";
import type { Project } from "../../wire/open-project.ts";
import { requireWholeRecord } from "../../wire/whole-record.ts";
import { withProject } from "../../with-project.ts";

export const command = defineCommand({
  summary: "end a halt; asks for a person",
  group: "Operations",
  args: [{ name: "halt", summary: "which halt; all that are active if left out" }],
  options: [
    { name: "reason", short: "r", kind: "text", value: "TEXT", summary: "recorded with the release" },
    { name: "as", kind: "text", value: "NAME", summary: "release with an enrolled key" },
  ],
  examples: [
    { line: 'ces emergency resolve -r "key rotated"', note: "at a terminal; asks for a code" },
    { line: "ces emergency resolve --as alice", note: "with an enrolled key" },
  ],
  exits: [0, 2, 3, 4, 5],
  run: (ctx) =>
    withProject(ctx, async (project) => {
      requireWholeRecord(project);
      const halts = chosen(project, ctx.args["halt"]);
      const text = ["These halts end:", ...halts.map(({ halt_id, reason }) => `  ${halt_id} ${reason}`)].join("\n");
      const message = ["ces.release/v1", project.project_id, ...halts.map(({ halt_id }) => halt_id)].join("\n");
      const actor = await provePerson(ctx, project, { text, message });
      if (actor.proof === "key") checkMay(project, actor.id);
      const may = mayRelease(actor);
      if (may.kind === "no")
        throw new CesError(may.code, may.text, { remedy: "run it at a terminal, or: ces emergency resolve --as NAME" });
      const released = halts.map((halt) => release(project, halt, { by: actor, reason: ctx.text("reason") ?? "" }));
      return {
        exit: 0 as const,
        data: { released: released.map(({ halt_id }) => halt_id), by: actor.id },
        blockers: [],
        next: "ces continue",
      };
    }),
  view: ({ data }) => [line(good`released `, plain`${data.released.join(", ")} by ${data.by}`)],
});

// SECURITY: a key that stands for automation (`--may hybrid`: CI, a bot) is no person; only one that may satisfy human gates is.
function checkMay(project: Project, name: string): void {
  if (enrolled(project, name).may === "human") return;
  throw new CesError(
    "RELEASE_NEEDS_PERSON",
    `\`${name}\` may satisfy hybrid gates only; a halt is released by a person`,
    { remedy: "run it at a terminal, or: ces emergency resolve --as NAME, enrolled with `--may human`" },
  );
}

function chosen(project: Project, halt_id: string | undefined): readonly Halt[] {
  const active = activeHalts(project.store);
  const halts = active.filter((halt) => halt_id === undefined || halt.halt_id === halt_id);
  if (halts.length > 0) return halts;
  const message = halt_id === undefined ? "nothing is halted" : `\`${halt_id}\` is not an active halt`;
  throw new CesError("HALT_NONE", message, { remedy: "ces emergency status" });
}

function release(
  project: Project,
  halt: Halt,
  { by, reason }: { readonly by: Actor; readonly reason: string },
): HaltRelease {
  const given: HaltRelease = { halt_id: halt.halt_id, released_by: by, reason, released_at: nodeClock.now() };
  const said = entry("recovery", null, `resolved: ${halt.reason}`, {
    actor: by,
    decision: "release",
    rationale: reason === "" ? null : reason,
    refs: [halt.halt_id],
  });
  recordAlone(project.store, { kind: "halt_release", id: halt.halt_id, body: given }, said);
  return given;
}
