// No secret is in the environment or arguments of any process of a box (S01).
import type { LookCanary } from "../canary.ts";

/** The driver's environment, seen through /proc (S01). */
export const environment: LookCanary = {
  kind: "look",
  id: "environment",
  attempts:
    "find a token of the driver's environment in the environment or arguments of any process, and any variable of the host in the first one",
  must: "no process inside has it, and the first one has nothing of the host's",
  script: ({ pattern }) => `
attempt 'the token stands in an environment' sh -c "cat /proc/[0-9]*/environ | tr '\\\\0' '\\\\n' | grep -qE '${pattern.environment}'"
attempt 'the token stands in arguments' sh -c "cat /proc/[0-9]*/cmdline | tr '\\\\0' '\\\\n' | grep -qE '${pattern.environment}'"
# A shell that comes before bubblewrap leaves where it stood, and nothing of the host.
attempt 'the first process has a variable of the host' sh -c "tr '\\0' '\\n' </proc/1/environ | grep -vE '^$|^(PWD|OLDPWD|SHLVL|_)=' | grep -q ."
`,
};
