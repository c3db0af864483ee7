// The system call filter of every box as BPF bytes: allow by default, refuse the list of S25, kill what is not this
// machine's own call table. Checks of arguments look at values only; what hides behind a pointer is refused whole.
import { CesError } from "@ces/kernel";
import { ABSENT, JUDGED, REFUSED } from "./seccomp-calls.ts";
import type { CallNumbers } from "./seccomp-calls.ts";

/** Processors with a table. */
export type Machine = "x64" | "arm64";

/** One classic BPF instruction: operation, jumps if true and false, operand. */
export type Instruction = readonly [code: number, jt: number, jf: number, k: number];

const LOAD = 0x20;
const EQUAL = 0x15;
const AT_LEAST = 0x35;
const ANY_BIT = 0x45;
const RETURN = 0x06;

const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const EPERM = 0x00050000 | 1;
const ENOSYS = 0x00050000 | 38;

const AUDIT_ARCH = { x64: 0xc000003e, arm64: 0xc00000b7 } as const;
const X32_BIT = 0x40000000;

// struct seccomp_data: nr, arch, instruction pointer, six arguments of 64 bits, little endian.
const NUMBER = 0;
const ARCH = 4;
const low = (argument: number): number => 16 + 8 * argument;

const SET_ID = 0o6000;
const NEW_NAMESPACES = 0x7e020000;
const O_CREAT_OR_TMPFILE = 0o100 | 0o20000000;
// SECURITY: AF_VSOCK reaches the machine's host, AF_ALG and others reach the kernel; the name space stops neither.
const FAMILIES = { unix: 1, inet: 2, inet6: 10 } as const;
const AF_NETLINK = 16;
const TTY_INJECTIONS = [0x5412, 0x541c, 0x5423]; // TIOCSTI, TIOCLINUX, TIOCSETD

/** The filter's bytes for `--seccomp FD`. Throws CesError `SECCOMP_MACHINE_UNKNOWN` for a processor without a table. */
export function seccompProgram(machine: string): Uint8Array {
  if (machine !== "x64" && machine !== "arm64") {
    throw new CesError("SECCOMP_MACHINE_UNKNOWN", `no system call table for \`${machine}\``, {
      remedy: "run ces on x64 or arm64",
    });
  }
  return encode(seccompInstructions(machine));
}

/** The filter as instructions, for tests and review. */
export function seccompInstructions(machine: Machine): readonly Instruction[] {
  const number = (call: CallNumbers): number | null => call[machine === "x64" ? 0 : 1];
  const refuse = (calls: Readonly<Record<string, CallNumbers>>, verdict: number): Instruction[] =>
    Object.values(calls)
      .map(number)
      .filter((nr) => nr !== null)
      .flatMap((nr) => only(nr, [[RETURN, 0, 0, verdict]]));
  const judged = Object.entries(RULES).flatMap(([name, rule]) => {
    const nr = number(JUDGED[name as keyof typeof JUDGED]); // RULES is keyed by JUDGED
    return nr === null ? [] : only(nr, rule);
  });
  return [
    ...rightTable(machine),
    ...refuse(REFUSED, EPERM),
    ...refuse(ABSENT, ENOSYS),
    ...judged,
    [RETURN, 0, 0, ALLOW],
  ];
}

const setId = (argument: number): Instruction[] => [
  [LOAD, 0, 0, low(argument)],
  [ANY_BIT, 0, 1, SET_ID],
  [RETURN, 0, 0, EPERM],
  [RETURN, 0, 0, ALLOW],
];

// Without O_CREAT the mode is whatever was in the register.
const setIdIfMade = (flags: number): Instruction[] => [
  [LOAD, 0, 0, low(flags)],
  [ANY_BIT, 1, 0, O_CREAT_OR_TMPFILE],
  [RETURN, 0, 0, ALLOW],
  ...setId(flags + 1),
];

const family: Instruction[] = [
  [LOAD, 0, 0, low(0)],
  ...Object.values(FAMILIES).flatMap((af): Instruction[] => [
    [EQUAL, 0, 1, af],
    [RETURN, 0, 0, ALLOW],
  ]),
  // NETLINK_ROUTE (0) only: node's networkInterfaces() and the resolver ask it. Netfilter, audit and the rest stay shut.
  [EQUAL, 1, 0, AF_NETLINK],
  [RETURN, 0, 0, EPERM],
  [LOAD, 0, 0, low(2)],
  [EQUAL, 0, 1, 0],
  [RETURN, 0, 0, ALLOW],
  [RETURN, 0, 0, EPERM],
];

// Each rule ends in a verdict, so the number need not be loaded again.
const RULES: Readonly<Record<keyof typeof JUDGED, readonly Instruction[]>> = {
  clone: [
    [LOAD, 0, 0, low(0)],
    [ANY_BIT, 0, 1, NEW_NAMESPACES],
    [RETURN, 0, 0, EPERM],
    [RETURN, 0, 0, ALLOW],
  ],
  socket: family,
  socketpair: family,
  // The kernel looks at 32 bits of the request; so do we, and high bits hide nothing.
  ioctl: [
    [LOAD, 0, 0, low(1)],
    ...TTY_INJECTIONS.flatMap((r): Instruction[] => [
      [EQUAL, 0, 1, r],
      [RETURN, 0, 0, EPERM],
    ]),
    [RETURN, 0, 0, ALLOW],
  ],
  personality: [
    [LOAD, 0, 0, low(0)],
    [EQUAL, 2, 0, 0],
    [EQUAL, 1, 0, 0xffffffff],
    [RETURN, 0, 0, EPERM],
    [RETURN, 0, 0, ALLOW],
  ],
  chmod: setId(1),
  fchmod: setId(1),
  fchmodat: setId(2),
  fchmodat2: setId(2),
  mknod: setId(1),
  mknodat: setId(2),
  mkdir: setId(1),
  mkdirat: setId(2),
  creat: setId(1),
  open: setIdIfMade(1),
  openat: setIdIfMade(2),
};

function rightTable(machine: Machine): readonly Instruction[] {
  const arch: Instruction[] = [
    [LOAD, 0, 0, ARCH],
    [EQUAL, 1, 0, AUDIT_ARCH[machine]],
    [RETURN, 0, 0, KILL],
    [LOAD, 0, 0, NUMBER],
  ];
  return machine === "x64" ? [...arch, [AT_LEAST, 0, 1, X32_BIT], [RETURN, 0, 0, KILL]] : arch;
}

/** `body` for one call only. INVARIANT: `body` ends in a return on every path and is shorter than a jump (255). */
function only(nr: number, body: readonly Instruction[]): Instruction[] {
  return [[EQUAL, 0, body.length, nr], ...body];
}

function encode(program: readonly Instruction[]): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(program.length * 8));
  program.forEach(([code, jt, jf, k], at) => {
    bytes.setUint16(at * 8, code, true);
    bytes.setUint8(at * 8 + 2, jt);
    bytes.setUint8(at * 8 + 3, jf);
    bytes.setUint32(at * 8 + 4, k, true);
  });
  return new Uint8Array(bytes.buffer);
}
