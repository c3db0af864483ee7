// The folders of whoever runs a command, apart from any project.
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { CommandContext } from "../define-command.ts";

/** What a command needs to know about the place it was started in. */
export type Place = Pick<CommandContext, "cwd" | "env" | "secrets">;

/** The home folder as the environment names it, else as the system does. */
export const homeOf = (place: Place): string => place.env["HOME"] ?? homedir();

/** The user's own configuration folder. */
export function configDir(place: Place): string {
  const named = place.env["XDG_CONFIG_HOME"];
  return join(named !== undefined && named.startsWith("/") ? named : join(homeOf(place), ".config"), "ces");
}

/** The folder of CES in the user's state, apart from any project; not made. */
export function stateDir(place: Place): string {
  const named = place.env["XDG_STATE_HOME"];
  return join(named !== undefined && isAbsolute(named) ? named : join(homeOf(place), ".local/state"), "ces");
}
