// What can be seen of a sandbox, and whose word it is.
import { describe, expect, test } from "vitest";
import { kernelFacts } from "../src/kernel-facts.ts";
import { observeProcess } from "../src/observe-process.ts";
import { observeWalls } from "../src/observe-walls.ts";

const status = (seccomp: string): string =>
  `Name:\tx\nCapInh:\t0000000000000000\nCapEff:\t00000000a80425fb\nNoNewPrivs:\t1\n${seccomp}Seccomp_filters:\t1\n`;

describe("facts of a process", () => {
  test("are read from its status, all or none", () => {
    expect(kernelFacts(status("Seccomp:\t2\n"))).toEqual({
      seccomp: 2,
      no_new_privs: true,
      cap_eff: "00000000a80425fb",
    });
    expect(kernelFacts(status(""))).toBeNull();
    expect(kernelFacts("")).toBeNull();
  });

  test("stand apart from what the environment says", () => {
    const env = { NONO_SESSION_ID: "a b\n", NONO_CAP_FILE: "/x" };
    expect(observeProcess(env, status("Seccomp:\t0\n"))).toEqual([
      { source: "kernel", facts: { seccomp: 0, no_new_privs: true, cap_eff: "00000000a80425fb" } },
      { source: "env", facts: { driver: "nono", driver_session: "a_b_" } },
    ]);
    expect(observeProcess({ OPENSHELL_SANDBOX_ID: "s-1" }, "")).toEqual([
      { source: "env", facts: { driver: "openshell", driver_session: "s-1" } },
    ]);
    expect(observeProcess({}, "")).toEqual([]);
  });

  test("of this very process come from the kernel", () => {
    expect(observeProcess({})).toMatchObject([
      { source: "kernel", facts: { cap_eff: expect.stringMatching(/^[0-9a-f]{16}$/) } },
    ]);
  });
});

describe("the house's walls", () => {
  test("that held are kernel facts of the box that attacked itself", () => {
    const facts = ["filtered", "no_new_privileges", "system_read_only", "loopback_only"];
    expect(observeWalls({ kind: "ok", version: "0.11.0", facts, contracts: [] })).toEqual([
      { source: "driver", facts: { driver: "bubblewrap", driver_version: "0.11.0", held: facts.toSorted() } },
      { source: "kernel", facts: { seccomp: 2, no_new_privs: true, canary_denied: true } },
    ]);
  });
  test("that do not hold are nothing", () => {
    expect(observeWalls({ kind: "cannot", code: "WALLS_UNAVAILABLE", detail: "", remedy: "", contracts: [] })).toEqual(
      [],
    );
  });
});
