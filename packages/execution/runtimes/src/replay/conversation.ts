// The host's end of the player: the same gate, the same book of calls, the same distrust.
import { CesError, type Json } from "@ces/kernel";
import type { ToolCall } from "@ces/records";
import { openCallBook, type CallBook } from "../call-book.ts";
import { inputHash } from "../input-hash.ts";
import type { AgentEnd, AgentTask, Conversation, Step } from "../runtime.ts";
import { Cassette } from "./cassette.schema.ts";
import { PlayerMessage } from "./messages.schema.ts";
import { playedSteps } from "./played-steps.ts";

interface PlayerTalk {
  readonly task: AgentTask;
  readonly cassette: Cassette;
  readonly book: CallBook;
  said: string;
  ended: boolean;
}

/** A conversation that plays `task.cassette`. Throws CesError `CASSETTE_INVALID`. */
export function converseWithPlayer(task: AgentTask): Conversation {
  const talk: PlayerTalk = {
    task,
    cassette: readCassette(task.cassette),
    book: openCallBook(),
    said: "",
    ended: false,
  };
  return {
    open: () => [line({ type: "play", steps: playedSteps(talk.cassette, task) })],
    read: (message) => readMessage(talk, message),
    answer: (key, decision) => {
      talk.book.answered(key, decision);
      const allow = decision.kind === "allow";
      return line({ type: "verdict", id: key, allow, reason: decision.kind === "allow" ? "" : decision.reason });
    },
    interrupt: () => [line({ type: "stop" })],
    end: (stopped) => playerEnd(talk, stopped),
  };
}

const line = (message: Json): string => JSON.stringify(message);

/** Reads a cassette. Throws CesError `CASSETTE_INVALID` with the first thing that is wrong. */
export function readCassette(value: Json): Cassette {
  const parsed = Cassette.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CesError(
    "CASSETTE_INVALID",
    `the cassette is not valid: ${issue?.path.join(".") ?? ""} ${issue?.message.toLowerCase() ?? ""}`,
    {
      remedy: "correct the cassette or name another one",
    },
  );
}

const forged = (text: string): Step => ({ kind: "fault", code: "STREAM_FORGED", text });

function readMessage(talk: PlayerTalk, raw: Json): readonly Step[] {
  const parsed = PlayerMessage.safeParse(raw);
  if (!parsed.success || talk.ended) return [forged("the player said something that it never says")];
  const message = parsed.data;
  switch (message.type) {
    case "ready":
      return [
        {
          kind: "report",
          event: { kind: "session", session_id: talk.task.session_id, model: "replay", version: message.version },
        },
      ];
    case "say":
      talk.said = message.text;
      return [{ kind: "report", event: { kind: "said", text: message.text, agent_id: null } }];
    case "ask":
      if (!talk.book.asked(message.id, message.id)) return [forged(`call ${message.id} was asked twice`)];
      return [{ kind: "ask", key: message.id, call: playerCall(message) }];
    case "done":
      return readDone(talk, message);
    case "end":
      talk.ended = true;
      return [{ kind: "close" }];
    default:
      return message satisfies never;
  }
}

type Asked = Extract<PlayerMessage, { type: "ask" }>;

const kinds = { Write: "edit", Edit: "edit", Read: "read", Bash: "command" } as const;

function playerCall({ id, tool, input }: Asked): ToolCall {
  const { path, command } = input;
  return {
    call_id: id,
    kind: kinds[tool],
    tool,
    command: typeof command === "string" ? command : null,
    paths: typeof path === "string" ? [path] : [],
    input_sha256: inputHash(input),
    agent_id: null,
  };
}

function readDone(talk: PlayerTalk, done: Extract<PlayerMessage, { type: "done" }>): readonly Step[] {
  if (!talk.book.done(done.id)) return [forged(`call ${done.id} was done twice`)];
  const state = talk.book.stateOf(done.id);
  if (done.ran && state !== "allowed")
    return [
      {
        kind: "fault",
        code: "GATE_BYPASSED",
        text: `call ${done.id} ran and was ${state === null ? "never asked" : state}`,
      },
    ];
  const { id: call_id, ok, ran, exit_code, output } = done;
  return [{ kind: "report", event: { kind: "done", call_id, ok, ran, exit_code, output } }];
}

function playerEnd(talk: PlayerTalk, stopped: boolean): AgentEnd {
  const base = { final_text: talk.said, reported_model: "replay", session_id: talk.task.session_id };
  if (stopped)
    return {
      ...base,
      outcome: "interrupted",
      structured: null,
      reason: { code: "AGENT_INTERRUPTED", text: "the run was asked to stop" },
    };
  if (!talk.ended)
    return {
      ...base,
      outcome: "crashed",
      structured: null,
      reason: { code: "AGENT_CRASHED", text: "the player ended in the middle" },
    };
  const structured = recordedReview(talk);
  if (talk.task.purpose === "review" && structured === null)
    return {
      ...base,
      outcome: "completed",
      structured,
      reason: { code: "ANSWER_MISSING", text: "the cassette holds no review of this role" },
    };
  return { ...base, outcome: "completed", structured, reason: null };
}

function recordedReview({ task, cassette }: PlayerTalk): Json | null {
  return task.purpose === "review" ? (cassette.reviews[task.role ?? "structural"] ?? null) : null;
}
