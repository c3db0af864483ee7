// Names that stand for something else, and the history.
import { emptyStream, HOLE, isKnown, type Stream, type Taint } from "../../arg.ts";
import { checkDefinedName } from "../defined-names.ts";
import { add } from "../run.ts";
import { unknownVariable } from "../variable.ts";
import { type Builtin } from "./builtin.ts";

const historyOutput: Stream = { text: null, taints: new Set<Taint>(["secret"]), files: [], from: "pipe" };

/** `alias`: a name for a text. */
export const alias: Builtin = (walk, shell, { words }) => {
  // zsh: names that stand for a text wherever they are written, or for the program of every file with that ending.
  if (words.some(({ text }) => /^-[a-zA-Z]*[gs]/.test(text)))
    add(walk.into, "bypass.hidden-name", "let a word that is no command stand for another text");
  for (const arg of words.slice(1)) {
    const cut = arg.text.indexOf("=");
    if (cut < 0) continue;
    const name = arg.text.slice(0, cut);
    // `alias grep='grep --color'`: the same program, and each use is read as it stands.
    if (!new RegExp(`^\\s*${name.replaceAll(/[^\w-]/g, "\\$&")}(?:\\s|$)`).test(arg.text.slice(cut + 1)))
      checkDefinedName(walk, name, "alias");
    if (isKnown(arg)) shell.aliases.set(name, arg.text.slice(cut + 1));
    else
      add(
        walk.into,
        "code-injection.dynamic",
        `make the alias \`${name.replaceAll(HOLE, "…")}\` of a text that is only known when it runs`,
      );
  }
  return emptyStream;
};

/** `unalias`: the name may stand for itself again; that is looked at for every alias. */
export const unalias: Builtin = () => emptyStream;

/** `hash -p`: a path under a name. */
export const hash: Builtin = (walk, _shell, { words }) => {
  const at = words.findIndex(({ text }) => /^-[a-zA-Z]*p$/.test(text));
  if (at > 0) for (const { text } of words.slice(at + 2)) checkDefinedName(walk, text, "hash");
  return emptyStream;
};

/** `enable`: builtins loaded or hidden. */
export const enable: Builtin = (walk, _shell, { words }) => {
  if (words.slice(1).some(({ text }) => /^-[a-zA-Z]*[fnd]/.test(text)))
    add(walk.into, "bypass.loader", "load or hide builtins of the shell");
  return emptyStream;
};

/** `history`, `fc`: what was typed before. */
export const history: Builtin = (walk, _shell, { words }) => {
  if (words[0]?.text === "fc" && !words.some(({ text }) => /^-[a-zA-Z]*l/.test(text)))
    add(walk.into, "code-injection.dynamic", "run commands of the history again");
  if (words.some(({ text }) => /^-[a-zA-Z]*[cdw]/.test(text)))
    add(walk.into, "self-protect.agent-config", "change the shell's history");
  return historyOutput;
};

/** `shopt`: options that change how text is read. */
export const shopt: Builtin = (walk, shell, { words }) => {
  const names = words.slice(1).map(({ text }) => text);
  if (names.includes("-s") && names.some((name) => /^(?:expand_aliases|histexpand)$/.test(name)))
    add(walk.into, "bypass.hidden-name", "let names stand for other commands");
  // SECURITY: `cd x` may go to whatever a variable `x` holds, or to a name that is spelled like it.
  if (names.includes("-s") && names.some((name) => /^(?:cdable_vars|cdspell)$/.test(name)))
    shell.vars.set("CDPATH", unknownVariable);
  return emptyStream;
};
