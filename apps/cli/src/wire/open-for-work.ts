// What every command that moves a delivery opens: a project in which nothing is halted. Asked before anything else, so that the
// answer during an emergency is the emergency, whatever else is the matter.
import { activeHalts } from "@ces/engine";
import { CesError } from "@ces/kernel";
import type { CommandContext } from "../define-command.ts";
import { openProject, type Project } from "./open-project.ts";
import { openOrStartProject } from "./start-project.ts";

/** Opens the project of the folder. Throws HALTED (exit 3) and what `openProject` throws. */
export const openForWork = async (ctx: CommandContext): Promise<Project> => notHalted(await openProject(ctx));

/** The same; a folder without repository or state becomes a project. Throws what `openOrStartProject` throws. */
export const openOrStartForWork = async (ctx: CommandContext): Promise<Project> =>
  notHalted(await openOrStartProject(ctx));

/** Throws HALTED (exit 3) while any halt of work is in force: nothing is started, approved or continued then. */
export function refuseWhileHalted(project: Project): void {
  const [halt] = activeHalts(project.store).filter(
    ({ classes }) => classes.includes("task_issuance") || classes.includes("merges"),
  );
  if (halt === undefined) return;
  throw new CesError("HALTED", `everything is halted since ${halt.declared_at}: ${halt.reason}`, {
    remedy: "ces emergency status",
  });
}

function notHalted(project: Project): Project {
  try {
    refuseWhileHalted(project);
    return project;
  } catch (error) {
    project.close();
    throw error;
  }
}
