// The first process of every box: a few lines of POSIX sh. It trusts nothing it inherited, sets the limits, reports
// over the ready channel, closes it, and starts nothing before the host says so.
import { posix } from "node:path";
import { CHANNEL } from "./plan.ts";
import type { BoxPlan } from "./plan.ts";

/** The line on standard input that starts the command; written after the handle is committed. */
export const GO_LINE = "go\n";

/** Exit status of a box that refused to start its command. */
export const REFUSED_STATUS = 125;

/** The word in the arguments of bwrap and the start script that says which box they are. */
export function boxMark(root: string): string {
  return `ces-box:${posix.basename(root)}`;
}

/**
 * The script for `sh -c SCRIPT MARK command…`. On the ready channel it writes `refused WHAT`, or each line of
 * `/proc/self/limits` as `limit LINE` and then `ready`; then it closes the channel, reads one line, and execs.
 */
export function startScript({ limits, goOn, startShell }: Pick<BoxPlan, "limits" | "goOn" | "startShell">): string {
  const out = CHANNEL.ready;
  const closeChannel = `exec ${out}>&-`;
  const read = goOn === "channel" ? `IFS= read -r go <&${out}` : "IFS= read -r go";
  return [
    `refuse() { printf 'refused %s\\n' "$1" >&${out}; exit ${REFUSED_STATUS}; }`,
    // The shell itself came on a descriptor; it is read and done with.
    ...(startShell === undefined ? [] : [`exec ${CHANNEL.shell}<&-`]),
    // SECURITY: S14. A descriptor that came along is the host, past every mount.
    "for f in /proc/self/fd/*; do",
    `  case \${f##*/} in 0|1|2|${out}) ;; *) [ ! -h "$f" ] || refuse "descriptor \${f##*/}" ;; esac`,
    "done",
    "ulimit -c 0 || refuse 'limit core'",
    // POSIX: `ulimit -f` counts blocks of 512 bytes.
    `ulimit -f ${Math.max(1, Math.floor(limits.file_bytes / 512))} || refuse 'limit file_bytes'`,
    `ulimit -n ${limits.open_files} || refuse 'limit open_files'`,
    ...(limits.data_bytes === undefined
      ? []
      : [`ulimit -d ${kibibytes(limits.data_bytes)} || refuse 'limit data_bytes'`]),
    ...(limits.cpu_seconds === undefined ? [] : [`ulimit -t ${limits.cpu_seconds} || refuse 'limit cpu_seconds'`]),
    // bash says -u, dash says -p.
    `ulimit -u ${limits.processes} 2>/dev/null || ulimit -p ${limits.processes} || refuse 'limit processes'`,
    `while IFS= read -r line; do printf 'limit %s\\n' "$line" >&${out}; done </proc/self/limits`,
    `printf 'ready\\n' >&${out}`,
    ...(goOn === "channel" ? [] : [closeChannel]),
    // SECURITY: S18. End of file means that CES is gone: nothing was started, nothing is left.
    `${read} || exit ${REFUSED_STATUS}`,
    ...(goOn === "channel" ? [closeChannel] : []),
    `[ "$go" = go ] || exit ${REFUSED_STATUS}`,
    'exec "$@"',
  ].join("\n");
}

// POSIX has no `ulimit -d`; every shell that has it counts in units of 1024.
function kibibytes(bytes: number): number {
  return Math.max(1, Math.floor(bytes / 1024));
}
