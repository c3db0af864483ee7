// Opens the project for a command and closes it whatever happens.
import type { CommandContext } from "./define-command.ts";
import { openProject, type Project } from "./wire/open-project.ts";

/** Runs `work` on the open project. `options.create`: the state may be made. Throws what `openProject` throws. */
export async function withProject<T>(
  ctx: CommandContext,
  work: (project: Project) => Promise<T> | T,
  options: { readonly create?: boolean } = {},
): Promise<T> {
  const project = await openProject(ctx, options);
  try {
    return await work(project);
  } finally {
    project.close();
  }
}
