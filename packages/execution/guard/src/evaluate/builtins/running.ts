// Words and files as commands, and where programs are.
import { emptyStream, isKnown, literal } from "../../arg.ts";
import { followLinks } from "../../paths/follow-links.ts";
import { joinArgs } from "../join-args.ts";
import { profileOf } from "../profile-book.ts";
import { childShell } from "../child-shell.ts";
import { keepValue } from "../assign-variable.ts";
import { changed, mergeShells } from "../merge-shells.ts";
import { leaveEarly, type Shell, subshell } from "../shell.ts";
import { anyOf, sameVariable, unknownVariable } from "../variable.ts";
import type { Walker } from "../walker.ts";
import { type Builtin, operands, printed, unknownOutput } from "./builtin.ts";

/** `eval`: its words as shell text, here. */
export const evaluate: Builtin = (walk, shell, { words, stdin }) => {
  const rest = words.slice(1);
  const plain = rest.length === 1 ? rest : rest.map((arg) => ({ ...arg, at: null }));
  return walk.shellText(shell, plain.length === 1 && plain[0] !== undefined ? plain[0] : joinArgs(plain), {
    here: true,
    stdin,
  });
};

/** `source`, `.`: a file as shell text, here. */
export const source: Builtin = (walk, shell, start) => {
  const [path, ...args] = operands(start);
  if (path === undefined) return emptyStream;
  return walk.programFile(shell, { path, language: "shell", args, stdin: start.stdin, started: false, here: true });
};

/** `exec`, `command`, `builtin`: the words after their options, as a command. */
export const peel =
  (options: RegExp, withValue: RegExp): Builtin =>
  (walk, outside, start) => {
    const cleared = start.words[0]?.text === "exec" && start.words.some(({ text }) => /^-[a-z]*c/.test(text));
    const shell = cleared ? childShell(outside, walk.run.setting, { cleared }) : outside;
    // `exec > file`: what is printed from now on goes somewhere else.
    if (start.words.length === 1) outside.ended ??= {};
    let rest = start.words.slice(1);
    while (rest[0] !== undefined && options.test(rest[0].text)) rest = rest.slice(withValue.test(rest[0].text) ? 2 : 1);
    if (rest[0]?.text === "--") rest = rest.slice(1);
    // The function of that name is passed by.
    return walk.start(shell, { ...start, words: rest, passes: "functions" });
  };

/** `command`: a program past functions, or where it is. */
export const command: Builtin = (walk, shell, start) => {
  if (/^-[a-zA-Z]*[vV]/.test(start.words[1]?.text ?? ""))
    return whereIs(walk, shell, { ...start, words: start.words.slice(1) });
  return peel(/^-p$/, /^$/)(walk, shell, start);
};

/** `which`, `type -p`, `command -v`: where programs are, by name only. */
export const whereIs: Builtin = (walk, _shell, start) => {
  const names = operands(start);
  if (names.some((name) => !isKnown(name))) return unknownOutput;
  return printed(literal(names.map(({ text }) => pathOf(walk, text)).join("\n") + "\n"));
};

function pathOf({ run }: Walker, name: string): string {
  if (name.includes("/")) return name;
  for (const dir of run.setting.path) {
    const found = followLinks(`${dir}/${name}`, run.facts, { last: "keep", cwd: "/" });
    if (found.fact !== undefined) return `${dir}/${name}`;
  }
  return profileOf(name) === undefined ? name : `/usr/bin/${name}`;
}

/** `trap`: a text that runs later, at any moment from now on. */
export const trap: Builtin = (walk, shell, start) => {
  const [action, ...signals] = operands(start);
  if (action === undefined || signals.length === 0 || action.text === "" || action.text === "-") return emptyStream;
  const base = subshell(shell);
  const scope = subshell(shell);
  walk.shellText(scope, action, { here: true });
  shell.traps.push({ action, base, later: { vars: new Map(), shells: [] } });
  // Nothing comes after the end.
  if (signals.every(({ text }) => text === "EXIT" || text === "0")) return emptyStream;
  for (const [name, value] of scope.vars) if (!sameVariable(base.vars.get(name), value)) keepValue(shell, name, value);
  const kept = new Map(shell.kept);
  mergeShells(shell, [base, scope]);
  shell.kept = kept;
  // Where it leaves the shell is where every later command may find it.
  if (base.cwds.join("\u0001") !== scope.cwds.join("\u0001")) shell.vars.set("CDPATH", unknownVariable);
  return emptyStream;
};

/** SECURITY: `x=ls; trap '$x id' EXIT; x=sudo`: what was set after a trap is what it sees; it is read again at the end of the line. */
export function runTraps(walk: Walker, shell: Shell): void {
  for (const { action, base, later } of shell.traps.splice(0)) {
    if (later.vars.size === 0 && later.shells.length === 0 && !changed(base, shell)) continue;
    const scope = subshell(base);
    mergeShells(scope, [base, shell, ...later.shells]);
    for (const [name, values] of later.vars)
      scope.vars.set(name, anyOf([base.vars.get(name) ?? unknownVariable, ...values]));
    walk.shellText(scope, action, { here: true });
  }
}

/** `exit`: nothing that follows runs, if this did. */
export const exit: Builtin = (_walk, shell) => {
  shell.ended ??= {};
  return emptyStream;
};

/** `return`, `break`, `continue`: what follows may not run. */
export const leave: Builtin = (_walk, shell) => {
  leaveEarly(shell);
  return emptyStream;
};
