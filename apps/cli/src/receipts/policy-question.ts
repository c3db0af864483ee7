// A question about a policy, read from the command line: which action, in which context, by whom.
import { resolve } from "node:path";
import { CesError, parseJson, utf8Decode } from "@ces/kernel";
import type { RequestContext } from "@ces/governance-rules";
import type { CommandContext } from "../define-command.ts";
import { readStdin } from "../read-stdin.ts";

/** A question. */
export type PolicyQuestion = { readonly action: string; readonly context: RequestContext; readonly folder: string };

const MAX_BYTES = 1024 * 1024;

/** The question of the command line; `-` takes the action or the context from standard input, where no process list shows it. Throws CesError `USAGE_…`. */
export function policyQuestion(ctx: CommandContext): PolicyQuestion {
  const folder = ctx.text("policy-dir");
  if (folder === undefined) throw missing("policy-dir");
  const [action, context] = [ctx.text("action"), ctx.text("context")];
  if (action === undefined) throw missing("action");
  if (action === "-" && context === "-")
    throw new CesError("USAGE_OPTION", "only one of `--action` and `--context` comes from standard input", {
      remedy: "give the other as an option",
    });
  const agent = ctx.text("agent-did");
  return {
    action: action === "-" ? fromInput("the action").replace(/\r?\n$/, "") : action,
    context: { ...contextOf(context), ...(agent === undefined ? {} : { agent_did: agent }) },
    folder: resolve(ctx.cwd, folder),
  };
}

function contextOf(text: string | undefined): RequestContext {
  if (text === undefined) return {};
  const read = parseJson(text === "-" ? fromInput("the context") : text, { maxBytes: MAX_BYTES });
  if (read.kind === "parsed" && read.value !== null && typeof read.value === "object" && !Array.isArray(read.value))
    return { ...read.value };
  const why = read.kind === "refused" ? `${read.cause} at ${read.at}` : "it is no object";
  throw new CesError("USAGE_VALUE", `\`--context\` is no JSON object: ${why}`, {
    remedy: `--context '{"agent_did": "did:mesh:a"}'`,
  });
}

function fromInput(what: string): string {
  const bytes = readStdin();
  const text = bytes.length > MAX_BYTES ? undefined : utf8Decode(bytes);
  if (text !== undefined) return text;
  throw new CesError("USAGE_VALUE", `${what} on standard input is too large or no UTF-8`, { remedy: "give less" });
}

function missing(option: string): CesError {
  return new CesError("USAGE_OPTION", `\`--${option}\` is missing`, {
    remedy: "ces receipts check-policy --policy-dir DIR --action file:read:/workspace/a --no-sign",
  });
}
