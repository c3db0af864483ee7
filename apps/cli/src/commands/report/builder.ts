// `ces report builder`: the story of a delivery as files to hand on, redacted.
import { redact, redactText, type Json } from "@ces/kernel";
import { join, resolve } from "node:path";
import { defineCommand, done } from "../../define-command.ts";
import { reportMarkdown } from "../../report/markdown.ts";
import { textWithoutHomes, withoutHomes } from "../../report/without-homes.ts";
import { writeExports } from "../../report/write-exports.ts";
import { readStory } from "../../story/read-story.ts";
import { storySteps } from "../../story/story-steps.ts";
import { jsonDocument } from "../../view/json-text.ts";
import { good, line, plain } from "../../view/line.ts";
import { withProject } from "../../with-project.ts";

export const command = defineCommand({
  summary: "write the newest delivery as Markdown and JSON, without secrets and home folders",
  group: "Start here",
  args: [{ name: "delivery", summary: "delivery, contract or evidence id; the newest if left out" }],
  options: [{ name: "output-dir", kind: "text", value: "DIR", summary: "where to", fallback: ".ces/exports" }],
  examples: [{ line: "ces report builder", note: "two files in .ces/exports" }],
  exits: [0, 1, 2, 4, 5],
  run: (ctx) =>
    withProject(ctx, (project) => {
      const story = readStory(project, ctx.args["delivery"]);
      const steps = storySteps(story);
      const { root } = project.repository;
      const wanted = ctx.text("output-dir");
      const folder = wanted === undefined ? join(root, ".ces", "exports") : resolve(ctx.cwd, wanted);
      const name = `builder-run-report-${story.report.delivery_id}`;
      const document: Json = JSON.parse(JSON.stringify({ schema: "ces.report/v1", steps, ...story }));
      const clean = withoutHomes(redact(document));
      const paths = writeExports(root, folder, {
        [`${name}.md`]: textWithoutHomes(redactText(reportMarkdown(story, steps))),
        [`${name}.json`]: `${jsonDocument(clean)}\n`,
      });
      return done(
        { delivery_id: story.report.delivery_id, state: story.report.state, paths: [...paths] },
        "ces explain",
      );
    }),
  view: ({ data }) => data.paths.map((path) => line(good`written `, plain`${path}`)),
});
