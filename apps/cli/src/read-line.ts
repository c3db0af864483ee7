// Reads a command line by a command's declaration. Whatever does not fit is one usage error that says which word.
import { parseArgs } from "node:util";
import { CesError } from "@ces/kernel";
import type { ArgSpec, OptionSpec, RestSpec } from "./define-command.ts";
import { nearestName } from "./nearest-name.ts";

/** What was given, by name. Flags are true or missing; lists are never missing. */
export type ReadLine = {
  readonly args: Readonly<Record<string, string | undefined>>;
  readonly rest: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
};

type OptionToken = {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inline: boolean;
};

/** What a line is read by, and the command that is named in errors. */
export type LineSpec = {
  readonly name: string;
  readonly args: readonly ArgSpec[];
  readonly rest?: RestSpec | undefined;
  readonly options: readonly OptionSpec[];
};

/** Reads the words after a command. Throws CesError USAGE_OPTION, USAGE_VALUE, USAGE_ARGUMENT. */
export function readLine(words: readonly string[], spec: LineSpec): ReadLine {
  const { own, foreign } = splitForeign(words, spec);
  const { tokens } = parseArgs({
    args: [...own],
    options: declared(spec.options),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const positional = tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
  const given = tokens.flatMap((token): OptionToken[] =>
    token.kind === "option"
      ? [{ name: token.name, rawName: token.rawName, value: token.value, inline: token.inlineValue === true }]
      : [],
  );
  const options = readOptions(given, spec);
  const args = options["help"] === true ? {} : readArgs(positional, spec);
  return { args, rest: [...(spec.rest ? positional.slice(spec.args.length) : []), ...foreign], options };
}

// `ces trash put --as rm -rf -- dist`: what `rm` would have read begins at `-rf`, and is read by the rules of `rm`.
function splitForeign(
  words: readonly string[],
  { rest, options }: LineSpec,
): { readonly own: readonly string[]; readonly foreign: readonly string[] } {
  if (rest?.foreign !== true) return { own: words, foreign: [] };
  let end = 0;
  while (end < words.length) {
    const [name = "", value] = (words[end] ?? "").split("=", 2);
    const option = options.find((one) => `--${one.name}` === name);
    if (!option) break;
    end += option.kind === "flag" || value !== undefined ? 1 : 2;
  }
  return { own: words.slice(0, end), foreign: words.slice(end) };
}

function declared(options: readonly OptionSpec[]): Record<string, { type: "boolean" | "string"; short?: string }> {
  return Object.fromEntries(
    options.map(({ name, kind, short }) => [
      name,
      { type: kind === "flag" ? ("boolean" as const) : ("string" as const), ...(short && { short }) },
    ]),
  );
}

function readOptions(given: readonly OptionToken[], spec: LineSpec): ReadLine["options"] {
  for (const token of given) checkToken(token, spec);
  return Object.fromEntries(spec.options.map((option) => [option.name, valueOf(option, given, spec)]));
}

function valueOf(
  option: OptionSpec,
  given: readonly OptionToken[],
  spec: LineSpec,
): string | true | readonly string[] | undefined {
  const values = given.filter(({ name }) => name === option.name).map(({ value }) => value ?? "");
  if (option.kind === "list") return values;
  if (option.kind === "flag") return values.length > 0 ? true : undefined;
  if (values.length > 1)
    throw usage("USAGE_OPTION", `\`--${option.name}\` is given ${values.length} times, it takes one value`, spec);
  return values[0];
}

function checkToken(token: OptionToken, spec: LineSpec): void {
  const option = spec.options.find(({ name }) => name === token.name);
  if (!option) throw unknownOption(token.rawName, spec);
  if (option.kind === "flag") {
    if (token.value !== undefined) throw usage("USAGE_VALUE", `\`--${option.name}\` takes no value`, spec);
    return;
  }
  if (token.value === undefined || token.value === "")
    throw usage("USAGE_VALUE", `\`--${option.name}\` needs a value`, spec);
  if (!token.inline && /^-./.test(token.value))
    throw usage(
      "USAGE_VALUE",
      `\`--${option.name}\` needs a value; one that begins with a dash is written \`--${option.name}=${token.value}\``,
      spec,
    );
  checkValue(option, token.value, spec);
}

function checkValue(option: OptionSpec, value: string, spec: LineSpec): void {
  if (option.kind === "choice" && !option.choices.includes(value))
    throw usage("USAGE_VALUE", `\`--${option.name}\` is one of ${option.choices.join(", ")}, not \`${value}\``, spec);
  if (option.kind !== "whole") return;
  const least = option.least ?? 0;
  if (!/^\d{1,15}$/.test(value) || Number(value) < least)
    throw usage("USAGE_VALUE", `\`--${option.name}\` is a whole number of at least ${least}, not \`${value}\``, spec);
}

function readArgs(positional: readonly string[], spec: LineSpec): ReadLine["args"] {
  const missing = spec.args.find((arg, index) => arg.required === true && (positional[index] ?? "") === "");
  if (missing)
    throw usage("USAGE_ARGUMENT", `\`${spec.name}\` needs ${missing.name.toUpperCase()}: ${missing.summary}`, spec);
  const extra = positional[spec.args.length];
  if (extra !== undefined && !spec.rest) {
    const hint = spec.args.length > 0 ? "; a text of several words stands in quotes" : "";
    throw usage("USAGE_ARGUMENT", `\`${spec.name}\` does not take \`${extra}\`${hint}`, spec);
  }
  return Object.fromEntries(spec.args.map(({ name }, index) => [name, positional[index]]));
}

function unknownOption(rawName: string, spec: LineSpec): CesError {
  const names = spec.options.flatMap(({ name, short }) => [`--${name}`, ...(short ? [`-${short}`] : [])]);
  const near = rawName.startsWith("--") ? nearestName(rawName, names) : undefined;
  return usage(
    "USAGE_OPTION",
    `\`${spec.name}\` has no option \`${rawName}\`${near ? `; did you mean \`${near}\`?` : ""}`,
    spec,
  );
}

function usage(code: string, message: string, spec: LineSpec): CesError {
  return new CesError(code, message, { remedy: `${spec.name} --help` });
}
