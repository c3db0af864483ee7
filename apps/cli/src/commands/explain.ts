// `ces explain`: what happened to a delivery, in plain language, and what to type now.
import { defineCommand } from "../define-command.ts";
import { plainData } from "../story/plain-data.ts";
import { readStory, type Story } from "../story/read-story.ts";
import { brownfieldLines, decisioningLines, overviewLines } from "../story/story-lines.ts";
import { storySteps } from "../story/story-steps.ts";
import type { Line } from "../view/line.ts";
import { withProject } from "../with-project.ts";

const views = ["overview", "decisioning", "brownfield"] as const;

export const command = defineCommand({
  summary: "what happened, why, and what to type now",
  group: "Start here",
  args: [{ name: "delivery", summary: "delivery, contract or evidence id; the newest if left out" }],
  options: [{ name: "view", kind: "choice", choices: views, summary: "what to look at", fallback: "overview" }],
  examples: [
    { line: "ces explain", note: "the thread of the newest delivery, hop by hop" },
    { line: "ces explain --view decisioning", note: "risk, gate, evidence for and against" },
  ],
  exits: [0, 2, 4, 5],
  run: (ctx) =>
    withProject(ctx, (project) => {
      const view = views.find((name) => name === ctx.text("view")) ?? "overview";
      const story = readStory(project, ctx.args["delivery"]);
      const { blockers, next } = story.report;
      const shown = story.report.merged_commit === null ? blockers.map(({ code, text }) => ({ code, text })) : [];
      return {
        exit: 0 as const,
        data: { view, steps: plainData(storySteps(story)), story: plainData(story) },
        blockers: shown,
        next,
      };
    }),
  view: ({ data }) => viewLines[data.view](data.story),
});

const viewLines: Readonly<Record<(typeof views)[number], (story: Story) => readonly Line[]>> = {
  overview: (story) => overviewLines(story, storySteps(story)),
  decisioning: decisioningLines,
  brownfield: brownfieldLines,
};
