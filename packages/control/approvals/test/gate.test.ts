import { describe, expect, test } from "vitest";
import { type Consent, gateSatisfied, gateSupplied, strictestGate } from "../src/index.ts";

const nobody: Consent = {
  yes: false,
  terminal: false,
  agent_marker: false,
  as: null,
  challenge_met: false,
  label: "someone",
};
const identity = (may: "hybrid" | "human") => ({
  name: "tester",
  may,
  public_key: "x",
  enrolled_at: "2026-01-01T00:00:00.000Z",
  enrolled_by: "first",
});

describe("what a consent is worth (DESIGN §2, S21)", () => {
  test.each([
    ["nothing said", nobody, "agent", "agent"],
    ["--yes in a pipe", { ...nobody, yes: true }, "agent", "agent"],
    ["--yes at a terminal", { ...nobody, yes: true, terminal: true }, "hybrid", "human"],
    [
      "--yes at a terminal in an agent's shell",
      { ...nobody, yes: true, terminal: true, agent_marker: true },
      "agent",
      "agent",
    ],
    ["a challenge met at a terminal", { ...nobody, terminal: true, challenge_met: true }, "human", "human"],
    [
      "a challenge met in an agent's shell",
      { ...nobody, terminal: true, challenge_met: true, agent_marker: true },
      "agent",
      "agent",
    ],
    [
      "--as with a signing key that may hybrid",
      { ...nobody, yes: true, as: { identity: identity("hybrid"), signed: true } },
      "hybrid",
      "human",
    ],
    [
      "--as with a signing key that may human",
      { ...nobody, yes: true, as: { identity: identity("human"), signed: true } },
      "human",
      "human",
    ],
    [
      "--as without the key",
      { ...nobody, yes: true, as: { identity: identity("human"), signed: false } },
      "agent",
      "agent",
    ],
  ] as const)("%s", (_, consent, gate, kind) => {
    const supplied = gateSupplied(consent);
    expect([supplied.gate, supplied.actor.kind]).toEqual([gate, kind]);
  });

  test("strictness is a total order and no gate at all asks for a human", () => {
    expect(strictestGate([])).toBe("human");
    expect(strictestGate(["agent", "hybrid"])).toBe("hybrid");
    expect(gateSatisfied("hybrid", "agent")).toBe(false);
    expect(gateSatisfied("hybrid", "human")).toBe(true);
  });
});
