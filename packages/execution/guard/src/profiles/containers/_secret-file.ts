// Files of secrets that an engine reads for a container.
import type { Arg } from "../../arg.ts";
import type { Evaluation, Outcome } from "../../profile.ts";

/** The project's own is meant for its container; a key of the home is not. */
export const secretFile = (on: Evaluation, path: Arg): Outcome =>
  on
    .places(path)
    .every(
      ({ zone, entry }) =>
        zone === "workspace" ||
        zone === "temporary" ||
        on.setting.workspaces.some((root) => entry?.startsWith(`${root}/`) === true),
    )
    ? on.fine()
    : on.read(path);
