// Parameters: what a line set is known, the rest is a hole that says where it comes from. Operations on known values are computed.
import { isSecretName } from "@ces/kernel";
import type { ParameterExpansionPart, Word } from "unbash";
import { type Arg, isConstant, isKnown, literal, unknownArg } from "../arg.ts";
import { joinArgs } from "./join-args.ts";
import type { Fields } from "./fields.ts";
import { cased, countedChars, holeOf, removed, replaced, sliced, someNumber } from "./parameter-operations.ts";
import { add } from "./run.ts";
import type { Shell } from "./shell.ts";
import { checkComputed } from "./subscripts.ts";
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
  if (quoted && join) {
    fields.quoted(joinArgs(values));
    return;
  }
  const ifs = walk.ifs(shell);
  fields.each(values, (value) => (quoted ? fields.quoted(value) : fields.unquoted(value, ifs)));
}

/** The value of a name, or a hole. */
export function valueOf(walk: Walker, shell: Shell, name: string): Arg {
  const variable = shell.vars.get(name);
  if (variable !== undefined) {
    const { alternatives } = variable;
    const chosen = alternatives[walk.choose(`$${name}`, alternatives.length)] ?? [];
    return chosen[0] ?? literal("");
  }
  return ambient(walk, shell, name);
}

/** What the line did not set: facts of the setting, else unknown. */
function ambient(walk: Walker, shell: Shell, name: string): Arg {
  const { setting } = walk.run;
  if (name === "HOME") return literal(setting.home);
  if (name === "PWD" && shell.cwds[0] !== undefined) return cwdValue(walk, shell.cwds);
  if (name === "OLDPWD" && shell.previous[0] !== undefined) return literal(shell.previous[0]);
  if ((name === "USER" || name === "LOGNAME") && setting.user !== "") return literal(setting.user);
  const told = setting.variables.get(name);
  if (told !== undefined) return literal(told);
  if (name === "0") return shell.zero ?? literal("bash");
  if (/^[1-9]\d*$/.test(name))
    return shell.positional === null ? unknownArg("variable") : (shell.positional[Number(name) - 1] ?? literal(""));
  if (name === "#")
    return shell.positional === null ? unknownArg("variable") : literal(String(shell.positional.length));
  if (/^[?$!-]$/.test(name) || counters.has(name)) return someNumber;
  if (name === "SHELL" || name === "BASH") return literal("/bin/bash");
  if (name === "IFS") return literal(" \t\n");
  return unknownArg(isSecretName(name) ? "secret" : "variable");
}

const counters: ReadonlySet<string> = new Set(
  "RANDOM SECONDS LINENO UID EUID PPID BASHPID SRANDOM EPOCHSECONDS EPOCHREALTIME".split(" "),
);

function cwdValue(walk: Walker, cwds: readonly string[]): Arg {
  return literal(cwds[walk.choose("$PWD", cwds.length)] ?? cwds[0] ?? "/");
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
  if (wholeArray && operation === undefined && prefix === undefined) {
    const values = wholeValues(walk, shell, name);
    if (values === null) return into.fields.hole(["variable"], true);
    return putAll(walk, shell, values, { ...into, join: (whole ?? name) === "*" });
  }
  const named = prefix === "!" ? indirect(walk, shell, name) : name;
  if (named === null) return into.fields.hole(["variable"], !into.quoted);
  const value = wholeArray
    ? joinArgs(wholeValues(walk, shell, named) ?? [unknownArg("variable", true)])
    : element(walk, shell, named, at);
  put(walk, shell, operate(walk, shell, part, value), into);
}

function wholeValues(walk: Walker, shell: Shell, name: string): readonly Arg[] | null {
  if (name === "@" || name === "*") return shell.positional;
  const variable = shell.vars.get(name);
  if (variable === undefined) return null;
  return variable.alternatives[walk.choose(`$${name}`, variable.alternatives.length)] ?? [];
}

function indirect(walk: Walker, shell: Shell, name: string): string | null {
  const through = valueOf(walk, shell, name);
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
  const place = isConstant(at) && /^-?\d+$/.test(at.text) ? Number(at.text) : null;
  if (place === null) return words.length === 1 ? (words[0] ?? literal("")) : unknownArg("variable");
  return words.at(place) ?? literal("");
}

function lengthOf(walk: Walker, shell: Shell, { parameter, index }: ParameterExpansionPart): Arg {
  const whole = index?.value === "@" || index?.value === "*" ? wholeValues(walk, shell, parameter) : null;
  if (whole !== null)
    return whole.some(({ splits, glob }) => splits || glob) ? someNumber : literal(String(whole.length));
  return countedChars(valueOf(walk, shell, parameter));
}

function operate(walk: Walker, shell: Shell, { parameter, operation }: ParameterExpansionPart, given: Arg): Arg {
  if (operation === undefined) return given;
  const value = given.taints.has("number") && operation.type !== "Default" ? holeOf(given) : given;
  switch (operation.type) {
    case "Default":
      return defaulted(walk, shell, {
        name: parameter,
        operator: operation.operator,
        value,
        operand: () => walk.expand(shell, operation.operand),
      });
    case "Remove":
      return removed(value, operation.operator, walk.expand(shell, operation.operand));
    case "Replace":
      return replaced(
        value,
        operation.operator,
        walk.expand(shell, operation.pattern),
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

interface Defaulted {
  readonly name: string;
  readonly operator: string;
  readonly value: Arg;
  readonly operand: () => Arg;
}

function defaulted(walk: Walker, shell: Shell, { name, operator, value, operand }: Defaulted): Arg {
  const isSet = shell.vars.has(name) && isKnown(value);
  const empty = operator.startsWith(":") && value.text === "";
  if (operator.endsWith("+")) {
    if (isSet) return empty ? literal("") : operand();
    return walk.choose(`+${name}`, 2) === 0 ? operand() : literal("");
  }
  // `:?` and `?` never give the operand.
  if (operator.endsWith("?")) {
    operand();
    return value;
  }
  if (isSet) return empty ? operand() : value;
  const other = operand();
  const chosen = walk.choose(`-${name}`, 2) === 0 ? other : value;
  if (operator.endsWith("=")) shell.vars.set(name, { alternatives: [[other], [value]], array: false });
  return chosen;
}
