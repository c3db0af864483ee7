// What the parts of the evaluation need of each other: a shell runs commands that hold words that hold commands. Each part is a file that
// knows this interface; make-walker.ts puts them together.
import type { ArithmeticExpression, CommandNode, CompoundList, ParsedScript, Word } from "unbash";
import type { Arg, Stream } from "../arg.ts";
import type { Language, ScriptHow } from "../profile.ts";
import type { Code } from "./code-effects.ts";
import type { Start } from "./dispatch.ts";
import type { ShellEvaluation } from "./evaluation.ts";
import type { ProgramFile } from "./program-file.ts";
import type { Collector, Run } from "./run.ts";
import type { Shell } from "./shell.ts";

/** What walking needs everywhere. `into` is where effects go at this moment. */
export interface Walker {
  readonly run: Run;
  into: Collector;
  /** Index of the alternative that is looked at; every one gets its turn. */
  choose(key: string, count: number): number;
  /** A variable's value when it is known. */
  value(shell: Shell, name: string): string | undefined;
  /** What words are split at; null when it is not known. */
  ifs(shell: Shell): string | null;
  arithmetic(shell: Shell, node: ArithmeticExpression): number | null;
  /** Looks at a value that is computed as an expression: what it runs and what it sets. */
  compute(shell: Shell, value: Arg): void;
  /** Something could not be read: the command is refused. */
  notParsed(text: string): void;
  /** The value of a word where no splitting happens. */
  expand(shell: Shell, word: Word): Arg;
  /** Every statement of a script; what it prints. */
  script(shell: Shell, script: ParsedScript): Stream;
  /** One command, simple or compound. */
  command(shell: Shell, node: CommandNode | CompoundList): Stream;
  /** The commands of `$(…)`, `<(…)` or `>(…)`. */
  substitution(shell: Shell, script: ParsedScript | undefined, operator: "$" | "<" | ">"): Stream;
  /** Starts words as a command. */
  start(shell: Shell, start: Start): Stream;
  /** Runs a text, or what arrives on a stream, as a shell program. */
  shellText(shell: Shell, source: Arg, how: ScriptHow): Stream;
  shellStream(shell: Shell, stream: Stream, how: ScriptHow): Stream;
  /** Runs a text, or what arrives on a stream, as a program of another language. */
  code(shell: Shell, code: Code): Stream;
  codeStream(shell: Shell, language: Language, stream: Stream): Stream;
  /** Runs a file as a program. */
  programFile(shell: Shell, file: ProgramFile): Stream;
  /** What profiles may ask, bound to one shell at this moment. */
  evaluation(shell: Shell, stdin: Stream): ShellEvaluation;
}
