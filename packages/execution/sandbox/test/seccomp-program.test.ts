// The filter judged twice: every vector through a small BPF machine for both tables, and for real inside a box.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bwrapOrSkip } from "../../../../test/support/requirements.ts";
import { ABSENT, JUDGED, REFUSED } from "../src/seccomp-calls.ts";
import type { CallNumbers } from "../src/seccomp-calls.ts";
import { seccompInstructions, seccompProgram } from "../src/seccomp-program.ts";
import type { Machine } from "../src/seccomp-program.ts";
import { say } from "./scratch-box.ts";

type Vector = {
  readonly call: string;
  readonly args: readonly number[];
  readonly expect: "EPERM" | "ENOSYS" | "passes";
  readonly note?: string;
};

const VECTORS = (
  JSON.parse(readFileSync(new URL("vectors/system-calls.json", import.meta.url), "utf8")) as { calls: Vector[] }
).calls; // our own file
const NUMBERS: Readonly<Record<string, CallNumbers>> = { ...REFUSED, ...ABSENT, ...JUDGED, getpid: [39, 172] };
const VERDICTS: Readonly<Record<number, string>> = {
  0x7fff0000: "passes",
  0x80000000: "kill",
  0x50001: "EPERM",
  0x50026: "ENOSYS",
};
const ARCH = { x64: 0xc000003e, arm64: 0xc00000b7 };

/** Runs the program on one call, as the kernel does. */
function judge(machine: Machine, arch: number, number: number, args: readonly number[]): string {
  const program = seccompInstructions(machine);
  const data = new DataView(new ArrayBuffer(64));
  data.setUint32(0, number, true);
  data.setUint32(4, arch, true);
  args.forEach((value, at) => data.setBigUint64(16 + 8 * at, BigInt(value), true));
  let held = 0;
  for (let at = 0; at < program.length; at += 1) {
    const [code, jt, jf, k] = program[at] ?? [0x06, 0, 0, 0];
    if (code === 0x06) return VERDICTS[k] ?? `return ${k}`;
    if (code === 0x20) held = data.getUint32(k, true);
    else at += (code === 0x15 ? held === k : code === 0x35 ? held >= k : (held & k) !== 0) ? jt : jf;
  }
  return "fell off";
}

describe.each(["x64", "arm64"] as const)("the filter on %s", (machine) => {
  const number = (call: string): number | null => NUMBERS[call]?.[machine === "x64" ? 0 : 1] ?? null;

  test.each(VECTORS.filter((v) => number(v.call) !== null))("$call $args $note: $expect", (vector) => {
    expect(judge(machine, ARCH[machine], number(vector.call) ?? -1, vector.args)).toBe(vector.expect);
  });

  test("another table than this machine's is death", () => {
    for (const arch of [0x40000003, 0x40000028, machine === "x64" ? ARCH.arm64 : ARCH.x64])
      expect(judge(machine, arch, 39, [])).toBe("kill");
    expect(judge("x64", ARCH.x64, 0x40000000 + 39, [])).toBe("kill");
  });

  test("every call of the lists has a vector, and the kernel accepts the length", () => {
    const named = new Set(VECTORS.map((v) => v.call));
    const gone = [
      "create_module",
      "query_module",
      "get_kernel_syms",
      "lookup_dcookie",
      "nfsservctl",
      "uselib",
      "ustat",
      "sysfs",
      "_sysctl",
      "vserver",
    ];
    expect(Object.keys({ ...REFUSED, ...ABSENT, ...JUDGED }).filter((call) => !named.has(call))).toEqual(gone);
    expect(seccompProgram(machine).length % 8).toBe(0);
    expect(seccompProgram(machine).length / 8).toBeLessThan(4096);
  });
});

test("a processor without a table is refused", () => {
  expect(() => seccompProgram("riscv64")).toThrow(expect.objectContaining({ code: "SECCOMP_MACHINE_UNKNOWN" }));
});

describe.skipIf(bwrapOrSkip())("the kernel agrees", () => {
  test("each vector inside a box", async () => {
    const column = process.arch === "x64" ? 0 : 1;
    // A fork through the raw call would run perl twice; the others may be tried as they are.
    const tried = VECTORS.filter(
      (v) => typeof NUMBERS[v.call]?.[column] === "number" && !(v.call === "clone" && v.expect === "passes"),
    );
    const lines = tried.map(
      (v) =>
        `$! = 0; $r = syscall(${[NUMBERS[v.call]?.[column], ...v.args].join(", ")}); print $r == -1 ? 0+$! : 0, "\\n";`,
    );
    const said = await say("exec perl /opt/probe.pl", { files: { "/opt/probe.pl": lines.join("\n") } });
    const answers = said.trim().split("\n").map(Number);
    const found = tried.map((v, at) => ({
      ...v,
      expect: answers[at] === 1 ? "EPERM" : answers[at] === 38 ? "ENOSYS" : "passes",
    }));
    expect(found).toEqual(tried);
  });
});
