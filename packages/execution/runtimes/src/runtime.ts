// What a runtime is: how its program is started in a box, and the dialect it speaks over its own standard streams.
// Adding one is one new file plus its line in the registry. Timers, budgets, the box and the verdicts are the engine's.
import type { Json, JsonObject } from "@ces/kernel";
import type { Purpose, ReviewerRole, RunOutcome, RuntimeName, ToolCall } from "@ces/records";

/** What one run of an agent is asked to do. */
export interface AgentTask {
  readonly prompt: string;
  /** Goes in as the client's own system or developer text. */
  readonly system: string;
  readonly model: string;
  /** A lower-case UUID. claude uses it as its session id; codex makes its own and reports it. */
  readonly session_id: string;
  readonly purpose: Purpose;
  /** Whose eyes a reviewer has; only `replay` reads it, to find the recorded answer. */
  readonly role?: ReviewerRole;
  /** Asks for an answer of this shape; the answer is not checked here. */
  readonly json_schema: JsonObject | null;
  /** A second fence (the gateway counts requests). Only claude knows one. */
  readonly max_turns: number | null;
  /** Only for `replay`: what is to be played. Runtimes with a model ignore it. */
  readonly cassette: Json | null;
}

/** Where things are inside the box, and the client's binary on the host. */
export interface AgentBox {
  /** The client's working directory: the worktree, or an empty folder for a reviewer (S23). */
  readonly cwd: string;
  readonly workspace: string;
  /** HOME: private, fresh, writable. Not under /tmp (codex refuses that). */
  readonly home: string;
  /** Origin of the model port inside the box, `http://127.0.0.1:8787`. */
  readonly modelUrl: string;
  /** Absolute host path of the native binary (`nativeBinaries`), resolved outside every project (S24). */
  readonly program: string;
}

/** A read-only mount that the client needs. Both absolute; a file or a folder. */
export interface ProgramMount {
  readonly host: string;
  readonly inside: string;
}

/** How to start the client. Every path is one inside the box. */
export interface LaunchPlan {
  readonly argv: readonly string[];
  /** The whole environment; holds no credential, ever (S01). */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Files that configure the client, with their content. INVARIANT: each is bound read-only by the box, also where
   * the run could otherwise create it (S04). A path below a folder that is read-only anyway and absent may stay absent.
   */
  readonly files: Readonly<Record<string, string>>;
  /** Folders that configure the client: bound as empty read-only folders, over whatever the repository has there. */
  readonly emptyDirs: readonly string[];
  readonly mounts: readonly ProgramMount[];
  /** Folders that must be writable or the client does not work. */
  readonly writableDirs: readonly string[];
}

/** What the client reported. Every text is attacker-controlled and unbounded up to the line limit. */
export type AgentEvent =
  | { readonly kind: "session"; readonly session_id: string; readonly model: string; readonly version: string }
  | { readonly kind: "said"; readonly text: string; readonly agent_id: string | null }
  | { readonly kind: "asked"; readonly call: ToolCall }
  | { readonly kind: "decided"; readonly call_id: string; readonly decision: ToolDecision }
  | {
      readonly kind: "done";
      readonly call_id: string;
      readonly ok: boolean;
      /** False when the client says that it did not run the call. */
      readonly ran: boolean;
      readonly exit_code: number | null;
      readonly output: string;
    }
  | { readonly kind: "retry"; readonly attempt: number; readonly status: number | null }
  | { readonly kind: "notice"; readonly level: "info" | "warning"; readonly text: string };

/** The host's answer to one tool call. */
export type ToolDecision = { readonly kind: "allow" } | { readonly kind: "deny"; readonly reason: string };

/** How a run ended, from the client's terminal event; the exit status alone proves nothing (spec/runtimes §7). */
export interface AgentEnd {
  readonly outcome: RunOutcome;
  readonly final_text: string;
  /** The answer to `json_schema`; null when none was asked or none came. */
  readonly structured: Json | null;
  readonly reported_model: string;
  readonly session_id: string;
  /** Null exactly when the agent completed what it was asked. */
  readonly reason: EndReason | null;
}

/** Why a run did not complete. Closed: these are the package's reason codes. */
export interface EndReason {
  readonly code:
    | "GATE_BYPASSED"
    | "STREAM_FORGED"
    | "MODEL_BUDGET_REFUSED"
    | "MODEL_API_ERROR"
    | "AGENT_MAX_TURNS"
    | "AGENT_INTERRUPTED"
    | "AGENT_CRASHED"
    | "ANSWER_MISSING";
  readonly text: string;
}

/** What the dialect wants done after one message of the client. */
export type Step =
  | { readonly kind: "report"; readonly event: AgentEvent }
  | { readonly kind: "send"; readonly line: string }
  /** A question: `key` is what `answer` wants back. Never answered twice. */
  | { readonly kind: "ask"; readonly key: string; readonly call: ToolCall }
  /** The client withdrew its question: its answer must not be sent any more. */
  | { readonly kind: "withdraw"; readonly key: string }
  /** The client has said its last word: its standard input may be closed. */
  | { readonly kind: "close" }
  /** It broke the gate or the grammar: the run ends here, nothing more is believed (S04, S17). */
  | { readonly kind: "fault"; readonly code: "GATE_BYPASSED" | "STREAM_FORGED"; readonly text: string };

/** One conversation with one client process. Pure apart from its own state: lines in, steps out. */
export interface Conversation {
  /** Lines to send before anything is read. */
  readonly open: () => readonly string[];
  /** One parsed line of the client. */
  readonly read: (message: Json) => readonly Step[];
  readonly answer: (key: string, decision: ToolDecision) => string;
  /** Lines that ask the client to stop, by its own protocol; none when it has nothing to stop yet. */
  readonly interrupt: () => readonly string[];
  /** The end as far as the stream told it, asked once after end of file. */
  readonly end: (stopped: boolean) => AgentEnd;
}

/**
 * How a model's part is played without a model, for proofs of the walls: the client is the real one and is told which commands to ask for.
 * Bodies are requests of the client itself; answers are whole event streams.
 */
export interface PlayedModel {
  /** A name that the client offers its shell for. */
  readonly model: string;
  /** Path of the requests that are answered. */
  readonly path: string;
  /** How many commands of this conversation were answered before. */
  readonly answered: (body: Json) => number;
  /** `at`: which command of the conversation it is, from 0. */
  readonly shell: (command: string, at: number) => string;
  readonly say: (text: string) => string;
  /** A command line inside the box that starts the client a second time with this prompt, unasked and unrestrained. */
  readonly again: (prompt: string) => string;
}

/** A runtime as data. */
export interface Runtime {
  readonly name: RuntimeName;
  readonly vendor: "anthropic" | "openai" | "none";
  /** Exact versions that the end-to-end suite drives. */
  readonly tested: readonly string[];
  /** Arguments that make the program print its version. */
  readonly versionArgs: readonly string[];
  /** The version in what the program printed, or null. */
  readonly parseVersion: (output: string) => string | null;
  /** Host paths where the native binary may be, best first, for a program found at this real path. */
  readonly nativeBinaries: (realPath: string) => readonly string[];
  readonly launch: (task: AgentTask, box: AgentBox) => LaunchPlan;
  readonly converse: (task: AgentTask) => Conversation;
  /** Null: it plays recorded steps and has no model. */
  readonly played: PlayedModel | null;
  /** A line that another process could write into the client's stream: it says that a command ran which nobody asked for. */
  readonly forgedLine: string;
}

/** Declares a runtime; the registry holds what this returns. */
export function defineRuntime(runtime: Runtime): Runtime {
  return runtime;
}
