// Where the shell stands.
import { emptyStream, literal } from "../../arg.ts";
import { resolvePlaces } from "../../paths/resolve-places.ts";
import { type Builtin, operands, printed, unknownOutput } from "./builtin.ts";

/** `cd`, `pushd`: where the shell stands afterwards. */
export const cd: Builtin = (walk, shell, start) => {
  const [target] = operands(start);
  if (target?.text === "-") {
    [shell.cwds, shell.previous] = [shell.previous, shell.cwds];
    return emptyStream;
  }
  const to = target ?? literal(walk.run.setting.home);
  shell.previous = shell.cwds;
  if (shell.elsewhere) return emptyStream;
  const places = resolvePlaces(to, { setting: walk.run.setting, facts: walk.run.facts, cwds: shell.cwds });
  const dirs = places.flatMap(({ real, any_child }) => (real === null || any_child ? [] : [real]));
  // A directory that is not there leaves the shell where it was.
  const sure = places.every(({ exists }) => exists);
  shell.cwds =
    dirs.length < places.length
      ? to.glob
        ? dirs
        : []
      : [...new Set([...dirs, ...(sure ? [] : shell.cwds)])].slice(0, 8);
  return emptyStream;
};

/** `pwd`: where it stands, if that is one place. */
export const pwd: Builtin = (_walk, shell) => {
  const [only] = shell.cwds;
  return shell.cwds.length === 1 && only !== undefined ? printed(literal(`${only}\n`)) : unknownOutput;
};
