// What counts as held: a whole report of at least one attempt, nothing that got through, and a host that saw nothing either.
import type { AgentEnd } from "@ces/runtimes";
import { expect, it } from "vitest";
import type { LookCanary, Seen } from "../../src/proof/canary.ts";
import { judgeLook } from "../../src/proof/look-script.ts";

const canary: LookCanary = { kind: "look", id: "one", attempts: "tries", must: "fail", script: () => "" };
const end: AgentEnd = {
  outcome: "crashed",
  final_text: "",
  structured: null,
  reported_model: "",
  session_id: "",
  reason: { code: "AGENT_CRASHED", text: "it broke" },
};

function seen(text: string | null): Seen {
  return {
    end,
    heard: [],
    left: () => (text === null ? { kind: "absent" } : { kind: "read", bytes: Buffer.from(text) }),
    model: { nested: 0, keyed: false },
    gateway_refused: [],
  };
}

it.each<[string, string | null, boolean, string]>([
  ["a whole report", "END 3\n", true, "3 attempts, all refused"],
  ["one attempt", "END 1\n", true, "one attempt, refused"],
  ["no report", null, false, "it was not tried; crashed: it broke"],
  ["a report that was cut", "", false, "it did not come to its end"],
  ["a report of no attempt", "END 0\n", false, "it did not come to its end"],
  ["what got through", "BREACH the wall fell\nEND 3\n", false, "the wall fell"],
  ["what got through before it was cut", "BREACH the wall fell\n", false, "the wall fell; it did not come to its end"],
  ["other words", "all is well\nEND\n", false, "it did not come to its end"],
])("%s", (_, text, held, observed) => {
  expect(judgeLook(canary, seen(text))).toEqual({ held, observed });
});

it("what only the host saw is red, whatever the report says", () => {
  const told = { ...canary, breached: () => ["a listener heard it"] };
  expect(judgeLook(told, seen("END 2\n"))).toEqual({ held: false, observed: "a listener heard it" });
  expect(judgeLook(told, seen(null)).observed).toBe("it was not tried; crashed: it broke; a listener heard it");
});
