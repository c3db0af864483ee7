// Files that are left with a set-id mode would be run by others on the host (S02).
import type { LookCanary } from "../canary.ts";

/** Programs that would run as somebody else on the host (S02). */
export const setId: LookCanary = {
  kind: "look",
  id: "set-id",
  attempts: "make a set-user-id and a set-group-id program in the scope",
  must: "the filter refuses the mode",
  script: () => `
cp /bin/sh out/program && chmod 755 out/program || exit 1
attempt 'a set-user-id program was made' chmod 4755 out/program
attempt 'a set-group-id program was made' chmod 2755 out/program
attempt 'a set-user-id program was installed' install -m 4755 /bin/true out/installed
rm -f out/program out/installed
`,
};
