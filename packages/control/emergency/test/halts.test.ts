import type { Halt, HaltRelease } from "@ces/records";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { everyActivity, haltFor, haltsInForce, mayRelease } from "../src/index.ts";

const actor = { id: "a", kind: "human", proof: "tty" } as const;
const at = "2026-01-01T00:00:00.000Z";
const halt = (halt_id: string, classes: Halt["classes"]): Halt => ({
  halt_id,
  classes,
  kind: "kill_switch",
  reason: "r",
  declared_by: actor,
  declared_at: at,
});
const release = (halt_id: string): HaltRelease => ({ halt_id, released_by: actor, reason: "", released_at: at });

describe("halts", () => {
  test("a halt is in force until a release answers exactly it", () => {
    const halts = [halt("H-1", ["merges"]), halt("H-2", ["spawning"])];
    expect(haltsInForce(halts, [release("H-2"), release("H-9")]).map(({ halt_id }) => halt_id)).toEqual(["H-1"]);
  });

  test("each class stops itself and nothing else", () => {
    for (const stopped of everyActivity) {
      for (const asked of everyActivity)
        expect(haltFor(asked, [halt("H-1", [stopped])]) !== undefined).toBe(asked === stopped);
    }
  });

  test("an activity that nobody knows is stopped by any halt, and by none when none is in force", () => {
    expect(haltFor("new_thing", [halt("H-1", ["deploys"])])?.halt_id).toBe("H-1");
    expect(haltFor("new_thing", [])).toBeUndefined();
  });

  test("law: adding a halt never lets anything go on", () => {
    const classes = fc.uniqueArray(fc.constantFrom(...everyActivity), { minLength: 1 });
    fc.assert(
      fc.property(fc.array(classes), classes, fc.constantFrom(...everyActivity), (before, added, asked) => {
        const halts = before.map((some, index) => halt(`H-${index}`, some));
        if (haltFor(asked, halts) !== undefined) expect(haltFor(asked, [...halts, halt("H-x", added)])).toBeDefined();
      }),
    );
  });

  test("only a person who proved it releases", () => {
    const may = (kind: "human" | "agent" | "control_plane", proof: "tty" | "key" | "none") =>
      mayRelease({ id: "x", kind, proof }).kind;
    expect([
      may("human", "tty"),
      may("human", "key"),
      may("human", "none"),
      may("agent", "key"),
      may("control_plane", "tty"),
    ]).toEqual(["yes", "yes", "no", "no", "no"]);
  });
});
