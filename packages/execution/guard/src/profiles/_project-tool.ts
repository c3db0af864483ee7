// Tools that build, check and format a project: its own code runs by them every day, so that only what leaves the project is judged.
import { type Arg, HOLE } from "../arg.ts";
import type { EffectKind } from "../effect-kinds.ts";
import type { Call, Evaluation, Language, Outcome } from "../profile.ts";
import { isLocalAddress } from "./_sent-data.ts";
import { asksForHelp, partOf, runJoined, shown } from "./_words.ts";

/** What is special about a tool; everything that is not named is harmless. Lists are words with spaces between, options without their dashes. */
export interface ProjectTool {
  /** Options whose value is a file or folder that is written. */
  readonly writes?: string;
  /** Options whose value is program code that is loaded from a file. */
  readonly loads?: string;
  readonly language?: Language;
  /** Options whose value is a shell command. */
  readonly shells?: string;
  /** Options whose value is a program. */
  readonly programs?: string;
  /** Options whose value is program code. */
  readonly code?: string;
  /** Operands are program files that it runs. */
  readonly runs?: true;
  /** Operands are folders that are shown to a network. */
  readonly serves?: true;
  /** Subcommands after whose options stands a command: `lerna exec -- npm test`. */
  readonly starts?: RegExp;
  /** Forms of the words, joined by spaces, that are more than that. */
  readonly acts?: readonly (readonly [RegExp, EffectKind, string])[];
}

/** Judges a call of such a tool. */
export function judgeTool(call: Call, on: Evaluation, tool: ProjectTool): Outcome {
  if (asksForHelp(call.args)) return on.fine();
  const values = (names: string | undefined): readonly Arg[] =>
    names === undefined ? [] : optionValues(call.args, names.split(" "));
  const language = tool.language ?? "javascript";
  const operands = call.args.filter(({ text }) => !text.startsWith("-"));
  const loaded = values(tool.loads).map((path) => projectCode(on, path, language));
  const ran =
    tool.runs === true
      ? operands
          .filter(({ text }) => codeFile.test(text))
          .map((path) => projectCode(on, partOf(path, path.text.replace(/::[^]*$/, "")), language))
      : [];
  const outcomes = [
    ...values(tool.writes)
      .filter(isPath)
      .map((path) => on.write(path, "overwrite")),
    ...values(tool.shells).map((text) => on.script(text)),
    ...values(tool.programs).map((program) => (program.text.includes(" ") ? on.script(program) : on.run([program]))),
    ...values(tool.code).map((text) => on.code(language, text)),
    ...(tool.serves === true ? operands.flatMap((path) => served(on, call, path)) : []),
    ...(tool.starts?.test(operands[0]?.text ?? "") === true ? [startedWords(call, on)] : []),
    ...acted(call, on, tool),
  ];
  return on.join(...loaded, ...ran, ...outcomes, on.fine());
}

// After `--`, or else after the subcommand and its options.
function startedWords({ args }: Call, on: Evaluation): Outcome {
  const cut = args.findIndex(({ text }) => text === "--");
  const verb = args.findIndex(({ text }) => !text.startsWith("-"));
  const rest = args.slice((cut < 0 ? verb : cut) + 1);
  const start = cut < 0 ? rest.findIndex(({ text }) => !text.startsWith("-")) : 0;
  return runJoined(on, start < 0 ? [] : rest.slice(start));
}

/** Values of options by their names, however the tool reads the rest: `--name v`, `--name=v`, `-n v`, `-nv`, `-name v`. */
export function optionValues(args: readonly Arg[], names: readonly string[]): readonly Arg[] {
  const wanted = new Set(names);
  return args.flatMap((arg, index) => {
    const [, name, value] = /^--?([A-Za-z0-9][\w.:-]*)(?:=([^]*))?$/.exec(arg.text) ?? [];
    if (name === undefined) return [];
    const next = args[index + 1];
    if (wanted.has(name)) return value === undefined ? (next === undefined ? [] : [next]) : [partOf(arg, value)];
    if (arg.text.startsWith("--")) return [];
    const first = name[0] ?? "";
    if (name.length > 1 && wanted.has(first)) return [partOf(arg, arg.text.slice(2).replace(/^=/, ""))];
    return name.length > 1 && name.length < 5 && wanted.has(name.at(-1) ?? "") && next !== undefined ? [next] : [];
  });
}

const isPath = ({ text }: Arg): boolean =>
  text !== "" &&
  !text.startsWith("-") &&
  !/^\d+$/.test(text) &&
  !/^(?:json|text|true|false|stdout|stderr|html|junit|github)$/.test(text);

const codeFile = /\.(?:[cm]?[jt]sx?|py|rb|php|lua|pl|vue|svelte)(?:::[^]*)?$/;

/** Code that a tool loads: the project's own is trusted, what lies elsewhere or is made by this line is judged. */
export function projectCode(on: Evaluation, path: Arg, language: Language): Outcome {
  if (/^(?:https?|data):/.test(path.text)) return on.programFile(path, language, []);
  if (path.text.includes(HOLE)) return path.taints.has("network") ? on.programFile(path, language, []) : on.fine();
  // The name of a package, or of a part of one.
  if (!/^[./~]/.test(path.text) && !codeFile.test(path.text)) return on.fine();
  const places = on.places(path);
  const made = on.contents([path]);
  const news = made.text !== null || made.taints.has("network") || made.taints.has("decoded");
  const inside = places.every(({ zone }) => zone === "workspace" || zone === "workspace-root" || zone === "cache");
  if (inside && !news) return on.fine();
  // A folder, or a file whose language is not told.
  if (!news && !codeFile.test(path.text))
    return on.effect("unknown.script", `load code of \`${shown(path)}\`, which is outside the workspace`);
  return on.programFile(path, language, []);
}

// A folder that a server shows to whoever asks: the project's is meant to be seen.
function served(on: Evaluation, { name }: Call, path: Arg): readonly Outcome[] {
  if (/^\d+$/.test(path.text) || isLocalAddress(path) || /^(?:https?:|[a-z]+$)/.test(path.text)) return [];
  const outside = on
    .places(path)
    .some(({ zone }) => zone !== "workspace" && zone !== "workspace-root" && zone !== "temporary" && zone !== "cache");
  return outside ? [on.effect("infra.publish", `show \`${shown(path)}\` to a network by \`${name}\``)] : [];
}

function acted({ name, args }: Call, on: Evaluation, { acts }: ProjectTool): readonly Outcome[] {
  if (acts === undefined) return [];
  const [first] = args;
  // What is not known may be any of them.
  if (first !== undefined && first.text.startsWith(HOLE))
    return [on.effect("unknown.option", `run \`${name}\` with \`${shown(first)}\``)];
  const text = args.map((arg) => arg.text).join(" ");
  return acts.filter(([form]) => form.test(text)).map(([, kind, what]) => on.effect(kind, `${what} by \`${name}\``));
}

const plainTool: ProjectTool = { writes: "o out output output-file outfile outdir out-dir output-dir report-file" };

/** A table of tools: those with something special, and names of those without. */
export const toolTable = (
  special: Readonly<Record<string, ProjectTool>>,
  plain: string,
): Readonly<Record<string, ProjectTool>> => ({
  ...Object.fromEntries(
    plain
      .split(" ")
      .filter((name) => name !== "")
      .map((name): readonly [string, ProjectTool] => [name, plainTool]),
  ),
  ...special,
});
