// Reads a program for dc: `!` hands the rest of the line to a shell, in a macro as well as outside one.
import { HOLE } from "../arg.ts";
import type { CodeReading } from "./finding.ts";
import { gather } from "./gather.ts";

/** The shell commands in a program for dc; `!<`, `!=` and `!>` compare. */
export function readDc(text: string): CodeReading {
  const gathering = gather(() => false);
  if (text.includes(HOLE)) gathering.report({ kind: "unknown", what: "a part of the program that is not known" });
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "[") depth += 1;
    if (text[at] === "]") depth -= 1;
    if (text[at] === "#" && depth === 0) at = lineEnd(text, at);
    if (text[at] !== "!" || /[<=>]/.test(text[at + 1] ?? "")) continue;
    const end = lineEnd(text, at);
    const command = depth > 0 ? macroRest(text.slice(at + 1, end)) : text.slice(at + 1, end);
    if (command.includes(HOLE)) gathering.report({ kind: "spawn-unknown", what: "!" });
    else if (command.trim() !== "") gathering.report({ kind: "shell", text: command.trim() });
    at += command.length;
  }
  return gathering.reading();
}

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
};

// A macro ends at its own bracket.
function macroRest(line: string): string {
  let depth = 0;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === "[") depth += 1;
    if (line[at] === "]" && depth-- === 0) return line.slice(0, at);
  }
  return line;
}
