// Whether this is the scratch copy that `ces demo` made: the only place where a replayed delivery may merge (S38).
import { join } from "node:path";
import { readOwned } from "@ces/files";
import type { CommandContext } from "../define-command.ts";
import type { Project } from "./open-project.ts";

/** Name of the mark, written by `ces demo` into the trust domain of its own scratch state, never into a project. */
export const DEMO_MARK = "demo-scratch";

/** True only when the state folder of this very run carries the mark for exactly this project root. */
export function isScratchDemo(_ctx: CommandContext, project: Project): boolean {
  const mark = readOwned(join(project.state_dir, "..", DEMO_MARK));
  return mark !== undefined && Buffer.from(mark).toString("utf8").trim() === project.repository.root;
}
