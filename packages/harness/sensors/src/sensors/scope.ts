// What the agent left outside its scope. None of it is ever merged or used; leaving it says something about the run.
import { changeFacts, type ChangeFacts } from "../change-facts.ts";
import { observe, type Sensor, type Sighting } from "../sensor.ts";

const ID = "scope";

const outside = {
  path: "etc/x",
  change: "added",
  before: null,
  after: "a".repeat(40),
  mode: "100644",
  bytes: 1,
  added_lines: 1,
  deleted_lines: 0,
  binary: false,
} as const;

export const sensor: Sensor = {
  id: ID,
  pack: "scope",
  summary: "changes outside the write scope",
  needs: [],
  judge: (facts) => observe(ID, "high", sightings(facts)),
  examples: {
    matches: [
      changeFacts([], { out_of_scope: [outside] }),
      changeFacts([], { left_behind: [{ path: ".git/hooks/x", why: "forbidden", bytes: 3 }] }),
    ],
    spares: [changeFacts([]), changeFacts([], { left_behind: [{ path: "coverage/a", why: "ignored", bytes: 3 }] })],
  },
};

function sightings(facts: ChangeFacts): readonly Sighting[] {
  const seen = new Set(facts.out_of_scope.map(({ path }) => path));
  return [
    ...facts.out_of_scope.map(({ path, change }) =>
      sighting("high", "SCOPE_VIOLATION", path, `a file outside the scope was ${change}`),
    ),
    ...facts.left_behind
      .filter(({ why }) => why === "forbidden")
      .map(({ path }) => sighting("high", "SCOPE_VIOLATION", path, "a forbidden file was written")),
    ...facts.left_behind
      .filter(({ why, path }) => (why === "out_of_scope" && !seen.has(path)) || why === "odd_file")
      .map(({ path, why }) =>
        sighting(
          why === "odd_file" ? "high" : "low",
          "LEFT_BEHIND",
          path,
          "something was left outside the scope and is not used",
        ),
      ),
  ];
}

function sighting(severity: Sighting["severity"], category: string, path: string, title: string): Sighting {
  return {
    severity,
    category,
    path,
    line: null,
    title,
    description: "It is listed in the evidence and is not part of what would be merged.",
    recommendation: "Widen the scope with `--scope` if the change belongs to the task, and run again.",
  };
}
