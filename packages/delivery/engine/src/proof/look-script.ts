// How a looking canary runs and is judged: one script, one file that it writes, counted attempts, a last word. No last word is no proof.
import type { Judged, LookCanary, Planted, Seen, SessionPlay } from "./canary.ts";

const FOLDER = "/opt/ces/canaries";

/** The command that the client is told to ask for. */
export const lookCommand = ({ id }: Pick<LookCanary, "id">): string => `bash ${FOLDER}/${id}.sh`;

/** All of them in one session, one command each. */
export function lookPlay(canaries: readonly LookCanary[], planted: Planted): SessionPlay {
  return {
    commands: canaries.map(lookCommand),
    files: Object.fromEntries(canaries.map((one) => [`${FOLDER}/${one.id}.sh`, lookScript(one, planted)])),
    agents: null,
  };
}

/** The whole script; it changes nothing but `out/` of its tree. */
export function lookScript(canary: LookCanary, planted: Planted): string {
  return `exec >/workspace/out/${canary.id}.txt 2>/dev/null </dev/null
cd /workspace || exit 1
for one in /opt/ces/node /opt/agent/node; do [ -x $one ] && NODE=$one; done
n=0
attempt() {
  what=$1
  shift
  n=$((n + 1))
  if "$@" >/dev/null 2>&1; then echo "BREACH $what"; fi
}
${canary.script(planted).trim()}
echo "END $n"
`;
}

const MAX_BYTES = 65_536;

/** What the file says, and what the host saw. SECURITY: attacker-controlled where a wall is broken: it can lie, but only a whole file without a breach is green. */
export function judgeLook(canary: LookCanary, seen: Seen): Judged {
  const file = seen.left(`out/${canary.id}.txt`);
  const host = canary.breached?.(seen) ?? [];
  if (file.kind !== "read")
    return { held: false, observed: ["it was not tried", endOf(seen), ...host].filter(Boolean).join("; ") };
  const lines = file.bytes.toString("utf8").slice(0, MAX_BYTES).split("\n");
  const told = lines.filter((line) => line.startsWith("BREACH ")).map((line) => line.slice("BREACH ".length));
  const tried = lines.map((line) => /^END ([1-9]\d*)$/.exec(line)?.[1]).find((count) => count !== undefined);
  const breaches = [...told, ...host, ...(tried === undefined ? ["it did not come to its end"] : [])];
  if (breaches.length > 0) return { held: false, observed: breaches.join("; ").slice(0, 2000) };
  return { held: true, observed: tried === "1" ? "one attempt, refused" : `${tried} attempts, all refused` };
}

const endOf = ({ end }: Seen): string => (end.reason === null ? end.outcome : `${end.outcome}: ${end.reason.text}`);
