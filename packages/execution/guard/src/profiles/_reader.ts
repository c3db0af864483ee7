// Programs that read files and print something of them: one judgement for all, over a table of what each one's words mean.
import { type Arg, HOLE, type Stream, textStream } from "../arg.ts";
import { type Grammar, type Options, readOptions } from "../options.ts";
import type { Call, Evaluation, Outcome } from "../profile.ts";
import { filteredFiles, readFile, readTree } from "./_read-files.ts";
import { writeResult } from "./_written-files.ts";

/** What the words of a reader mean. Options that it does not name are harmless. */
export interface Reader {
  readonly options: Grammar;
  /** Options whose value is a file that is read as well. */
  readonly reads?: readonly string[];
  /** Options whose value is a file that the result goes to. */
  readonly writes?: readonly string[];
  /** Options whose value is a shell command. */
  readonly shells?: readonly string[];
  /** Options whose value is a program that is started. */
  readonly programs?: readonly string[];
  /** How many operands come before the files: a pattern, a set. */
  readonly words?: (given: Options) => number;
  /** Number of operands that are read; the next one is the file the result goes to (`uniq in out`). */
  readonly most?: number;
  /** It walks folders. */
  readonly walks?: (given: Options) => boolean;
  /** Nothing of the content is printed: numbers, names, sums. */
  readonly tells?: true;
}

/** Judges a call of a reader. */
export function judgeReader(call: Call, on: Evaluation, shape: Reader): Outcome {
  const given = readOptions(call.args, shape.options);
  const operands = given.operands.slice(shape.words?.(given) ?? 0);
  const files = operands.slice(0, shape.most);
  const look = shape.walks?.(given) === true ? readTree : readFile;
  const read = [...files, ...valuesOf(given, shape.reads)].map((path) => look(on, path));
  const stdout = shape.tells === true ? on.fine().stdout : filteredFiles(on, files, call.stdin);
  const written = [...valuesOf(given, shape.writes), ...operands.slice(files.length)].map((path) =>
    writeResult(call, on, path, stdout),
  );
  const shells = valuesOf(given, shape.shells).map((text) => on.script(text, { stdin: stdout }));
  const programs = valuesOf(given, shape.programs).map((program) => startProgram(on, program, stdout));
  return on.printing(on.join(...read, ...written, ...shells, ...programs, on.fine()), stdout);
}

const valuesOf = (given: Options, names: readonly string[] = []): readonly Arg[] =>
  names.flatMap((name) => given.values(name));

/** A program named by an option, started with words that are not known. */
export const startProgram = (on: Evaluation, program: Arg, stdin: Stream): Outcome =>
  program.text.includes(" ") || program.text.includes(HOLE)
    ? on.script(program, { stdin })
    : on.run([program], { stdin });

/** A known line as what a program prints. */
export const line = (text: string): Stream => textStream(`${text}\n`);
