// Is there a project already? One detector for every hop; the reference had two that disagreed (spec/ces §10.2).
import type { ProjectMode } from "@ces/records";

const emptiness = new Set([".ces", ".git", ".gitignore", ".hg", ".svn", "__pycache__"]);

/** `names` are the entries of the project's top folder. Greenfield when nothing is there but version control and CES itself. */
export function detectProjectMode(
  names: readonly string[],
  options: { readonly force?: ProjectMode } = {},
): ProjectMode {
  if (options.force !== undefined) return options.force;
  return names.every((name) => emptiness.has(name.split("/")[0] ?? name)) ? "greenfield" : "brownfield";
}
