// `ces keys enroll NAME --may hybrid|human`: a key of one's own, so that a consent without a terminal is signed by a name.
import { CesError } from "@ces/kernel";
import { defineCommand, done } from "../../define-command.ts";
import { enroll } from "../../person/enroll.ts";
import { dim, good, line, plain } from "../../view/line.ts";
import { withProject } from "../../with-project.ts";

export const command = defineCommand({
  summary: "make a key for a name and say which gates it may satisfy",
  group: "Operations",
  args: [{ name: "name", summary: "letters, digits, dot, dash and underscore", required: true }],
  options: [
    {
      name: "may",
      kind: "choice",
      choices: ["hybrid", "human"],
      summary: "the strictest gate that its consent satisfies",
    },
    {
      name: "as",
      kind: "text",
      value: "NAME",
      summary: "who vouches, by an enrolled key; the first name needs nobody",
    },
  ],
  examples: [
    { line: "ces keys enroll ci --may hybrid", note: "then: ces build … --yes --as ci" },
    {
      line: "ces keys enroll bob --may human --as alice",
      note: "alice vouches; at a terminal a code is asked instead",
    },
  ],
  exits: [0, 2, 3, 4, 5],
  run: async (ctx) => {
    const may = ctx.text("may");
    const name = ctx.args["name"] ?? "";
    if (may !== "hybrid" && may !== "human")
      throw new CesError("USAGE_OPTION", "`--may` is missing: hybrid or human", {
        remedy: `ces keys enroll ${name} --may hybrid`,
      });
    const identity = await withProject(ctx, (project) => enroll(ctx, project, { name, may }), { create: true });
    return done({ ...identity }, `ces build "what you want to change" --yes --as ${name}`);
  },
  view: ({ data }) => [
    line(
      good`enrolled `,
      plain`${data.name}`,
      dim`, may satisfy ${data.may} gates, vouched for by ${data.enrolled_by}`,
    ),
  ],
});
