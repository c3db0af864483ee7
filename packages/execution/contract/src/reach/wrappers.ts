// Programs that start another program named in their arguments. A table; `reached-argvs.ts` reads it.

import { programFamily, programName } from "./program-name.ts";

/** How the inner argv is found. Options are written with their dashes. */
export type Wrapper = {
  /** Options that take the next word. */
  readonly value_options: readonly string[];
  /** Operands before the inner program: `timeout 5 CMD`. */
  readonly operands: number;
  /** `NAME=value` words before it: `env A=b CMD`. */
  readonly assignments: boolean;
  /** Options whose value is a shell text or an argv in one word. */
  readonly text_options: readonly string[];
  /** Options after which an argv stands, up to `;` or `+`: `find -exec`. */
  readonly exec_options: readonly string[];
};

function wrapper(operands: number, value_options = "", facts: Partial<Wrapper> = {}): Wrapper {
  const options = value_options === "" ? [] : value_options.split(" ");
  return { operands, value_options: options, assignments: false, text_options: [], exec_options: [], ...facts };
}

const WRAPPERS: readonly (readonly [string, Wrapper])[] = [
  [
    "env",
    wrapper(0, "-u --unset -C --chdir -a --argv0", { assignments: true, text_options: ["-S", "--split-string"] }),
  ],
  ["nice", wrapper(0, "-n --adjustment")],
  ["ionice", wrapper(0, "-c --class -n --classdata")],
  [
    "nohup setsid time unbuffer catchsegv dbus-run-session eatmydata faketime fakeroot torify proxychains rlwrap linux32 linux64 setarch",
    wrapper(0, "-o -f -c -p"),
  ],
  ["stdbuf", wrapper(0, "-i --input -o --output -e --error")],
  ["timeout", wrapper(1, "-k --kill-after -s --signal")],
  ["chrt taskset numactl cpulimit", wrapper(1, "-p -T -P -D")],
  ["flock", wrapper(1, "-w --timeout --wait -E --conflict-exit-code", { text_options: ["-c", "--command"] })],
  [
    "xargs",
    wrapper(
      0,
      "-a --arg-file -d --delimiter -E -I -L --max-lines -n --max-args -P --max-procs -s --max-chars --process-slot-var",
    ),
  ],
  ["parallel", wrapper(0, "-j --jobs -a --arg-file -I --delay --timeout --joblog")],
  ["find gfind", wrapper(0, "", { exec_options: ["-exec", "-execdir", "-ok", "-okdir"] })],
  ["fd fdfind", wrapper(0, "", { exec_options: ["-x", "--exec", "-X", "--exec-batch"] })],
  ["watch", wrapper(0, "-n --interval")],
  ["entr", wrapper(0)],
  ["strace ltrace", wrapper(0, "-e -o -s -u -E -a -I -O -S -P -b --trace --output")],
  ["gdb lldb valgrind perf", wrapper(0, "-ex -x", { text_options: ["-ex", "--eval-command"] })],
  [
    "sudo doas pkexec runuser",
    wrapper(0, "-u --user -g --group -h --host -p --prompt -C -r -t -T -U -R -D", {
      assignments: true,
      text_options: ["-c", "--command"],
    }),
  ],
  ["su", wrapper(1, "-s --shell -g --group", { text_options: ["-c", "--command", "--session-command"] })],
  ["chroot", wrapper(1, "--userspec --groups")],
  [
    "unshare nsenter setpriv capsh firejail systemd-run systemd-inhibit prlimit cgexec softlimit",
    wrapper(0, "-t --target -S -G -p --property -u --unit -g", {}),
  ],
  ["bwrap", wrapper(0)],
  ["script", wrapper(1, "-T --log-timing", { text_options: ["-c", "--command"] })],
  ["busybox toybox", wrapper(0)],
  ["ld-linux ld-musl ld.so", wrapper(0, "--library-path --preload --argv0 --audit --inhibit-rpath")],
  ["npx bunx pnpx", wrapper(0, "-p --package", { text_options: ["-c", "--call"] })],
];

const BY_NAME: ReadonlyMap<string, Wrapper> = new Map(
  WRAPPERS.flatMap(([names, facts]) => names.split(" ").map((name): [string, Wrapper] => [name, facts])),
);

/** How a program starts another; undefined for one that is not known to. */
export function wrapperOf(argv0: string): Wrapper | undefined {
  const name = programName(argv0);
  if (/^ld-(?:linux|musl)[\w.-]*$|^ld(?:-[\d.]+)?\.so/.test(name)) return BY_NAME.get("ld-linux");
  return BY_NAME.get(name) ?? BY_NAME.get(programFamily(argv0));
}
