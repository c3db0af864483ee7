// Tool results against questions. A result for a call that was never asked is a gate that was passed by,
// unless the client itself refused the call before it came to the gate.
import type { Json } from "@ces/kernel";
import type { CallBook } from "../call-book.ts";
import type { Step } from "../runtime.ts";
import type { ClaudeUser, ToolResult } from "./messages.schema.ts";

/** Steps for the tool results of one `user` line. */
export function readToolResults(book: CallBook, message: ClaudeUser): readonly Step[] {
  const { content } = message.message;
  if (typeof content === "string") return [];
  return content.flatMap((block) => (isResult(block) ? readOne(book, message, block) : []));
}

function isResult(block: { readonly type: string }): block is ToolResult {
  return block.type === "tool_result";
}

function readOne(book: CallBook, message: ClaudeUser, result: ToolResult): readonly Step[] {
  const callId = result.tool_use_id;
  if (!book.done(callId)) return [{ kind: "fault", code: "STREAM_FORGED", text: `call ${callId} was done twice` }];
  const ran = !notRun(message, result);
  const state = book.stateOf(callId);
  if (ran && state !== "allowed")
    return [
      {
        kind: "fault",
        code: "GATE_BYPASSED",
        text: `call ${callId} ran and was ${state === null ? "never asked" : state}`,
      },
    ];
  const output = textOf(result.content ?? null);
  const event = {
    kind: "done",
    call_id: callId,
    ok: result.is_error !== true,
    ran,
    exit_code: exitCode(result, output),
    output,
  } as const;
  return [{ kind: "report", event }];
}

/**
 * Whether the client says that the call did not run. Measured: an unknown or disabled tool, an input that fails its
 * schema and a call that fails its tool's own validation come back unasked as `<tool_use_error>` without a permission
 * record; a call refused by a hook, a mode, a rule or an interrupt carries `non_execution_kind`.
 */
function notRun(message: ClaudeUser, result: ToolResult): boolean {
  if (result.is_error !== true) return false;
  const meta = message.tool_result_meta?.find(({ id }) => id === result.tool_use_id);
  if (meta?.permission_decision?.decision === "accept") return false;
  if (meta?.non_execution_kind !== undefined) return true;
  return meta === undefined && typeof result.content === "string" && result.content.startsWith("<tool_use_error>");
}

// A failed shell command says so in its first line; every other tool has no exit status.
function exitCode(result: ToolResult, output: string): number | null {
  const found = result.is_error === true ? /^Exit code (\d{1,3})\b/.exec(output) : null;
  return found ? Number(found[1]) : null;
}

function textOf(content: Json): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part: Json) => textPart(part)).join("\n");
}

function textPart(part: Json): string {
  const text = typeof part === "object" && part !== null && "text" in part ? part["text"] : null;
  return typeof text === "string" ? text : "";
}
