// A simple command: its words are expanded for every alternative, its assignments and redirections applied, and what is left is started.
import type { Assignment, Command, Redirection, Word } from "unbash";
import { type Arg, emptyStream, filesOfBoth, literal, type Stream } from "../arg.ts";
import type { Span } from "../effect.ts";
import { assignVariable } from "./assign-variable.ts";
import { setVariable } from "./environment.ts";
import { valueOf, wholeValues } from "./parameter-values.ts";
import { expandValue, expandWord } from "./expand-word.ts";
import { applyRedirects, finishRedirects } from "./redirects.ts";
import { absorb, add, countStep, LIMITS } from "./run.ts";
import { mergeShells } from "./merge-shells.ts";
import { type Shell, subshell } from "./shell.ts";
import { checkComputed } from "./subscripts.ts";
import { collect } from "./collect.ts";
import { arrayOf, oneValue, unknownArray, type Variable } from "./variable.ts";
import { doubtFiles } from "./written-files.ts";
import type { Walker } from "./walker.ts";

/** Runs a simple command; what it prints. */
export function runSimple(walk: Walker, shell: Shell, node: Command): Stream {
  const { run } = walk;
  countStep(run, shell.vars.size);
  const outer = run.choices;
  run.choices = null;
  const before = needsCopies(shell) ? subshell(shell) : null;
  const step = run.commands - 1;
  const first = explained(walk, shell, node);
  const choices = run.choices as ReadonlyMap<string, { index: number; count: number }> | null; // set while expanding
  const printed = choices === null || before === null ? first : others(walk, shell, { node, before, choices, first });
  if (choices !== null) doubtFiles(run, step);
  run.choices = outer;
  return printed;
}

// Only a variable with alternatives, or a default, makes a second look necessary.
const needsCopies = (shell: Shell): boolean =>
  shell.vars.size > 0 || shell.cwds.length > 1 || shell.source.includes("${");

interface Others {
  readonly node: Command;
  readonly before: Shell;
  readonly choices: ReadonlyMap<string, { index: number; count: number }>;
  readonly first: Stream;
}

/** The same command once for each other combination of alternatives. */
function others(walk: Walker, shell: Shell, { node, before, choices, first }: Others): Stream {
  const keys = [...choices];
  const total = keys.reduce((product, [, { count }]) => product * count, 1);
  if (total > LIMITS.choices)
    add(walk.into, "unknown.command-word", "run a command with more possible meanings than are read");
  const states = [subshell(shell)];
  let printed = first;
  for (let number = 1; number < Math.min(total, LIMITS.choices); number += 1) {
    let rest = number;
    walk.run.choices = new Map(
      keys.map(([key, { count }]) => {
        const index = rest % count;
        rest = Math.floor(rest / count);
        return [key, { index, count }];
      }),
    );
    countStep(walk.run, before.vars.size);
    const scope = subshell(before);
    const other = perform(walk, scope, node);
    if (other.text === null || other.text !== printed.text)
      printed = {
        text: null,
        taints: new Set([...printed.taints, ...other.taints]),
        files: filesOfBoth(printed, other),
        from: "pipe",
      };
    states.push(scope);
  }
  mergeShells(shell, states);
  return printed;
}

function explained(walk: Walker, shell: Shell, node: Command): Stream {
  if (!walk.run.explain) return perform(walk, shell, node);
  const { found, stdout } = collect(walk, () => perform(walk, shell, node));
  const text = shell.source.slice(node.pos, node.end);
  absorb(walk.into, { ...found, parts: [{ text, as: nameShown(node), effects: found.effects, parts: found.parts }] });
  return stdout;
}

const nameShown = (node: Command): string => node.name?.value ?? "assignment";

function perform(walk: Walker, shell: Shell, node: Command): Stream {
  const at: Span | null = shell.top ? { start: node.pos, end: node.end } : null;
  const words =
    node.name === undefined ? [] : [...expandWord(walk, shell, node.name), ...argumentsOf(walk, shell, node)];
  const assigned = assignmentsOf(walk, shell, node);
  const wired = node.redirects.length === 0 ? null : applyRedirects(walk, shell, node.redirects);
  const stdin = wired?.stdin ?? shell.stdin;
  const printed =
    words.length === 0
      ? bare(walk, shell, assigned, wired?.stdin ?? null)
      : walk.start(shell, { words, env: assigned.words, stdin, at });
  return wired === null ? printed : finishRedirects(walk, shell, wired, printed);
}

// Assignments alone stay in the shell; `$(< file)` prints the file.
function bare(walk: Walker, shell: Shell, { words, arrays }: Assigned, stdin: Stream | null): Stream {
  for (const [name, value] of words) assignVariable(walk, shell, name, oneValue(value));
  for (const [name, value] of arrays) assignVariable(walk, shell, name, value);
  return stdin ?? emptyStream;
}

/** Variables that a command sets: single values, and arrays which only matter to the shell itself. */
interface Assigned {
  readonly words: Map<string, Arg>;
  readonly arrays: Map<string, Variable>;
}

function assignmentsOf(walk: Walker, shell: Shell, node: Command): Assigned {
  const assigned: Assigned = { words: new Map(), arrays: new Map() };
  const before = new Map<string, Variable | undefined>();
  for (const one of node.prefix) {
    if (one.type !== "Assignment") continue;
    assign(walk, shell, one, assigned);
    // SECURITY: `x=sudo y=$x`: a later one sees an earlier one.
    if (!before.has(one.name)) before.set(one.name, shell.vars.get(one.name));
    const word = assigned.words.get(one.name);
    shell.vars.set(one.name, word === undefined ? (assigned.arrays.get(one.name) ?? unknownArray) : oneValue(word));
  }
  for (const [name, old] of before) {
    if (old === undefined) shell.vars.delete(name);
    else shell.vars.set(name, old);
  }
  return assigned;
}

function assign(walk: Walker, shell: Shell, one: Assignment, { words, arrays }: Assigned): void {
  if (one.value.type === "ArrayValue") {
    arrays.set(one.name, arrayValue(walk, shell, one, one.value.elements));
    return;
  }
  const value = expandValue(walk, shell, one.value);
  if (one.index !== undefined) {
    checkComputed(walk, shell, expandValue(walk, shell, one.index));
    setVariable(walk, shell, one.name, value);
    arrays.set(one.name, unknownArray);
    return;
  }
  const joined =
    one.append === true
      ? appended(words.get(one.name) ?? valueOf(walk, shell, one.name), value)
      : { ...value, at: null };
  setVariable(walk, shell, one.name, joined);
  words.set(one.name, joined);
}

// SECURITY: an element with an index of its own, or one that may be several words, leaves open which word stands where.
function arrayValue(walk: Walker, shell: Shell, one: Assignment, elements: readonly Word[]): Variable {
  const values = elements.flatMap((element) => expandWord(walk, shell, element));
  const indexed = elements.filter(({ text }) => /^\[/.test(text));
  for (const { value } of indexed) checkComputed(walk, shell, literal(value.slice(0, value.lastIndexOf("]") + 1)));
  if (indexed.length > 0) return unknownArray;
  if (one.append !== true) return arrayOf(values);
  const old = wholeValues(walk, shell, one.name);
  return old === null ? unknownArray : arrayOf([...old, ...values]);
}

const appended = (before: Arg, value: Arg): Arg => ({
  ...value,
  text: before.text + value.text,
  taints: new Set([...before.taints, ...value.taints]),
  glob: before.glob || value.glob,
  splits: before.splits || value.splits,
  stream: null,
  at: null,
});

function argumentsOf(walk: Walker, shell: Shell, node: Command): readonly Arg[] {
  return node.suffix.flatMap((one: Word | Assignment | Redirection) => {
    if (one.type === "Word") return expandWord(walk, shell, one);
    if (one.type !== "Assignment") return [];
    return [asWord(walk, shell, one)];
  });
}

// `export A=b`, `dd if=x`: an assignment that is an argument is a word with an equals sign.
function asWord(walk: Walker, shell: Shell, one: Assignment): Arg {
  const at = shell.top ? { start: one.pos, end: one.end } : null;
  // The name alone, so that `declare` can tell `a=(…)` from `"a=(…)"`.
  if (one.value.type === "ArrayValue") {
    assignVariable(walk, shell, one.name, arrayValue(walk, shell, one, one.value.elements));
    return literal(one.name, at);
  }
  const index = one.index === undefined ? null : expandValue(walk, shell, one.index);
  if (index !== null) checkComputed(walk, shell, index);
  const name = `${one.name}${index === null ? "" : `[${index.text}]`}${one.append === true ? "+" : ""}=`;
  const value = expandValue(walk, shell, one.value);
  return { ...value, text: name + value.text, glob: false, at };
}
