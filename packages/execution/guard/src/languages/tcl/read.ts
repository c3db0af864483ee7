// Reads a Tcl script: command by command, bodies and brackets included.
import { HOLE } from "../../arg.ts";
import { shown, type CodeFinding, type CodeReading } from "../finding.ts";
import { gather, unreadable } from "../gather.ts";
import { tclActs } from "./acts.ts";
import type { TclCall } from "./call.ts";
import { scriptsIn, tclCommands, type TclWord } from "./words.ts";

const deepest = 40;

/** The state of one reading. */
interface Reading {
  readonly variables: ReadonlyMap<string, string | null>;
  readonly procedures: ReadonlySet<string>;
  readonly report: (finding: CodeFinding) => void;
  steps: number;
  /** Characters that are read in all: nested scripts are read once for each level. */
  readonly most: number;
}

/** What a Tcl script would do. */
export function readTcl(text: string): { readonly reading: CodeReading; readonly steps: number } {
  const gathering = gather(() => /\bbinary\s+decode\b|\bzlib\b/.test(text));
  const names = namesIn(text);
  const reading: Reading = { ...names, report: gathering.report, steps: 0, most: 16 * text.length + 4096 };
  const whole = judgeScript(reading, text, 0);
  return { reading: whole ? gathering.reading() : unreadable("the script does not come apart"), steps: reading.steps };
}

const settings = /(?<![\w$])set[ \t]+(\w+)[ \t]+("[^"$[\\\n]*"|[^\s"$[\\{};\]]+)(?=[\s;\]]|$)/g;

// A variable is known when it is set once, to one text, and its name is nowhere else a word.
function namesIn(text: string): Pick<Reading, "variables" | "procedures"> {
  const counts = new Map<string, number>();
  for (const [word] of text.matchAll(/(?<![$\w:{])\w+/g)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const variables = new Map<string, string | null>();
  for (const [, name = "", value = ""] of text.matchAll(settings))
    if (counts.get(name) === 1) variables.set(name, value.replaceAll('"', ""));
  const procedures = new Set([...text.matchAll(/\bproc\s+([\w:]+)/g)].map(([, name = ""]) => name));
  return { variables, procedures };
}

function judgeScript(reading: Reading, script: string, depth: number): boolean {
  reading.steps += script.length;
  if (depth > deepest || reading.steps > reading.most) return false;
  const commands = tclCommands(script, (name) => reading.variables.get(name) ?? null);
  if (commands === null) return false;
  return commands.every((words) => judgeCommand(reading, words, depth + 1));
}

function judgeCommand(reading: Reading, words: readonly TclWord[], depth: number): boolean {
  const [head, ...args] = words;
  if (head === undefined) return true;
  for (const { scripts } of words) if (!scripts.every((script) => judgeScript(reading, script, depth))) return false;
  const name = head.text.replace(/^::/, "");
  if (name.includes(HOLE) || head.spread)
    reading.report({ kind: "dynamic", what: "a command of a computed name", decoded: false });
  else if (reading.procedures.has(name) && tclActs.get(name) === undefined) return true;
  else return perform(reading, name, args, depth);
  return true;
}

function perform(reading: Reading, name: string, args: readonly TclWord[], depth: number): boolean {
  const act = tclActs.get(name);
  if (act === undefined) {
    reading.report({ kind: "unknown", what: shown(name) });
    return true;
  }
  const bodies: (readonly [string, "script" | "expression"])[] = [];
  const call: TclCall = {
    name,
    args,
    report: reading.report,
    script: (text) => void bodies.push([text, "script"]),
    expression: (text) => void bodies.push([text, "expression"]),
  };
  act(call);
  return bodies.every(([text, kind]) => judgeBody(reading, text, { kind, depth }));
}

function judgeBody(reading: Reading, text: string, how: { kind: "script" | "expression"; depth: number }): boolean {
  if (how.kind === "script") return judgeScript(reading, text, how.depth);
  const scripts = scriptsIn(text);
  return scripts !== null && scripts.every((script) => judgeScript(reading, script, how.depth));
}
