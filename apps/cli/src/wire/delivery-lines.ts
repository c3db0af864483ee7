// How the outcome of a delivery reads in plain lines: what happened, why it stands where it stands.
import { attention, bad, blank, dim, good, line, type Line, plain, strong } from "../view/line.ts";
import type { Outcome } from "../define-command.ts";
import type { DeliveryData } from "./delivery-command.ts";

/** The lines of an outcome. Blockers and the next command are shown by the screen. */
export function deliveryLines({ data }: Outcome<DeliveryData>): readonly Line[] {
  const text = (name: string): string => {
    const value = data[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : "–";
  };
  const merged = data["merged_commit"];
  return [
    blank,
    line(strong`${text("request")}`),
    line(
      dim`delivery  `,
      plain`${text("delivery_id")}`,
      dim`  contract  `,
      plain`${text("manifest_id")}`,
      dim`  evidence  `,
      plain`${text("evidence_id")}`,
    ),
    line(
      dim`risk      `,
      plain`tier ${text("tier")}, ${text("behavior_confidence")}, ${text("change_class")}`,
      dim`  triage  `,
      colored(text("triage")),
    ),
    line(
      dim`runtime   `,
      plain`${text("runtime")} ${text("runtime_version")}`,
      dim`  model  `,
      plain`${text("model")}`,
      dim`  attempt  `,
      plain`${text("attempt")}`,
    ),
    ...checkLines(data["checks"]),
    line(
      dim`state     `,
      typeof merged === "string" ? good`merged as ${merged.slice(0, 12)}` : stateSpan(text("state")),
      ...(data["runtime"] === "replay" ? [attention`  (demo: a replay, not an agent)`] : []),
    ),
  ];
}

const colored = (color: string) =>
  color === "green"
    ? good`${color}`
    : color === "yellow"
      ? attention`${color}`
      : color === "red"
        ? bad`${color}`
        : plain`${color}`;
const stateSpan = (state: string) => (state === "failed" || state === "rejected" ? bad`${state}` : attention`${state}`);

function checkLines(checks: unknown): readonly Line[] {
  if (!Array.isArray(checks)) return [];
  return checks.map((check: { command?: string; outcome?: string; passed?: number | null; failed?: number | null }) => {
    const outcome = check.outcome ?? "";
    const counts =
      check.passed === null || check.passed === undefined ? "" : ` ${check.passed} passed, ${check.failed ?? 0} failed`;
    return line(
      dim`check     `,
      outcome === "passed" ? good`${outcome}` : outcome === "touched" ? attention`${outcome}` : bad`${outcome}`,
      plain` ${check.command ?? ""}${counts}`,
    );
  });
}
