// `ces emergency status`: what is halted, why, since when, and how it ends.
import { activeHalts } from "@ces/engine";
import { defineCommand } from "../../define-command.ts";
import { bad, dim, good, line, plain } from "../../view/line.ts";
import { withProject } from "../../with-project.ts";

export const command = defineCommand({
  summary: "what is halted, and why",
  group: "Operations",
  args: [],
  options: [],
  examples: [{ line: "ces emergency status --json", note: "for a program; exit 0 whether halted or not" }],
  exits: [0, 2, 4, 5],
  run: (ctx) =>
    withProject(ctx, ({ store }) => {
      const halts = activeHalts(store).map((halt) => ({ ...halt, declared_by: halt.declared_by.id }));
      return {
        exit: 0 as const,
        data: { halted: halts.length > 0, halts },
        blockers: [],
        next: halts.length > 0 ? "ces emergency resolve" : null,
      };
    }),
  view: ({ data }) =>
    data.halts.length === 0
      ? [line(good`nothing is halted`)]
      : data.halts.flatMap((halt) => [
          line(bad`halted `, plain`${halt.reason}`),
          line(dim`${halt.halt_id}, by ${halt.declared_by} since ${halt.declared_at}: ${halt.classes.join(", ")}`),
        ]),
});
