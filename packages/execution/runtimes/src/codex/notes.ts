// The client's notes: items that begin and end, and how the turn ended. Notes of kinds not named here only inform.
import type { Json } from "@ces/kernel";
import type { Step } from "../runtime.ts";
import { isBudgetError, statusOf } from "./end.ts";
import { itemBegan, itemEnded, patchUpdated } from "./items.ts";
import {
  DeltaNote,
  ErrorNote,
  ItemNote,
  PatchNote,
  RerouteNote,
  StdinNote,
  TurnDone,
  TurnNote,
  WarningNote,
} from "./messages.schema.ts";
import { forged, interruptLines, turnBegan, type CodexTalk } from "./talk.ts";

type Reader = (talk: CodexTalk, params: Json) => readonly Step[];

const readers: Readonly<Record<string, Reader>> = {
  "item/started": reader(ItemNote, (talk, { item }) => itemBegan(talk, item)),
  "item/completed": reader(ItemNote, (talk, { item }) => itemEnded(talk, item)),
  "item/commandExecution/outputDelta": reader(DeltaNote, works),
  "item/fileChange/outputDelta": reader(DeltaNote, works),
  "item/fileChange/patchUpdated": reader(PatchNote, patchUpdated),
  "item/commandExecution/terminalInteraction": reader(StdinNote, typed),
  "turn/started": reader(TurnNote, (talk, { threadId, turn }) =>
    threadId === talk.threadId ? turnBegan(talk, turn.id) : [],
  ),
  "turn/completed": reader(TurnDone, turnEnded),
  error: reader(ErrorNote, erred),
  warning: reader(WarningNote, warned),
  configWarning: reader(WarningNote, warned),
  "model/rerouted": reader(RerouteNote, (talk, { toModel }) => {
    if (toModel) talk.story.model = toModel;
    return [];
  }),
};

/** Steps for one note. */
export function readNote(talk: CodexTalk, method: string, params: Json): readonly Step[] {
  return Object.hasOwn(readers, method) ? (readers[method]?.(talk, params) ?? []) : [];
}

interface Schema<T> {
  readonly safeParse: (value: unknown) => { readonly success: true; readonly data: T } | { readonly success: false };
}

function reader<T>(schema: Schema<T>, read: (talk: CodexTalk, note: T) => readonly Step[]): Reader {
  return (talk, params) => {
    const parsed = schema.safeParse(params);
    return parsed.success ? read(talk, parsed.data) : [forged("a note has no known form")];
  };
}

// Output before our yes is work that was not allowed.
function works(talk: CodexTalk, { itemId }: { readonly itemId: string }): readonly Step[] {
  return talk.book.stateOf(itemId) === "allowed"
    ? []
    : [{ kind: "fault", code: "GATE_BYPASSED", text: `item ${itemId} works without a yes` }];
}

// SECURITY: what is typed into a running program is never asked; without a terminal only empty polls are left.
function typed(talk: CodexTalk, note: { readonly itemId: string; readonly stdin: string }): readonly Step[] {
  if (note.stdin === "") return works(talk, note);
  return [{ kind: "fault", code: "GATE_BYPASSED", text: `something was typed into item ${note.itemId}` }];
}

function turnEnded(talk: CodexTalk, { threadId, turn }: TurnDone): readonly Step[] {
  if (threadId !== talk.threadId) return [];
  if (talk.story.turn) return [forged("the turn ended twice")];
  talk.story.turn = turn;
  if (turn.error && isBudgetError(turn.error)) talk.story.budgetSpent = true;
  const unasked = [...talk.begun].find((id) => talk.book.stateOf(id) === null);
  if (turn.status === "completed" && unasked !== undefined)
    return [{ kind: "fault", code: "GATE_BYPASSED", text: `item ${unasked} began and was never asked` }];
  return [{ kind: "close" }];
}

function erred(talk: CodexTalk, { error, willRetry }: ErrorNote): readonly Step[] {
  if (!isBudgetError(error)) return willRetry ? [{ kind: "report", event: retry(error.codexErrorInfo ?? null) }] : [];
  talk.story.budgetSpent = true;
  // A refusal by budget is final; the client would ask again.
  return willRetry ? interruptLines(talk).map((line) => ({ kind: "send", line })) : [];
}

function retry(info: Json) {
  return { kind: "retry", attempt: 0, status: statusOf(info) } as const;
}

function warned(
  _: CodexTalk,
  note: { readonly message?: string | undefined; readonly summary?: string | undefined },
): readonly Step[] {
  return [{ kind: "report", event: { kind: "notice", level: "info", text: note.message ?? note.summary ?? "" } }];
}
