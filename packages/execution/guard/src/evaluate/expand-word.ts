// From a source word to the words a program is given: tilde, braces, parameters, substitutions, splitting; what cannot be known is a hole.
import { type ParsedScript, parse, type Word, type WordPart, type DoubleQuotedChild } from "unbash";
import { type Arg, HOLE, literal, sharedBeginning, type Stream } from "../arg.ts";
import type { Span } from "../effect.ts";
import { expandBraces } from "./braces.ts";
import { Fields } from "./fields.ts";
import { expandParameter, simpleParameter } from "./expand-parameter.ts";
import { joinArgs } from "./join-args.ts";
import { add } from "./run.ts";
import type { Shell } from "./shell.ts";
import type { Walker } from "./walker.ts";

/** The fields of a word of a command. */
export function expandWord(walk: Walker, shell: Shell, word: Word): readonly Arg[] {
  const at = shell.top ? { start: word.pos, end: word.end } : null;
  const { parts } = word;
  if (parts === undefined) return [tilde(walk, shell, literal(word.value, at), word.text)];
  if (parts.some((part) => part.type === "BraceExpansion")) return braced(walk, shell, word);
  const fields = new Fields();
  parts.forEach((part, index) => addPart(walk, shell, { part, fields, first: index === 0, quoted: false }));
  return fields.finish(at);
}

/** The value of a word where no splitting happens: an assignment, a here-string, a redirection target, a case subject. */
export function expandValue(walk: Walker, shell: Shell, word: Word): Arg {
  const at = shell.top ? { start: word.pos, end: word.end } : null;
  const { parts } = word;
  if (parts === undefined) return tilde(walk, shell, literal(word.value, at), word.text);
  // SECURITY: `> ~/$name`: no splitting, but the tilde is the home.
  const [first, ...rest] = parts;
  const home =
    first?.type === "Literal" && first.text.startsWith("~")
      ? [{ ...first, value: tildeText(walk, shell, first.value, first.text) }, ...rest]
      : parts;
  return joinParts(walk, shell, home, at);
}

/** The value of parts that stand inside quotes or a here-document. */
export function joinParts(
  walk: Walker,
  shell: Shell,
  parts: readonly (WordPart | DoubleQuotedChild)[],
  at: Span | null,
): Arg {
  const fields = new Fields();
  parts.forEach((part, index) => addPart(walk, shell, { part, fields, first: index === 0, quoted: true }));
  const [first, ...rest] = fields.finish(at);
  if (first === undefined) return literal("", at);
  // "$@" in a value: its words are joined by spaces.
  return rest.length === 0 ? first : joinArgs([first, ...rest], at);
}

interface Piece {
  readonly part: WordPart | DoubleQuotedChild;
  readonly fields: Fields;
  readonly first: boolean;
  readonly quoted: boolean;
}

function addPart(walk: Walker, shell: Shell, piece: Piece): void {
  const { part, fields, quoted } = piece;
  switch (part.type) {
    case "Literal":
      // A continued line between two pieces is no piece.
      if (part.value !== "")
        fields.literal(piece.first && !quoted ? tildeText(walk, shell, part.value, part.text) : part.value);
      return;
    case "SingleQuoted":
    case "AnsiCQuoted":
      fields.literal(part.value);
      return;
    case "DoubleQuoted":
    case "LocaleString":
      fields.literal("");
      for (const child of part.parts) addPart(walk, shell, { part: child, fields, first: false, quoted: true });
      return;
    case "Glob":
    case "ExtendedGlob":
      if (quoted) fields.literal(part.text);
      else fields.pattern(part.text);
      return;
    case "SimpleExpansion":
      simpleParameter(walk, shell, part.text.slice(1), { fields, quoted });
      return;
    case "ParameterExpansion":
      expandParameter(walk, shell, part, { fields, quoted });
      return;
    case "CommandExpansion":
      addSubstitution(walk, shell, part.script, { fields, quoted });
      return;
    case "ArithmeticExpansion":
      addArithmetic(walk, shell, part, fields);
      return;
    case "ProcessSubstitution":
      fields.stream(walk.substitution(shell, part.script, part.operator));
      return;
    case "BraceExpansion":
      fields.literal(part.text);
      return;
    default:
      add(walk.into, "unknown.not-parsed", `run a word of an unknown form`);
      fields.hole(["variable"], !quoted);
      part satisfies never;
  }
}

function addSubstitution(
  walk: Walker,
  shell: Shell,
  script: ParsedScript | undefined,
  { fields, quoted }: { readonly fields: Fields; readonly quoted: boolean },
): void {
  const printed = walk.substitution(shell, script, "$");
  const value = streamValue(printed);
  if (quoted) fields.quoted(value);
  else fields.unquoted(value, walk.ifs(shell));
}

/** What a command printed, as a value: trailing newlines are gone. */
export function streamValue(stream: Stream): Arg {
  if (stream.text !== null) return { ...literal(stream.text.replace(/\n+$/, "")), taints: stream.taints };
  return {
    text: sharedBeginning(stream) + HOLE,
    taints: stream.taints.size === 0 ? new Set(["output"]) : stream.taints,
    glob: false,
    splits: false,
    at: null,
    stream: null,
  };
}

// Numbers cannot hold a path or an option worth fearing, but what is computed inside may run commands.
function addArithmetic(
  walk: Walker,
  shell: Shell,
  part: Extract<WordPart, { type: "ArithmeticExpansion" }>,
  fields: Fields,
): void {
  const value = part.expression === undefined ? null : walk.arithmetic(shell, part.expression);
  if (value === null) fields.hole(["variable"], false);
  else fields.literal(String(value));
}

function braced(walk: Walker, shell: Shell, word: Word): readonly Arg[] {
  const sources = expandBraces(word.text);
  if (sources === null) {
    add(walk.into, "unknown.too-large", `expand \`${word.text.slice(0, 80)}\` to more words than are read`);
    return [];
  }
  if (sources.length === 1 && sources[0] === word.text) {
    const fields = new Fields();
    (word.parts ?? []).forEach((part, index) =>
      addPart(walk, shell, { part, fields, first: index === 0, quoted: false }),
    );
    return fields.finish(shell.top ? { start: word.pos, end: word.end } : null);
  }
  const nested: Shell = { ...shell, top: false };
  return sources.flatMap((source) => wordsOf(walk, nested, source));
}

// `:` and a space before it make it an operand, never an assignment or a keyword.
function wordsOf(walk: Walker, shell: Shell, source: string): readonly Arg[] {
  if (source === "") return [];
  const script = parse(`: ${source}`);
  const command = script.commands[0]?.command;
  if (script.errors !== undefined && script.errors.length > 0) walk.notParsed(source);
  if (command?.type !== "Command") return [literal(source)];
  return command.suffix.flatMap((node) => {
    if (node.type !== "Word") return [literal(source)];
    if (node.parts?.some((part) => part.type === "BraceExpansion") === true) return [literal(node.value)];
    return expandWord(walk, shell, node);
  });
}

function tilde(walk: Walker, shell: Shell, arg: Arg, source: string): Arg {
  return arg.text.charCodeAt(0) === 126 ? { ...arg, text: tildeText(walk, shell, arg.text, source) } : arg;
}

function tildeText(walk: Walker, shell: Shell, value: string, source: string): string {
  if (source.charCodeAt(0) !== 126) return value;
  const slash = value.indexOf("/");
  const name = value.slice(1, slash < 0 ? undefined : slash);
  const rest = slash < 0 ? "" : value.slice(slash);
  const home = homeOf(walk, shell, name);
  return home === undefined ? value : home + rest;
}

function homeOf(walk: Walker, shell: Shell, name: string): string | undefined {
  const { setting } = walk.run;
  // SECURITY: `HOME=$x; rm -rf ~/a`.
  if (name === "")
    return walk.value(shell, "HOME") ?? (shell.vars.has("HOME") || shell.forgotten ? HOLE : setting.home);
  if (name === "+" || name === "-")
    return walk.value(shell, name === "+" ? "PWD" : "OLDPWD") ?? only(name === "+" ? shell.cwds : shell.previous);
  if (name === setting.user) return setting.home;
  if (name === "root") return "/root";
  return /^[a-z_][a-z0-9_-]*$/i.test(name) ? `/home/${name}` : undefined;
}

const only = (dirs: readonly string[]): string => (dirs.length === 1 ? (dirs[0] ?? HOLE) : HOLE);
