// Every argv that an argv leads to through programs that start others.

import type { Argv } from "../command-contract.ts";
import { interpreterOf } from "./interpreters.ts";
import { wrapperOf, type Wrapper } from "./wrappers.ts";

/** What is reached: argvs in the order they are started (the first is the given one), and texts that something reads as a command. */
export type Reached = { readonly argvs: readonly Argv[]; readonly texts: readonly string[] };

const MAX_DEPTH = 16;

/** Follows `env`, `timeout`, `find -exec` and their like to the end; nesting beyond 16 is left to the guard. */
export function reachedArgvs(argv: Argv): Reached {
  return follow(argv, MAX_DEPTH);
}

function follow(argv: Argv, left: number): Reached {
  const facts = wrapperOf(argv[0] ?? "");
  if (facts === undefined || left === 0) return { argvs: [argv], texts: [] };
  const inner = innerArgvs(argv, facts).map((one) => follow(one, left - 1));
  return {
    argvs: [argv, ...inner.flatMap(({ argvs }) => argvs)],
    texts: [...textsOf(argv, facts), ...inner.flatMap(({ texts }) => texts)],
  };
}

function innerArgvs(argv: Argv, facts: Wrapper): readonly Argv[] {
  if (facts.exec_options.length > 0) return execArgvs(argv, facts);
  const start = innerStart(argv, facts);
  // SECURITY: an option that the table does not know to take a value, or knows wrongly, must not hide a shell.
  const unsure = argv.slice(1, start).some((word) => word.startsWith("-") && !facts.value_options.includes(word));
  const known = argv.findIndex((word, at) => at > 0 && (unsure || at < start) && startsMore(word));
  return [...new Set([known, start])].filter((at) => at > 0 && at < argv.length).map((at) => argv.slice(at));
}

function startsMore(word: string): boolean {
  return interpreterOf(word) !== undefined || wrapperOf(word) !== undefined;
}

function innerStart(argv: Argv, facts: Wrapper): number {
  let operands = facts.operands;
  let at = 1;
  for (; at < argv.length; at += 1) {
    const word = argv[at] ?? "";
    if (word === "--" && operands === 0) return at + 1;
    if (word.startsWith("-") && word.length > 1) {
      if (facts.value_options.includes(word) || facts.text_options.includes(word)) at += 1;
      continue;
    }
    if (facts.assignments && /^[A-Za-z_]\w*=/.test(word)) continue;
    if (operands === 0) return at;
    operands -= 1;
  }
  return at;
}

function execArgvs(argv: Argv, facts: Wrapper): readonly Argv[] {
  const found: Argv[] = [];
  for (const [index, word] of argv.entries()) {
    if (!facts.exec_options.includes(word)) continue;
    const rest = argv.slice(index + 1);
    const end = rest.findIndex((one) => one === ";" || one === "+");
    found.push(end < 0 ? rest : rest.slice(0, end));
  }
  return found.filter((one) => one.length > 0);
}

function textsOf(argv: Argv, facts: Wrapper): readonly string[] {
  return argv.flatMap((word, index) => {
    if (index === 0) return [];
    if (facts.text_options.includes(word)) return [argv[index + 1] ?? ""];
    const joined = facts.text_options.find((option) => word.startsWith(option) && !word.startsWith(`${option}-`));
    return joined === undefined ? [] : [word.slice(joined.length).replace(/^=/, "")];
  });
}
