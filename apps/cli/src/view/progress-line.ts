// One line per event for pipes and logs, in fixed words: the first word of a line never changes, so that `grep` works.
import type { Progress } from "@ces/records";
import type { Board } from "../ui/board.ts";
import { attention, bad, dim, line, plain, span, type Line, type Span, type Tone } from "./line.ts";

type Kind<K extends Progress["kind"]> = Extract<Progress, { kind: K }>;

/** The line of an event, null when it says nothing new. `before` is the board before it. */
export function progressLine(event: Progress, before: Board): Line | null {
  switch (event.kind) {
    case "stage":
      return line(word("stage"), span(stageTone[event.status], `${event.stage} ${event.status}`), aside(event.note));
    case "step":
      return line(word("step"), dim`${event.name} ${event.delivery_id} v${event.version}`);
    case "run":
      return line(word("run"), plain`${event.label} ${event.status}`, aside(event.note), dim` [${event.run_id}]`);
    case "call":
      return callLine(event);
    case "say":
      return line(word("say"), span("dim", spoken(event.text)));
    case "check":
      return checkLine(event);
    case "budget":
      return crossesQuarter(event, before) ? budgetLine(event) : null;
    case "finding":
      return line(
        word("finding"),
        span(findingTone(event.severity), event.severity),
        plain` ${event.source}: ${event.text}`,
      );
    case "note":
      return line(
        word(event.level === "warning" ? "warning" : "note"),
        span(event.level === "warning" ? "attention" : "plain", event.text),
      );
    default:
      return event satisfies never;
  }
}

/** Colour of a stage's status. */
export const stageTone = { waiting: "dim", started: "strong", done: "good", failed: "bad", skipped: "dim" } as const;
/** Colour of a verdict. */
export const verdictTone = { allow: "good", ask: "attention", deny: "bad" } as const;
/** Colour of a check's status. */
export const checkTone = {
  started: "strong",
  passed: "good",
  failed: "bad",
  touched: "attention",
  not_run: "attention",
} as const;

/** Colour of a severity. */
export function findingTone(severity: string): Tone {
  if (severity === "critical" || severity === "high") return "bad";
  return severity === "medium" ? "attention" : "dim";
}

/** Milliseconds as `340 ms`, `4.2 s`, `3 min 05 s`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${String(Math.floor((ms % 60_000) / 1_000)).padStart(2, "0")} s`;
}

/** Text of several lines as one, cut for the eye. */
export function oneLine(text: string, max = 160): string {
  const flat = text.replace(/\s+/g, " ").trim();
  return flat.length > max ? `${flat.slice(0, max - 1)}…` : flat;
}

/** What an agent says, without the block that it says to CES (spec/ces §8.4). */
export function spoken(text: string): string {
  const said = text.replace(/```ces:completion[\s\S]*?(```|$)/, "").trim();
  return oneLine(said === "" ? "(says that it is done)" : said);
}

function callLine({ tool, what, verdict, why }: Kind<"call">): Line {
  return line(
    word("call"),
    span(verdictTone[verdict], verdict.padEnd(5)),
    plain` ${tool} ${what}`,
    verdict === "allow" ? plain`` : aside(why),
  );
}

function checkLine({ check_id, variant, status, duration_ms, note }: Kind<"check">): Line {
  const time = status === "started" || status === "not_run" ? plain`` : dim` ${duration(duration_ms)}`;
  return line(
    word("check"),
    plain`${check_id} (${variant}) `,
    span(checkTone[status], status.replace("_", " ")),
    time,
    aside(note),
  );
}

function budgetLine({ name, used, limit, unit }: Kind<"budget">): Line {
  const share = limit === 0 ? 100 : Math.floor((100 * used) / limit);
  return line(
    word("budget"),
    span(share >= 90 ? "bad" : share >= 75 ? "attention" : "plain", `${name} ${used}/${limit} ${unit} ${share}%`),
  );
}

// A run reports its budget at each request; a reader of lines wants to know when another quarter is gone.
function crossesQuarter({ name, used, limit }: Kind<"budget">, before: Board): boolean {
  const earlier = before.budgets.find((row) => row.name === name);
  const quarter = (amount: number, most: number): number => (most === 0 ? 4 : Math.floor((4 * amount) / most));
  return quarter(used, limit) > (earlier ? quarter(earlier.used, earlier.limit) : 0);
}

function word(name: string): Span {
  return name === "warning"
    ? attention`${name.padEnd(8)}`
    : name === "error"
      ? bad`${name.padEnd(8)}`
      : dim`${name.padEnd(8)}`;
}

function aside(note: string): Span {
  return note === "" ? plain`` : dim` - ${note}`;
}
