// Finds the JSON answer in what a reviewer said. Attacker-controlled text; bounded attempts, no backtracking.
import { parseJson, type Json, type JsonObject } from "@ces/kernel";

const MAX_TEXT = 1024 * 1024;

/** The last JSON object of the answer: the whole text, the last fenced block, or from the first brace to the last. */
export function findJsonObject(text: string): JsonObject | undefined {
  if (text.length > MAX_TEXT) return undefined;
  const candidates = [
    text.trim(),
    lastFence(text),
    text.slice(Math.max(0, text.indexOf("{")), text.lastIndexOf("}") + 1),
  ];
  for (const candidate of candidates) {
    if (candidate === undefined || candidate === "") continue;
    const read = parseJson(candidate, { maxDepth: 16, maxBytes: 4 * MAX_TEXT });
    if (read.kind === "parsed" && isObject(read.value)) return read.value;
  }
  return undefined;
}

function lastFence(text: string): string | undefined {
  const lines = text.split("\n");
  const end = lines.findLastIndex((line) => /^\s{0,3}```\s*$/.test(line));
  const start = lines.findLastIndex((line, index) => index < end && /^\s{0,3}```/.test(line));
  return start < 0 ? undefined : lines.slice(start + 1, end).join("\n");
}

/** True for a JSON object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
