// What a receipt may say of a box: as the kernel confirms it, or nothing; what contradicts the walls is no box of ours.
import { describe, expect, it, test } from "vitest";
import { observeBox, withLimits } from "../src/observe-box.ts";

const box = { init: { pid: 0 } } as Parameters<typeof observeBox>[0];
const status = (cap: string, privileges: number, seccomp: number): string =>
  `CapEff:\t${cap}\nNoNewPrivs:\t${privileges}\nSeccomp:\t${seccomp}\n`;
const none = "0".repeat(16);

describe("observeBox", () => {
  it("says what the kernel says", () =>
    expect(observeBox(box, status(none, 1, 2))).toEqual({
      sandbox_backend: "ces_walls",
      ring: 3,
      sandbox_state: "enabled",
      sandbox_observed: [{ source: "kernel", facts: { cap_eff: none, no_new_privs: true, seccomp: 2 } }],
    }));

  it("says nothing of a process that is gone", () =>
    expect(observeBox(box, "")).toMatchObject({ sandbox_state: "unavailable", sandbox_observed: [] }));

  test.each<readonly [string, string]>([
    ["the system call filter", status(none, 1, 0)],
    ["no new privileges", status(none, 0, 2)],
    ["no capability", status("0000000000000001", 1, 2)],
  ])("refuses a box without %s", (wall, seen) =>
    expect(() => observeBox(box, seen)).toThrowError(
      expect.objectContaining({ code: "BOX_UNCONFIRMED", message: expect.stringContaining(wall) }),
    ),
  );
});

describe("withLimits", () => {
  const limit = (name: string, bound: boolean) => ({ name, asked: "1", bound, held_by: "kernel" as const });

  it("names the limits that bind apart from those that do not", () =>
    expect(
      withLimits(observeBox(box, status(none, 1, 2)), [limit("b", true), limit("c", false), limit("a", true)])
        .sandbox_observed[0],
    ).toEqual({ source: "driver", facts: { driver: "bubblewrap", held: ["a", "b"], not_held: ["c"] } }));
});
