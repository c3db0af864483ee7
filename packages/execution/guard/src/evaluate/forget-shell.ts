// Something that nobody read ran in a shell itself.
import { forgetVariables } from "./assign-variable.ts";
import type { Shell } from "./shell.ts";
import type { Walker } from "./walker.ts";

/** Variables, functions, directories and parameters may be anything from now on. */
export function forgetShell(walk: Walker, shell: Shell): void {
  forgetVariables(walk, shell);
  shell.functions = new Map();
  shell.exported = new Set();
  if (!shell.elsewhere) shell.cwds = [];
}
