// The whole machine as one table: every state × event × actor, with what happens. A change of the machine shows here line by line.
import { DeliverySnapshot, WorkflowState } from "@ces/records";
import { describe, expect, test } from "vitest";
import { type Standing, advance, events } from "../src/index.ts";

const states = WorkflowState.options;
const reviewStates = ["pending_review", "challenger_brief", "triage", "decision"] as const;
const actors = ["human", "agent", "control_plane"] as const;

const standing = (state: (typeof states)[number], review_state: Standing["review_state"]): Standing => ({
  state,
  review_state,
  attempt: 1,
  retry_count: 0,
  max_retries: 3,
});
const standings = states.flatMap((state) =>
  state === "under_review" ? reviewStates.map((sub) => standing(state, sub)) : [standing(state, null)],
);
const actor = (kind: (typeof actors)[number]) => ({ id: kind, kind, proof: "none" as const });
const name = (s: Standing): string => (s.review_state === null ? s.state : `${s.state}.${s.review_state}`);

function line(from: Standing, event: (typeof events)[number], kind: (typeof actors)[number]): string | null {
  const result = advance(from, event, actor(kind));
  if (result.kind === "refused")
    return result.code === "TRANSITION_REFUSED" ? null : `${name(from)} --${event}/${kind}--> refused ${result.code}`;
  const { next } = result;
  const count =
    next.attempt !== from.attempt ? ` attempt+1${next.retry_count !== from.retry_count ? " retry+1" : ""}` : "";
  return `${name(from)} --${event}/${kind}--> ${name(next)}${count} [${result.effects.join(", ")}]`;
}

test("state × event × actor", () => {
  const table = standings
    .flatMap((from) => events.flatMap((event) => actors.map((kind) => line(from, event, kind))))
    .filter((row) => row !== null);
  expect(table.join("\n")).toMatchSnapshot();
});

describe("laws", () => {
  test("no transition skips verifying: only verification_passed enters under_review", () => {
    for (const from of standings.filter((s) => s.state !== "under_review")) {
      for (const event of events) {
        const result = advance(from, event, actor("control_plane"));
        if (result.kind === "moved" && result.next.state === "under_review")
          expect([from.state, event]).toEqual(["verifying", "verification_passed"]);
      }
    }
  });

  test("an agent moves nothing, anywhere; it may only have a failed attempt tried again", () => {
    const moved = standings.flatMap((from) =>
      events
        .filter((event) => advance(from, event, actor("agent")).kind === "moved")
        .map((event) => `${from.state} ${event}`),
    );
    expect(moved).toEqual(["rejected retry", "failed retry"]);
  });

  test("retries are counted and end", () => {
    const failed = { ...standing("failed", null), retry_count: 3 };
    expect(advance(failed, "retry", actor("control_plane"))).toMatchObject({ kind: "refused", code: "RETRIES_SPENT" });
  });

  test("every state of the record is a state of the machine", () => {
    expect(DeliverySnapshot.shape.state.options).toEqual(states);
  });
});
