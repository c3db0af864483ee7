// `ces init`: makes a project ready: repository and first commit after consent, state and keys in the trust domain.
import { CesError } from "@ces/kernel";
import { defineCommand, done } from "../define-command.ts";
import { dim, good, line, plain } from "../view/line.ts";
import { openProject } from "../wire/open-project.ts";
import { ensureRepository } from "../wire/start-project.ts";

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

export const command = defineCommand({
  summary: "make this folder ready for CES",
  group: "Start here",
  args: [{ name: "name", summary: "a name for the project" }],
  options: [],
  examples: [{ line: "ces init my-project", note: "asks before it makes a repository or a commit" }],
  exits: [0, 1, 2, 3, 5],
  async run(ctx) {
    const name = ctx.args["name"];
    if (name !== undefined && !NAME.test(name))
      throw new CesError("USAGE_NAME", `\`${name}\` is not a project name: letters, digits, dot, dash and underscore`, {
        remedy: "ces init my-project",
      });
    const made = await ensureRepository(ctx);
    const project = await openProject(ctx, { create: true });
    try {
      if (!project.is_new)
        throw new CesError("PROJECT_EXISTS", "CES knows this project already", { remedy: "ces status" });
      return done(
        { project_id: project.project_id, name: name ?? null, root: project.repository.root, made: [...made] },
        'ces build "what you want to change"',
      );
    } finally {
      project.close();
    }
  },
  view: ({ data }) => [
    line(good`ready`, plain` project ${data.name ?? data.project_id.slice(0, 12)}`),
    ...data.made.map((what) => line(dim`made `, plain`${what}`)),
  ],
});
