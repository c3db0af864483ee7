// Where a delivery stands, from its progress alone. Pure: the plain view and the live view show the same board.
import type { Progress, Stage } from "@ces/records";

type Of<Kind extends Progress["kind"]> = Omit<Extract<Progress, { kind: Kind }>, "kind">;

/** A stage; `waiting` until it starts. */
export type StageRow = {
  readonly stage: Stage;
  readonly status: "waiting" | Of<"stage">["status"];
  readonly note: string;
};
export type CallRow = Of<"call"> & { readonly number: number };
export type CheckRow = Of<"check">;
export type BudgetRow = Of<"budget">;
export type FindingRow = Of<"finding">;
export type NoteRow = Of<"note">;
export type RunRow = Of<"run">;

/** Everything that a view needs. Lists are oldest first; `calls`, `findings` and `notes` keep the last ones only. */
export type Board = {
  readonly delivery_id: string | null;
  readonly stages: readonly StageRow[];
  readonly runs: readonly RunRow[];
  readonly calls: readonly CallRow[];
  readonly asked: { readonly allow: number; readonly ask: number; readonly deny: number };
  readonly checks: readonly CheckRow[];
  readonly budgets: readonly BudgetRow[];
  readonly findings: readonly FindingRow[];
  readonly finding_count: number;
  readonly notes: readonly NoteRow[];
  readonly said: string;
};

const kept = 50;

// In words, not from the schema: the plain view is on the way of every command, and zod is not.
const stages: readonly Stage[] = [
  "brief",
  "contract",
  "agent",
  "freeze",
  "checks",
  "evidence",
  "review",
  "decision",
  "merge",
];

/** Before anything happened. */
export const emptyBoard: Board = {
  delivery_id: null,
  stages: stages.map((stage) => ({ stage, status: "waiting", note: "" })),
  runs: [],
  calls: [],
  asked: { allow: 0, ask: 0, deny: 0 },
  checks: [],
  budgets: [],
  findings: [],
  finding_count: 0,
  notes: [],
  said: "",
};

/** The board after one more event. */
export function advanceBoard(board: Board, event: Progress): Board {
  switch (event.kind) {
    case "stage":
      return withStage(startsAnew(event) ? { ...emptyBoard, notes: board.notes } : board, event);
    case "step":
      return { ...board, delivery_id: event.delivery_id };
    case "run":
      return { ...board, runs: withRun(board.runs, event) };
    case "call":
      return withCall(board, event);
    case "say":
      return { ...board, said: event.text };
    case "check":
      return { ...board, checks: replaced(board.checks, event, ({ check_id, variant }) => `${check_id}\0${variant}`) };
    case "budget":
      return { ...board, budgets: replaced(board.budgets, event, ({ name }) => name) };
    case "finding":
      return { ...board, findings: [...board.findings, event].slice(-kept), finding_count: board.finding_count + 1 };
    case "note":
      return { ...board, notes: [...board.notes, event].slice(-kept) };
    default:
      return event satisfies never;
  }
}

// Another delivery begins: `ces demo` plays several on one screen.
function startsAnew({ stage, status }: StageRow): boolean {
  return stage === "brief" && status === "started";
}

function withStage(board: Board, { stage, status, note }: StageRow): Board {
  const rows = board.stages.map((row) => (row.stage === stage ? { stage, status, note } : row));
  // A finished stage has no running check: one whose end was not told is not shown as running for ever.
  const ended = stage === "checks" && status !== "started";
  return {
    ...board,
    stages: rows,
    checks: ended ? board.checks.filter((check) => check.status !== "started") : board.checks,
  };
}

// Only what lives: a run that ended leaves the board.
function withRun(runs: readonly RunRow[], event: RunRow): readonly RunRow[] {
  const others = runs.filter(({ run_id }) => run_id !== event.run_id);
  return event.status === "ended" ? others : [...others, event];
}

function withCall(board: Board, event: Of<"call">): Board {
  const asked = { ...board.asked, [event.verdict]: board.asked[event.verdict] + 1 };
  const number = asked.allow + asked.ask + asked.deny;
  return { ...board, asked, calls: [...board.calls, { ...event, number }].slice(-kept) };
}

// In place when it was there, at the end when it is new.
function replaced<Row>(rows: readonly Row[], event: Row, key: (row: Row) => string): readonly Row[] {
  const at = rows.findIndex((row) => key(row) === key(event));
  return at === -1 ? [...rows, event] : rows.with(at, event);
}
