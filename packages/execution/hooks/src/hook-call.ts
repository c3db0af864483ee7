// What a host asks and what it is answered: the shapes between the six dialects and the one judgement.
import type { JsonObject } from "@ces/kernel";

/** The hosts that are spoken to, by the name `ces guard install --for` takes. */
export const hostNames = ["claude", "codex", "gemini", "cursor", "copilot", "opencode"] as const;
export type HostName = (typeof hostNames)[number];

/** One path that a file tool would touch, as the host named it. */
export interface FileTouch {
  readonly verb: "read" | "write" | "delete";
  readonly path: string;
}

/** Where a call comes from. `cwd` is absolute; `session` is the host's own id, empty when it gave none. */
interface CallFacts {
  readonly tool: string;
  readonly cwd: string;
  readonly session: string;
  /** The host's own id of this call, empty when it gave none. */
  readonly id: string;
  /** Folders the host says it works in, absolute; empty when it does not say. */
  readonly roots: readonly string[];
  /** Everything the tool was given: an answer that changes one field sends all of them back. */
  readonly input: JsonObject;
}

/** `shell`: text for a POSIX shell. `foreign`: text for another shell, which is not read. `files`: paths. */
export type JudgedCall =
  | (CallFacts & { readonly kind: "shell"; readonly command: string })
  | (CallFacts & { readonly kind: "foreign"; readonly command: string })
  | (CallFacts & { readonly kind: "files"; readonly touches: readonly FileTouch[] });

/** A shell's text that ran, as the host says afterwards. */
export type RanCall = Pick<CallFacts, "tool" | "cwd" | "session"> & { readonly command: string };

/** `other`: a tool the guard has no say in. `malformed`: not what this host sends, and therefore refused. */
export type HookCall =
  | JudgedCall
  | (RanCall & { readonly kind: "ran" })
  | { readonly kind: "other"; readonly tool: string }
  | { readonly kind: "malformed"; readonly why: string };

/**
 * What comes of a call, in no host's words. `pass` grants nothing: the host goes on as it would have without the guard.
 * `instead`: only this text may run.
 */
export type Verdict =
  | { readonly kind: "pass"; readonly note: string | null }
  | { readonly kind: "instead"; readonly command: string; readonly reason: string }
  | { readonly kind: "ask"; readonly reason: string }
  | { readonly kind: "deny"; readonly reason: string };

/** Bytes and exit code of the hook's process. */
export interface HookAnswer {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: 0 | 2;
}

/** One host: its dialect, read and spoken. */
export interface Host {
  readonly name: HostName;
  /** Reads what the host wrote to the hook's standard input. Never throws. */
  readonly readCall: (bytes: Uint8Array) => HookCall;
  /** Says a verdict in the host's words; where it has no word for it, the stricter one. */
  readonly answer: (verdict: Verdict, call: JudgedCall) => HookAnswer;
}

/** Nothing runs: exit 2 with a message, which every host that starts a process takes for a refusal. */
export function blocked(message: string): HookAnswer {
  return { stdout: "", stderr: `${message}\n`, exit: 2 };
}

/** One JSON document on standard output, exit 0. */
export function answered(document: object): HookAnswer {
  return { stdout: `${JSON.stringify(document)}\n`, stderr: "", exit: 0 };
}
