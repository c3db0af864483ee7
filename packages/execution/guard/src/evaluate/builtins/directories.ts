// Where the shell stands.
import { type Arg, emptyStream, literal, unknownArg } from "../../arg.ts";
import { resolvePlaces } from "../../paths/resolve-places.ts";
import { type Shell, subshell } from "../shell.ts";
import type { Walker } from "../walker.ts";
import { type Builtin, operands, printed, unknownOutput } from "./builtin.ts";

/** Directories that are looked at one by one; more is a directory that is not known. */
const MAX_DIRECTORIES = 8;

/** `cd`: where the shell stands afterwards. */
export const cd: Builtin = (walk, shell, start) => {
  const printed = change(walk, shell, start);
  for (const { later } of shell.traps) later.shells.push(subshell(shell));
  return printed;
};

const change: Builtin = (walk, shell, start) => {
  const [target] = operands(start);
  // What was assigned to them by name is gone.
  for (const name of ["PWD", "OLDPWD"]) shell.vars.delete(name);
  if (target?.text === "-") {
    [shell.cwds, shell.previous] = [shell.previous, shell.cwds];
    return emptyStream;
  }
  const to = target ?? homeOf(walk, shell);
  shell.previous = shell.cwds;
  if (shell.elsewhere) return emptyStream;
  // SECURITY: `CDPATH=/; cd etc` goes to `/etc`.
  if ((shell.vars.has("CDPATH") || shell.forgotten) && !/^\.{0,2}\//.test(to.text) && !/^\.{1,2}$/.test(to.text)) {
    shell.cwds = [];
    return emptyStream;
  }
  const places = resolvePlaces(to, { setting: walk.run.setting, facts: walk.run.facts, cwds: shell.cwds });
  const dirs = places.flatMap(({ real, any_child, kind }) =>
    real === null || (any_child && kind === "unknown") ? [] : [real],
  );
  // A directory that is not there leaves the shell where it was.
  const sure = places.every(({ exists }) => exists);
  const all = [...new Set([...dirs, ...(sure ? [] : shell.cwds)])];
  shell.cwds = dirs.length < places.length ? (to.glob ? dirs : []) : all.length > MAX_DIRECTORIES ? [] : all;
  return emptyStream;
};

// SECURITY: `HOME=/; cd; rm -rf *`.
function homeOf(walk: Walker, shell: Shell): Arg {
  if (!shell.vars.has("HOME") && !shell.forgotten) return literal(walk.run.setting.home);
  const home = walk.value(shell, "HOME");
  return home === undefined ? unknownArg("variable") : literal(home);
}

/** `pushd`: as `cd`, and the directory that is left is remembered. */
export const pushd: Builtin = (walk, shell, start) => {
  const [target] = operands(start);
  const stays = start.words.some(({ text }) => text === "-n");
  shell.pushed = [...new Set([...shell.pushed, ...shell.cwds])];
  if (target !== undefined && !stays && !/^[-+]\d*$/.test(target.text)) return cd(walk, shell, start);
  if (stays && target !== undefined) {
    const other = subshell(shell);
    cd(walk, other, { ...start, words: [literal("cd"), target] });
    shell.pushed = [...new Set([...shell.pushed, ...other.cwds])];
    return emptyStream;
  }
  return popd(walk, shell, start);
};

/** `popd`: back to a directory of before; which one is not followed. */
export const popd: Builtin = (_walk, shell) => {
  for (const name of ["PWD", "OLDPWD"]) shell.vars.delete(name);
  const all = [...new Set([...shell.pushed, ...shell.previous, ...shell.cwds])];
  shell.cwds = all.length > MAX_DIRECTORIES ? [] : all;
  for (const { later } of shell.traps) later.shells.push(subshell(shell));
  return emptyStream;
};

/** `pwd`: where it stands, if that is one place. */
export const pwd: Builtin = (_walk, shell) => {
  const [only] = shell.cwds;
  return shell.cwds.length === 1 && only !== undefined ? printed(literal(`${only}\n`)) : unknownOutput;
};
