// Puts the parts of the evaluation together.
import { isKnown } from "../arg.ts";
import { arithmeticValue } from "./arithmetic.ts";
import { runCode, runCodeStream } from "./code-effects.ts";
import { startWords } from "./dispatch.ts";
import { makeEvaluation } from "./evaluation.ts";
import { valueOf } from "./parameter-values.ts";
import { expandValue } from "./expand-word.ts";
import { runScriptStream, runScriptText } from "./nested-script.ts";
import { runProgramFile } from "./program-file.ts";
import { add, newCollector, type Run } from "./run.ts";
import { checkComputed } from "./subscripts.ts";
import { readSubstitution, walkCommand, walkScript } from "./statements.ts";
import type { Walker } from "./walker.ts";

/** A walker over one run. */
export function makeWalker(run: Run): Walker {
  const walk: Walker = {
    run,
    into: newCollector(),
    choose: (key, count) => {
      if (count <= 1) return 0;
      run.choices ??= new Map();
      const known = run.choices.get(key) ?? { index: 0, count };
      run.choices.set(key, known);
      return Math.min(known.index, count - 1);
    },
    value: (shell, name) => {
      if (!shell.vars.has(name)) return undefined;
      const value = valueOf(walk, shell, name);
      return isKnown(value) ? value.text : undefined;
    },
    ifs: (shell) => (shell.vars.has("IFS") || shell.forgotten ? (walk.value(shell, "IFS") ?? null) : " \t\n"),
    arithmetic: (shell, node) => arithmeticValue(walk, shell, node),
    compute: (shell, value) => checkComputed(walk, shell, value),
    notParsed: (text) => add(walk.into, "unknown.not-parsed", `run \`${text.slice(0, 120)}\`, which cannot be read`),
    expand: (shell, word) => expandValue(walk, shell, word),
    script: (shell, script) => walkScript(walk, shell, script),
    command: (shell, node) => walkCommand(walk, shell, node),
    substitution: (shell, script, operator) => readSubstitution(walk, shell, script, operator),
    start: (shell, start) => startWords(walk, shell, start),
    shellText: (shell, source, how) => runScriptText(walk, shell, source, how),
    shellStream: (shell, stream, how) => runScriptStream(walk, shell, stream, how),
    code: (shell, code) => runCode(walk, shell, code),
    codeStream: (shell, language, stream) => runCodeStream(walk, shell, language, stream),
    programFile: (shell, file) => runProgramFile(walk, shell, file),
    evaluation: (shell, stdin) => makeEvaluation(walk, shell, stdin),
  };
  return walk;
}
