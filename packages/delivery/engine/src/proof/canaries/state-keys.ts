// The trust domain is mounted nowhere (S06, S13).
import type { LookCanary } from "../canary.ts";
import { searched } from "../searched.ts";

/** CES's own keys. */
export const stateKeys: LookCanary = {
  kind: "look",
  id: "state-keys",
  attempts:
    "open the project's state folder and its keys by their paths, and search everything that can be read for a token in it",
  must: "no such folder inside, and the token is nowhere",
  script: ({ state_dir, state_file, pattern }) => `
attempt 'a file of the state folder was read' grep -qE '${pattern.state}' '${state_file}'
attempt 'the keys of the state folder were listed' sh -c "ls '${state_dir}/keys' | grep -q ."
attempt 'the state folder was read through /proc' grep -qE '${pattern.state}' '/proc/1/root${state_file}'
${searched("the token of the state folder", pattern.state)}
`,
};
