// Drives one client process: its lines in, our answers out, the gate in between. The stream is hostile (S17):
// whatever is not in the dialect's grammar ends the run, and a host that fails means that the call is not run.
import { CesError, isCesError } from "@ces/kernel";
import type { ToolCall } from "@ces/records";
import { readClientLine } from "./read-line.ts";
import type {
  AgentEnd,
  AgentEvent,
  AgentTask,
  Conversation,
  EndReason,
  Runtime,
  Step,
  ToolDecision,
} from "./runtime.ts";

/** The client's standard streams. `send` adds the line end; `lines` ends at end of file (see `splitLines`). */
export interface AgentIo {
  readonly lines: AsyncIterable<string>;
  readonly send: (line: string) => void;
  readonly closeInput: () => void;
}

/** What the engine gives a run. */
export interface AgentHost {
  /** Asked one at a time, in the client's order; may take as long as a person takes. A rejection stops the run. */
  readonly decide: (call: ToolCall) => Promise<ToolDecision>;
  readonly report: (event: AgentEvent) => void;
  /** Called for every line of the client: restarts the idle timer. While `decide` is pending the engine stops it. */
  readonly activity: () => void;
  /** Aborted: the client is asked to stop. The engine kills the box when it does not. */
  readonly signal: AbortSignal;
}

/**
 * Talks until the client's end of file, or until it breaks the protocol. Never throws for what a client does;
 * rejects with what `decide` rejected with, after the call was denied and the client asked to stop.
 */
export async function driveAgent(runtime: Runtime, io: AgentIo, task: AgentTask, host: AgentHost): Promise<AgentEnd> {
  const talk = newTalk(runtime.converse(task), io, host);
  const stop = () => talk.sendAll(talk.conversation.interrupt());
  host.signal.addEventListener("abort", stop, { once: true });
  try {
    talk.sendAll(talk.conversation.open());
    if (host.signal.aborted) stop();
    return await listen(talk);
  } finally {
    talk.over = true;
    host.signal.removeEventListener("abort", stop);
    io.closeInput();
  }
}

interface Talk {
  readonly conversation: Conversation;
  readonly io: AgentIo;
  readonly host: AgentHost;
  readonly withdrawn: Set<string>;
  readonly sendAll: (lines: readonly string[]) => void;
  /** The end of the queue of questions. */
  lastAnswer: Promise<void>;
  /** INVARIANT: once true, nothing is sent any more; the client may still say what it did. */
  over: boolean;
  hostFailure: { readonly error: unknown } | null;
}

function newTalk(conversation: Conversation, io: AgentIo, host: AgentHost): Talk {
  const talk: Talk = {
    conversation,
    io,
    host,
    withdrawn: new Set(),
    lastAnswer: Promise.resolve(),
    over: false,
    hostFailure: null,
    sendAll: (lines) => {
      if (!talk.over) for (const line of lines) io.send(line);
    },
  };
  return talk;
}

async function listen(talk: Talk): Promise<AgentEnd> {
  const fault = await readAll(talk);
  if (talk.hostFailure) throw talk.hostFailure.error;
  const end = talk.conversation.end(talk.host.signal.aborted);
  return fault ? faulty(end, fault) : end;
}

async function readAll(talk: Talk): Promise<EndReason | null> {
  try {
    for await (const line of talk.io.lines) {
      talk.host.activity();
      const fault = readLine(talk, line);
      if (fault || talk.hostFailure) return fault;
    }
    return null;
  } catch (error) {
    if (!isCesError(error, "STREAM_FORGED")) throw error;
    return { code: "STREAM_FORGED", text: error.message };
  }
}

function readLine(talk: Talk, line: string): EndReason | null {
  if (line.trim() === "") return null;
  const read = readClientLine(line);
  if (read.kind === "refused")
    return { code: "STREAM_FORGED", text: `a line of the client is not JSON (${read.cause} at ${read.at})` };
  for (const step of talk.conversation.read(read.value)) {
    const fault = takeStep(talk, step);
    if (fault) return fault;
  }
  return null;
}

function takeStep(talk: Talk, step: Step): EndReason | null {
  switch (step.kind) {
    case "report":
      talk.host.report(step.event);
      return null;
    case "send":
      talk.sendAll([step.line]);
      return null;
    case "ask":
      talk.host.report({ kind: "asked", call: step.call });
      // Not awaited: a client with an open question must still be heard.
      talk.lastAnswer = talk.lastAnswer.then(() => answer(talk, step.key, step.call));
      return null;
    case "withdraw":
      talk.withdrawn.add(step.key);
      return null;
    case "close":
      talk.over = true;
      talk.io.closeInput();
      return null;
    case "fault":
      return { code: step.code, text: step.text };
    default:
      return step satisfies never;
  }
}

async function answer(talk: Talk, key: string, call: ToolCall): Promise<void> {
  if (talk.over || talk.withdrawn.has(key)) return;
  const decision = await decideOrDeny(talk, call);
  if (talk.withdrawn.has(key)) return;
  talk.host.report({ kind: "decided", call_id: call.call_id, decision });
  talk.sendAll([talk.conversation.answer(key, decision)]);
  if (talk.hostFailure) talk.sendAll(talk.conversation.interrupt());
}

// SECURITY: a host that fails is a call that does not run.
async function decideOrDeny(talk: Talk, call: ToolCall): Promise<ToolDecision> {
  if (talk.hostFailure) return { kind: "deny", reason: "the host could not decide" };
  try {
    return await talk.host.decide(call);
  } catch (error) {
    talk.hostFailure = { error };
    return { kind: "deny", reason: "the host could not decide" };
  }
}

function faulty(end: AgentEnd, reason: EndReason): AgentEnd {
  const outcome = reason.code === "GATE_BYPASSED" ? "gate_bypassed" : "stream_forged";
  return { ...end, outcome, structured: null, reason };
}

/** Longest line that is read: more is a forged stream (S17). */
export const maxLineBytes = 16 * 1024 * 1024;

/**
 * Cuts a byte stream into lines, strictly UTF-8. Throws CesError `STREAM_FORGED` for an overlong line or bad bytes.
 * An unterminated rest is a line too.
 */
export async function* splitLines(
  bytes: AsyncIterable<Uint8Array>,
  limit: number = maxLineBytes,
): AsyncGenerator<string> {
  let rest: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      yield textOf([...rest, chunk.subarray(from, at)], limit);
      rest = [];
      size = 0;
      from = at + 1;
    }
    rest.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > limit) throw overlong(limit);
  }
  if (size > 0) yield textOf(rest, limit);
}

function textOf(parts: readonly Uint8Array[], limit: number): string {
  const whole = Buffer.concat(parts);
  if (whole.length > limit) throw overlong(limit);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(whole);
  } catch (cause) {
    throw new CesError("STREAM_FORGED", "a line of the client is not UTF-8", { cause });
  }
}

function overlong(limit: number): CesError {
  return new CesError("STREAM_FORGED", `a line of the client is longer than ${limit} bytes`);
}
