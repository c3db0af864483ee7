// Parameters: what a line set is known, the rest is a hole that says where it comes from. Operations on known values are computed.
import type { ParameterExpansionPart, Word } from "unbash";
import { type Arg, isConstant, isKnown, literal, unknownArg } from "../arg.ts";
import { assignVariable } from "./assign-variable.ts";
import { joinArgs } from "./join-args.ts";
import type { Fields } from "./fields.ts";
import {
  cased,
  countedChars,
  holeOf,
  patternOf,
  removed,
  replaced,
  sliced,
  someNumber,
} from "./parameter-operations.ts";
import { isSeveral, valueOf, wholeValues } from "./parameter-values.ts";
import { add } from "./run.ts";
import type { Shell } from "./shell.ts";
import { checkComputed } from "./subscripts.ts";
import { anyOf, oneValue } from "./variable.ts";
import type { Walker } from "./walker.ts";

interface Into {
  readonly fields: Fields;
  readonly quoted: boolean;
}

/** `$name`, `$1`, `$@`, `$?`. */
export function simpleParameter(walk: Walker, shell: Shell, name: string, into: Into): void {
  if (name === "@" || name === "*") {
    allPositional(walk, shell, { ...into, join: name === "*" });
    return;
  }
  put(walk, shell, valueOf(walk, shell, name), into);
}

function put(walk: Walker, shell: Shell, value: Arg, { fields, quoted }: Into): void {
  if (quoted) fields.quoted(value);
  else fields.unquoted(value, walk.ifs(shell));
}

function allPositional(walk: Walker, shell: Shell, into: Into & { readonly join: boolean }): void {
  if (shell.positional === null) {
    into.fields.hole(["variable"], true);
    return;
  }
  putAll(walk, shell, shell.positional, into);
}

function putAll(
  walk: Walker,
  shell: Shell,
  values: readonly Arg[],
  { fields, quoted, join }: Into & { readonly join: boolean },
): void {
  const ifs = walk.ifs(shell);
  if (quoted && join) {
    // SECURITY: the first character of IFS stands between them, which may be the end of a line.
    if (ifs === null) fields.hole(["variable"], false);
    else fields.quoted(joinArgs(values, null, ifs.slice(0, 1)));
    return;
  }
  fields.each(values, (value) => (quoted ? fields.quoted(value) : fields.unquoted(value, ifs)));
}

/** `${…}` in all its forms. */
export function expandParameter(walk: Walker, shell: Shell, part: ParameterExpansionPart, into: Into): void {
  const { parameter: name, prefix, index, operation } = part;
  if (operation?.type === "Unknown") {
    walk.notParsed(part.text);
    into.fields.hole(["variable"], !into.quoted);
    return;
  }
  const at = index === undefined ? null : subscript(walk, shell, index);
  if (prefix === "#") return put(walk, shell, lengthOf(walk, shell, part), into);
  if (operation?.type === "Names") return into.fields.hole(["variable"], !into.quoted);
  const whole = index === undefined ? undefined : index.value;
  const wholeArray = whole === "@" || whole === "*" || name === "@" || name === "*";
  if (wholeArray) return expandWhole(walk, shell, part, { ...into, join: (whole ?? name) === "*" });
  if (prefix !== "!") return put(walk, shell, operate(walk, shell, part, element(walk, shell, name, at)), into);
  const named = nameIn(walk, shell, element(walk, shell, name, at));
  if (named === null) return into.fields.hole(["variable"], !into.quoted);
  put(walk, shell, operate(walk, shell, part, valueOf(walk, shell, named)), into);
}

/** `${a[@]}`, `${@:2}`: every word, or an operation on every word. */
function expandWhole(
  walk: Walker,
  shell: Shell,
  part: ParameterExpansionPart,
  into: Into & { readonly join: boolean },
): void {
  const { parameter: name, prefix, operation } = part;
  const values = prefix === "!" ? null : wholeValues(walk, shell, name);
  const each = values === null ? null : operation === undefined ? values : ofEach(walk, shell, part, values);
  // What an operand runs is run, whether its words are known or not.
  if (values === null && operation !== undefined) operate(walk, shell, part, unknownArg("variable", true));
  if (each === null) return into.fields.hole(["variable"], true);
  putAll(walk, shell, each, into);
}

function ofEach(
  walk: Walker,
  shell: Shell,
  part: ParameterExpansionPart,
  values: readonly Arg[],
): readonly Arg[] | null {
  const { operation } = part;
  switch (operation?.type) {
    case "Slice": {
      const offset = subscript(walk, shell, operation.offset);
      const length = operation.length === undefined ? undefined : subscript(walk, shell, operation.length);
      const [from, count] = [offset, length].map((one) => (one === undefined ? undefined : wordCount(one)));
      // `${@:0}` begins with `$0`.
      const first = part.parameter === "@" || part.parameter === "*" ? 1 : 0;
      if (from == null || count === null || from < first || values.some(isSeveral)) return null;
      return values.slice(from - first, count === undefined ? undefined : from - first + count);
    }
    case "Remove":
    case "Replace":
    case "CaseModification":
      return values.some(isSeveral) ? null : values.map((value) => operate(walk, shell, part, value));
    default:
      return operation?.type === "Default" && !operation.operator.endsWith("=")
        ? [operate(walk, shell, part, joinArgs(values))]
        : null;
  }
}

const wordCount = (value: Arg): number | null =>
  isConstant(value) && /^\s*(?:0|[1-9]\d{0,3})\s*$/.test(value.text) ? Number(value.text) : null;

/** The name that a value is, for `${!x}`; null when it is not known or no name. */
function nameIn(walk: Walker, shell: Shell, through: Arg): string | null {
  if (through.text.includes("[")) checkComputed(walk, shell, through);
  return isConstant(through) && /^[A-Za-z_][A-Za-z0-9_]*$|^\d+$/.test(through.text) ? through.text : null;
}

function subscript(walk: Walker, shell: Shell, index: Word): Arg {
  const value = walk.expand(shell, index);
  checkComputed(walk, shell, value);
  return value;
}

function element(walk: Walker, shell: Shell, name: string, at: Arg | null): Arg {
  if (at === null) return valueOf(walk, shell, name);
  const variable = shell.vars.get(name);
  if (variable === undefined) return unknownArg("variable");
  const words = variable.alternatives[walk.choose(`$${name}`, variable.alternatives.length)] ?? [];
  const [only] = words;
  if (words.length === 1 && only !== undefined && (only.glob || only.splits)) return only;
  return isConstant(at) ? (elementAt(words, at.text) ?? unknownArg("variable")) : unknownArg("variable");
}

// SECURITY: `010` is eight, `i` is whatever it holds, and an element that was never set is anything: only a plain index of a word that
// is there chooses one.
function elementAt(words: readonly Arg[], index: string): Arg | undefined {
  if (words.some(isSeveral) || !/^(?:0|-?[1-9]\d{0,3})$/.test(index)) return undefined;
  return words.at(Number(index));
}

function lengthOf(walk: Walker, shell: Shell, { parameter, index }: ParameterExpansionPart): Arg {
  const whole = index?.value === "@" || index?.value === "*" ? wholeValues(walk, shell, parameter) : null;
  if (whole !== null)
    return whole.some(({ splits, glob }) => splits || glob) ? someNumber : literal(String(whole.length));
  return countedChars(valueOf(walk, shell, parameter));
}

function operate(walk: Walker, shell: Shell, part: ParameterExpansionPart, given: Arg): Arg {
  const { parameter, index, operation } = part;
  if (operation === undefined) return given;
  const value = given.taints.has("number") && operation.type !== "Default" ? holeOf(given) : given;
  switch (operation.type) {
    case "Default":
      return defaulted(walk, shell, {
        name: parameter,
        index,
        operator: operation.operator,
        value,
        operand: () => walk.expand(shell, operation.operand),
      });
    case "Remove":
      return removed(value, operation.operator, pattern(walk, shell, operation.operand));
    case "Replace":
      return replaced(
        value,
        operation.operator,
        pattern(walk, shell, operation.pattern),
        walk.expand(shell, operation.replacement),
      );
    case "Slice":
      return sliced(
        value,
        subscript(walk, shell, operation.offset),
        operation.length === undefined ? undefined : subscript(walk, shell, operation.length),
      );
    case "CaseModification":
      return cased(value, operation.operator, operation.operand === undefined);
    case "Transform": {
      const operator = walk.expand(shell, operation.operand).text;
      if (operator === "U" || operator === "L" || operator === "u")
        return cased(value, operator === "U" ? "^^" : operator === "L" ? ",," : "^", true);
      // A prompt's substitutions are run.
      if (operator === "P" && (!isKnown(value) || /\$|`|\\/.test(value.text)))
        add(walk.into, "code-injection.dynamic", "run what stands in a text that is expanded as a prompt");
      return operator === "Q" && isKnown(value) ? literal(value.text) : holeOf(value);
    }
    default:
      return holeOf(value);
  }
}

const pattern = (walk: Walker, shell: Shell, word: Word): Arg => patternOf(walk.expand(shell, word), word.text);

interface Defaulted {
  readonly name: string;
  readonly index: Word | undefined;
  readonly operator: string;
  readonly value: Arg;
  readonly operand: () => Arg;
}

function defaulted(walk: Walker, shell: Shell, { name, index, operator, value, operand }: Defaulted): Arg {
  const unset = isUnset(walk, shell, name);
  const isSet = shell.vars.has(name) && isKnown(value) && !unset;
  const empty = unset || (operator.startsWith(":") && value.text === "");
  if (operator.endsWith("+")) {
    if (isSet || unset) return empty ? literal("") : operand();
    return walk.choose(`+${name}`, 2) === 0 ? operand() : literal("");
  }
  // `:?` and `?` never give the operand.
  if (operator.endsWith("?")) {
    operand();
    return value;
  }
  if (isSet && !empty) return value;
  const other = operand();
  if (operator.endsWith("="))
    assignVariable(walk, shell, index === undefined ? name : `${name}[`, anyOf([oneValue(other), oneValue(value)]));
  return empty || walk.choose(`-${name}`, 2) === 0 ? other : value;
}

function isUnset(walk: Walker, shell: Shell, name: string): boolean {
  const alternatives = shell.vars.get(name)?.alternatives;
  return alternatives !== undefined && alternatives[walk.choose(`$${name}`, alternatives.length)]?.length === 0;
}
