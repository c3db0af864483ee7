// The lines of codex's app-server that CES acts on (spec/runtimes §4.7). Members that are not named here are ignored;
// a line of a kind that is named here and does not fit is a forged stream (S17).
import type { Json } from "@ces/kernel";
import { z } from "zod";

const json = z.custom<Json>((value) => value !== undefined);
const requestId = z.union([z.string(), z.number().int()]);

/** Any line: a question (method and id), a note (method), an answer (id). */
export const Envelope = z.union([
  z.object({ method: z.string(), id: requestId, params: json.optional() }),
  z.object({ method: z.string(), id: z.undefined().optional(), params: json.optional() }),
  z.object({
    method: z.undefined().optional(),
    id: requestId,
    result: json.optional(),
    error: z.object({ message: z.string() }).optional(),
  }),
]);
export type Envelope = z.infer<typeof Envelope>;

export const CommandQuestion = z.object({
  kind: z.enum(["command", "humanCommand", "writeStdin"]).default("command"),
  threadId: z.string(),
  itemId: z.string().min(1),
  approvalId: z.string().nullish(),
  command: z.string().nullish(),
  networkApprovalContext: json.nullish(),
});
export type CommandQuestion = z.infer<typeof CommandQuestion>;

export const FileQuestion = z.object({
  threadId: z.string(),
  itemId: z.string().min(1),
  grantRoot: z.string().nullish(),
});

const Changes = z.array(
  z.object({ path: z.string(), kind: z.object({ type: z.string(), move_path: z.string().nullish() }).loose() }).loose(),
);

const FileChangeItem = z.object({
  type: z.literal("fileChange"),
  id: z.string().min(1),
  status: z.string(),
  changes: Changes,
});
export type FileChangeItem = z.infer<typeof FileChangeItem>;

const CommandItem = z.object({
  type: z.literal("commandExecution"),
  id: z.string().min(1),
  command: z.string(),
  status: z.enum(["inProgress", "completed", "failed", "declined"]),
  exitCode: z.number().int().nullish(),
  aggregatedOutput: z.string().nullish(),
});
export type CommandItem = z.infer<typeof CommandItem>;

const SpokenItem = z.object({ type: z.literal("agentMessage"), id: z.string(), text: z.string() });

const acted = ["fileChange", "commandExecution", "agentMessage"];
const OtherItem = z.object({ type: z.string().refine((type) => !acted.includes(type)), id: z.string() });

export const Item = z.union([FileChangeItem, CommandItem, SpokenItem, OtherItem]);
export type Item = z.infer<typeof Item>;

export const ItemNote = z.object({ threadId: z.string(), item: Item });
export const DeltaNote = z.object({ threadId: z.string(), itemId: z.string() });
export const PatchNote = DeltaNote.extend({ changes: Changes });
export type PatchNote = z.infer<typeof PatchNote>;
export const StdinNote = DeltaNote.extend({ stdin: z.string() });
export const TurnNote = z.object({ threadId: z.string(), turn: z.object({ id: z.string() }) });

const TurnError = z.object({ message: z.string(), codexErrorInfo: json.nullish() });
export type TurnError = z.infer<typeof TurnError>;

export const TurnDone = z.object({
  threadId: z.string(),
  turn: z.object({
    id: z.string(),
    status: z.enum(["completed", "interrupted", "failed", "inProgress"]),
    error: TurnError.nullish(),
  }),
});
export type TurnDone = z.infer<typeof TurnDone>;

export const ErrorNote = z.object({ threadId: z.string(), error: TurnError, willRetry: z.boolean() });
export type ErrorNote = z.infer<typeof ErrorNote>;
export const WarningNote = z.object({ message: z.string().optional(), summary: z.string().optional() });
export const RerouteNote = z.object({ toModel: z.string().optional() });

export const ThreadStarted = z.object({
  thread: z.object({ id: z.string().min(1), cliVersion: z.string().optional() }),
  model: z.string(),
  approvalPolicy: json.optional(),
  approvalsReviewer: z.string().optional(),
  instructionSources: z.array(z.string()).optional(),
});

export const TurnStarted = z.object({ turn: z.object({ id: z.string().min(1) }) });
