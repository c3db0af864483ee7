// Shells and interpreters are refused by what they are and by how they are reached, not by the name in the first place (F-22).

import type { Argv } from "../command-contract.ts";
import { referenceBlocks } from "../reference/blocked-command.ts";
import { interpreterOf } from "./interpreters.ts";
import { isCode, optionWords } from "./option-words.ts";
import { programName } from "./program-name.ts";
import { reachedArgvs, type Reached } from "./reached-argvs.ts";

/** The shell or interpreter that this argv is or starts, by its name; null when none is known. */
export function reachedInterpreter(argv: Argv): string | null {
  return interpreterName(argv, reachedArgvs(argv));
}

/**
 * What hardened mode refuses unless the policy names it: every shell and interpreter, and the wrappers of the reference's list, wherever
 * they stand in the line. The program's name; null when there is none.
 */
export function hardenedRefusal(argv: Argv): string | null {
  return hardenedName(argv, reachedArgvs(argv));
}

/** The program that reads one of these arguments as code: `python3 -Ic`, `timeout 5 bash -lc`, `env -S`. Null when none is known to. */
export function inlineCode(argv: Argv): string | null {
  return codeReader(argv, reachedArgvs(argv));
}

function interpreterName(argv: Argv, { argvs, texts }: Reached): string | null {
  const found = argvs.find(([argv0 = ""]) => interpreterOf(argv0) !== undefined);
  if (found !== undefined) return nameOf(found);
  return texts.length > 0 ? nameOf(argv) : null;
}

/** `hardenedRefusal` for an argv whose reach is known. */
export function hardenedName(argv: Argv, reached: Reached): string | null {
  const listed = reached.argvs.find((one) => referenceBlocks(one) !== undefined);
  return interpreterName(argv, reached) ?? (listed === undefined ? null : nameOf(listed));
}

/** `inlineCode` for an argv whose reach is known. */
export function codeReader(argv: Argv, { argvs, texts }: Reached): string | null {
  if (texts.length > 0) return nameOf(argv);
  const found = argvs.find((one) => readsCode(one));
  return found === undefined ? null : nameOf(found);
}

function nameOf([argv0 = ""]: Argv): string {
  return programName(argv0);
}

function readsCode(argv: Argv): boolean {
  const facts = interpreterOf(argv[0] ?? "");
  if (facts === undefined) return false;
  const { options, operand } = optionWords(argv, facts);
  return options.some(({ name }) => isCode(name, facts)) || facts.code_words.includes(argv[operand] ?? "");
}
