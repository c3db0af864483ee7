// Reads what an answer cost from its bytes while they pass. The upstream is trusted, its figures are still judged: what is
// missing, negative, zero or absurd is not believed, and then the reservation stands (S08).
import type { Vendor } from "./config.schema.ts";

/** Tokens by kind; `input` excludes what was read from or written to the cache, `reasoning` is part of `output`. */
export interface MeasuredUsage {
  readonly input: number;
  readonly cache_read: number;
  readonly cache_write: number;
  readonly output: number;
  readonly reasoning: number;
}

/** `complete` only when the answer ended as its protocol ends; `seen` whatever was said until then and is possible. */
export interface ReadUsage {
  readonly complete: MeasuredUsage | undefined;
  readonly seen: MeasuredUsage | undefined;
}

/** Collects usage over one answer. */
export interface UsageReader {
  push(chunk: Uint8Array): void;
  /** After the last byte. */
  end(): ReadUsage;
}

/** More than any model takes or gives in one request; a figure above it is a broken upstream. */
const MOST = 20_000_000;
/** Longest event that is looked into; `response.completed` repeats the whole answer. */
const LONGEST_LINE = 16 * 1024 * 1024;

type Fields = Readonly<Record<string, unknown>>;
interface Found {
  usage: MeasuredUsage | undefined;
  ended: boolean;
}

/** A reader for a server-sent stream or for one JSON document. */
export function createUsageReader(vendor: Vendor, streamed: boolean): UsageReader {
  const found: Found = { usage: undefined, ended: false };
  const read = vendor === "anthropic" ? readAnthropic : readOpenAi;
  const decoder = new TextDecoder();
  let rest = "";
  let lost = false;

  function take(text: string): void {
    if (lost) return;
    rest += text;
    if (streamed) {
      const lines = rest.split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line.startsWith("data:")) look(line.slice(5));
    }
    if (rest.length > LONGEST_LINE) lost = true;
  }

  function look(text: string): void {
    const event = parseObject(text);
    if (event !== undefined) read(event, found);
  }

  function end(): ReadUsage {
    take(decoder.decode());
    if (!streamed && !lost) {
      look(rest);
      found.ended = found.usage !== undefined;
    }
    const { usage } = found;
    const believable = usage !== undefined && isBelievable(usage);
    const seen = usage !== undefined && isPossible(usage) && hasPrompt(usage) && !lost ? usage : undefined;
    return { complete: believable && found.ended && !lost ? usage : undefined, seen };
  }

  return { push: (chunk) => take(decoder.decode(chunk, { stream: true })), end };
}

/** `message_start` brings the input, the last `message_delta` the output (cumulative), `message_stop` the end. */
function readAnthropic(event: Fields, found: Found): void {
  if (event["type"] === "message_stop") found.ended = true;
  const started = event["type"] === "message_start" ? fields(event["message"]) : event;
  if (event["type"] !== "message_start" && event["type"] !== "message_delta" && event["type"] !== "message") return;
  const usage = fields(started?.["usage"]);
  if (usage === undefined) return;
  const before = found.usage;
  found.usage = {
    input: figure(usage["input_tokens"], before?.input),
    cache_read: figure(usage["cache_read_input_tokens"], before?.cache_read ?? 0),
    cache_write: figure(usage["cache_creation_input_tokens"], before?.cache_write ?? 0),
    output: figure(usage["output_tokens"], before?.output),
    reasoning: 0,
  };
}

/** Only the last event of a response carries usage. */
function readOpenAi(event: Fields, found: Found): void {
  const last =
    event["type"] === "response.completed" ||
    event["type"] === "response.incomplete" ||
    event["type"] === "response.failed";
  const response = last ? fields(event["response"]) : event["object"] === "response" ? event : undefined;
  const usage = fields(response?.["usage"]);
  if (usage === undefined) return;
  const cached = figure(fields(usage["input_tokens_details"])?.["cached_tokens"], 0);
  found.usage = {
    input: figure(usage["input_tokens"], undefined) - cached,
    cache_read: cached,
    cache_write: 0,
    output: figure(usage["output_tokens"], undefined),
    reasoning: figure(fields(usage["output_tokens_details"])?.["reasoning_tokens"], 0),
  };
  found.ended = true;
}

/** NaN stands for "not a figure" and makes the whole usage unbelievable. */
function figure(value: unknown, missing: number | undefined): number {
  if (value === undefined || value === null) return missing ?? Number.NaN;
  return typeof value === "number" ? value : Number.NaN;
}

function isPossible(usage: MeasuredUsage): boolean {
  return Object.values(usage).every((value: number) => Number.isSafeInteger(value) && value >= 0 && value <= MOST);
}

/** No request has an empty prompt, and no answer costs nothing. */
function isBelievable(usage: MeasuredUsage): boolean {
  return isPossible(usage) && hasPrompt(usage) && usage.output > 0;
}

const hasPrompt = (usage: MeasuredUsage): boolean => usage.input + usage.cache_read + usage.cache_write > 0;

function fields(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null ? (value as Fields) : undefined; // as: members are judged one by one
}

function parseObject(text: string): Fields | undefined {
  try {
    return fields(JSON.parse(text));
  } catch {
    return undefined;
  }
}
