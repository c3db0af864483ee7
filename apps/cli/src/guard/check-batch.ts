// Many commands at once: one JSON object a line in, one a line out, in the same order. For harnesses and for measuring.
import { resolve } from "node:path";
import { judgeCommand, type Setting } from "@ces/guard";
import { nodeFileFacts } from "@ces/hooks";
import { CesError, parseJson } from "@ces/kernel";
import { readStdin } from "../read-stdin.ts";
import { answerOf } from "./judgement-data.ts";

/** Most bytes of a batch, and of one of its lines. */
const MAX_BATCH = 256 * 1024 * 1024;
const MAX_LINE = 4 * 1024 * 1024;

interface Question {
  readonly id: string;
  readonly command: string;
  readonly cwd: string | null;
}

/** Answers every line of standard input; the text to print. Throws CesError `GUARD_BATCH` with the number of a line that is none. */
export function checkBatch(settings: (cwd: string) => Setting, folder: string): string {
  const text = readStdin().toString("utf8");
  if (text.length > MAX_BATCH) throw new CesError("GUARD_BATCH", "the batch is too large", { remedy: "split it" });
  const questions = text.split("\n").flatMap((one, index) => (one.trim() === "" ? [] : [questionOf(one, index + 1)]));
  return questions.map((question) => `${answerLine(question, settings, folder)}\n`).join("");
}

function questionOf(text: string, number: number): Question {
  const read = parseJson(text, { maxBytes: MAX_LINE, maxDepth: 16 });
  const value = read.kind === "parsed" ? read.value : null;
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw fault(number);
  const { id, command, cwd } = value as { readonly [name: string]: unknown }; // an object that is no list
  if ((typeof id !== "string" && typeof id !== "number") || typeof command !== "string") throw fault(number);
  return { id: String(id), command, cwd: typeof cwd === "string" ? cwd : null };
}

const fault = (number: number): CesError =>
  new CesError("GUARD_BATCH", `line ${number} is no question`, {
    remedy: 'each line is `{"id": "…", "command": "…", "cwd": "…"}`',
  });

function answerLine({ id, command, cwd }: Question, settings: (cwd: string) => Setting, folder: string): string {
  const judgement = judgeCommand(command, settings(cwd === null ? folder : resolve(folder, cwd)), nodeFileFacts());
  const reasons = judgement.reasons.map(({ code, class: kind, text }) => ({ code, class: kind, text }));
  const rewrite = judgement.rewrite === null ? {} : { rewrite: judgement.rewrite.text };
  return ascii(JSON.stringify({ id, decision: answerOf(judgement), reasons, ...rewrite }));
}

// SECURITY: S30 — a command may hold what a terminal obeys; escaped, it is the same JSON and harmless to look at.
const ascii = (json: string): string =>
  json.replaceAll(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
