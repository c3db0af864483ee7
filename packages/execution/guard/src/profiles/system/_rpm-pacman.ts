// rpm and pacman: what their options say they do.
import { HOLE, known } from "../../arg.ts";
import { change, type PackageJudge, toolExec } from "./_package-judges.ts";

/** `rpm`. */
export const rpm: PackageJudge = (call, on) => {
  const words = call.args.map(({ text }) => text);
  const macros = words.some(
    (word, index) =>
      /%\(/.test(word) || (word.includes(HOLE) && /^(?:-E|--eval|-D|--define)$/.test(words[index - 1] ?? "")),
  );
  if (macros || words.some((word) => /^--(?:pipe|load|macros|rcfile|predefine)/.test(word))) return toolExec(call, on);
  if (words.some((word) => /^--(?:eval|showrc|querytags|version|help|test)|^-E/.test(word))) return on.fine();
  const first = words.find((word) => word.startsWith("-")) ?? "";
  const looks =
    /^(?:-[a-zA-Z]*[qVK]|--(?:query|verify|checksig))/.test(first) &&
    !words.some(
      (word) =>
        /^(?:-[a-zA-Z]*[iUFe][a-zA-Z]*$|--(?:install|upgrade|freshen|erase|import|rebuilddb|initdb|setperms|setugids|restore))/.test(
          word,
        ) && !/^-q/.test(word),
    );
  return looks ? on.fine() : change(call, on);
};

/** `pacman` and what wraps it: the letters of the first option say what it does. */
export const pacman: PackageJudge = (call, on) => {
  const words = call.args.map((arg) => known(arg) ?? HOLE);
  const all = words
    .filter((word) => /^-/.test(word))
    .map((word) =>
      word.replace(
        /^--(query|files|deptest|version|help|search|info|list|groups|sync|upgrade|remove|database|refresh|sysupgrade|clean|downloadonly|check)$/,
        (_all, name: string) => `-${letters[name] ?? "?"}`,
      ),
    );
  const joined = all
    .filter((word) => /^-[A-Za-z?]+$/.test(word))
    .join("")
    .replaceAll("-", "");
  const looks =
    /^[QTVh][a-z]*$|^D[k]+$|^P[a-z]*$/.test(joined) ||
    (/^S[silgpqv]+$/.test(joined) && /[silg]/.test(joined)) ||
    /^F[sloqv]*$/.test(joined);
  return looks && !words.includes(HOLE) ? on.fine() : change(call, on);
};

const letters: Readonly<Record<string, string>> = {
  query: "Q",
  files: "F",
  deptest: "T",
  version: "V",
  help: "h",
  search: "s",
  info: "i",
  list: "l",
  groups: "g",
  sync: "S",
  upgrade: "U",
  remove: "R",
  database: "D",
  refresh: "y",
  sysupgrade: "u",
  clean: "c",
  downloadonly: "w",
  check: "k",
};
