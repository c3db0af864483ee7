// What an operator compares with: a pattern over one source of text, whole values, or a limit. One function for each operator, and one
// table of them: what a rule means is read here and nowhere else.

import { CesError } from "@ces/kernel";
import { readHost } from "../action/host-name.ts";
import { resolveDots } from "../action/path-text.ts";
import { SHELL_SPECIAL } from "../action/shell-words.ts";
import { charactersOf, complement, holds } from "../pattern/code-set.ts";
import { anyText, at, choice, hasBorder, literal, type Pattern, sequence, textOf } from "../pattern/pattern.ts";
import { readPattern } from "../pattern/read-pattern.ts";
import type { Condition, Operator, Scalar } from "./rule.ts";

/** What a source is read as: as it stands, or as the target of an action of this kind. */
export type ReadAs = "text" | "file" | "http" | "shell";

/** A condition ready to be matched. `words` patterns run over words that are each closed by U+0000. */
export type Operand = {
  readonly readAs: ReadAs;
  readonly over: "text" | "words";
  readonly pattern: Pattern | null;
  /** Whole values that are no text. */
  readonly values: readonly (number | boolean)[];
  readonly limit: { readonly least: number; readonly most: number } | null;
};

type Reader = (condition: Condition) => Operand;

/** The operators. */
export const OPERATORS: Readonly<Record<Operator, Reader>> = {
  equals: whole,
  in: whole,
  starts_with: ({ value }) => text(sequence([at("start"), literal(oneText(value))])),
  contains: ({ value }) => text(literal(oneText(value))),
  matches: ({ value }) => text(readPattern(oneText(value))),
  path_under: (condition) => under("file", condition, pathPattern),
  host_is: (condition) => under("http", condition, (host) => hostPattern(host, literal(knownHost(host)))),
  host_under: (condition) => under("http", condition, (host) => hostPattern(host, subdomain(knownHost(host)))),
  command_is: (condition) => under("shell", condition, commandPattern),
  argv_matches: argvPattern,
  at_least: (condition) => limit(condition, { least: oneNumber(condition.value), most: Number.POSITIVE_INFINITY }),
  at_most: (condition) => limit(condition, { least: Number.NEGATIVE_INFINITY, most: oneNumber(condition.value) }),
};

/** The prefix of a field that names a tool. */
export const TOOL_FIELD = "action:";

/** Reads a condition. Throws CesError `RULE_VALUE` or `PATTERN_INVALID` for a value that its operator cannot mean. */
export function operandOf(condition: Condition): Operand {
  const operand = OPERATORS[condition.operator](condition);
  const tool = condition.field.startsWith(TOOL_FIELD) ? condition.field.slice(TOOL_FIELD.length) : null;
  if (tool !== null && tool.split(":")[0] !== operand.readAs)
    throw refused(`\`${condition.operator}\` cannot be asked about \`${condition.field}\``);
  return operand;
}

const none = { values: [], limit: null } as const;

function text(pattern: Pattern): Operand {
  return { readAs: "text", over: "text", pattern, ...none };
}

function limit({ field, operator }: Condition, between: { readonly least: number; readonly most: number }): Operand {
  if (field === "action") throw refused(`\`${operator}\` cannot be asked about \`action\``);
  return { readAs: "text", over: "text", pattern: null, values: [], limit: between };
}

function whole({ value }: Condition): Operand {
  const all = listOf(value);
  const texts = all.filter((one) => typeof one === "string");
  const values = all.filter((one) => typeof one !== "string");
  const pattern = texts.length === 0 ? null : sequence([at("start"), choice(texts.map(literal)), at("end")]);
  return { readAs: "text", over: "text", pattern, values, limit: null };
}

// The head of an action of this kind, of the named verb or of any, then one of the values.
function under(
  kind: "file" | "http" | "shell",
  { field, value }: Condition,
  each: (value: string) => Pattern,
): Operand {
  const targets = choice(listOf(value).map((one) => each(oneText(one))));
  return { readAs: kind, over: "text", pattern: sequence([at("start"), headOf(kind, field), targets]), ...none };
}

const NO_COLON = complement(charactersOf(":"));

function headOf(kind: "file" | "http" | "shell", field: string): Pattern {
  const verb = field.startsWith(TOOL_FIELD) ? field.slice(TOOL_FIELD.length).split(":")[1] : undefined;
  const scheme = kind === "http" ? sequence([literal("http"), choice([literal("s"), literal("")])]) : literal(kind);
  if (kind === "shell") return sequence([scheme, literal(":")]);
  const named =
    verb === undefined ? textOf(NO_COLON) : literal(kind === "http" ? verb.toUpperCase() : verb.toLowerCase());
  return sequence([scheme, literal(":"), named, literal(":")]);
}

function pathPattern(path: string): Pattern {
  const root = resolveDots(path).replace(/(?<=.)\/$/, "");
  if (!path.startsWith("/") || root.includes("\0") || (root === "/" && /[^/]/.test(path)))
    throw refused(`\`${path}\` is no absolute path`);
  return root === "/" ? literal("/") : sequence([literal(root), choice([at("end"), literal("/")])]);
}

function knownHost(value: string): string {
  const host = readHost(value);
  if (host === null) throw refused(`\`${value}\` is no host name; leave out scheme, port and path`);
  return host;
}

const DIGITS = textOf(charactersOf("0123456789"));

// After the host only a port, a path, a query or nothing: never another label.
function hostPattern(_value: string, host: Pattern): Pattern {
  const port = choice([literal(""), sequence([literal(":"), DIGITS])]);
  return sequence([host, port, choice([at("end"), literal("/"), literal("?")])]);
}

function subdomain(host: string): Pattern {
  const labels = sequence([textOf(complement(charactersOf("/?#:@[]\\"))), literal(".")]);
  return sequence([choice([literal(""), labels]), literal(host)]);
}

function commandPattern(name: string): Pattern {
  if (!/^[^\s'"\\*?[\]{}~!]+$/.test(name) || [...name].some((char) => holds(SHELL_SPECIAL, char.codePointAt(0) ?? 0)))
    throw refused(`\`${name}\` is no plain program name`);
  return sequence([literal(name), choice([at("end"), literal(" "), literal("\t")])]);
}

// One pattern for each word, the whole word; a last `...` stands for any further words.
function argvPattern({ value }: Condition): Operand {
  const parts = listOf(value).map(oneText);
  const open = parts.at(-1) === "...";
  const words = (open ? parts.slice(0, -1) : parts).map((part) => sequence([wordPattern(part), literal("\0")]));
  if (words.length === 0) throw refused("`argv_matches` needs a pattern for the program");
  const pattern = sequence([at("start"), ...words, open ? anyText : at("end")]);
  return { readAs: "shell", over: "words", pattern, ...none };
}

function wordPattern(text: string): Pattern {
  const pattern = readPattern(text);
  if (hasBorder(pattern)) throw refused("`argv_matches` matches whole words: leave out `^` and `$`");
  return pattern;
}

function listOf(value: Condition["value"]): readonly Scalar[] {
  const list = typeof value === "object" ? value : [value];
  if (list.length === 0) throw refused("`value` is an empty list");
  return list;
}

function oneText(value: Condition["value"]): string {
  if (typeof value !== "string") throw refused("`value` is no text");
  return value;
}

function oneNumber(value: Condition["value"]): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw refused("`value` is no number");
  return value;
}

function refused(why: string): CesError {
  return new CesError("RULE_VALUE", why, { remedy: "the table of operators is in the README of governance-rules" });
}
