// One file that is many programs: what it is called with first is the program.
import { type Arg, known } from "../../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";

export const profile: Profile = {
  names: [
    "busybox",
    "busybox.static",
    "toybox",
    "coreutils",
    "uutils",
    "sbase-box",
    "ubase-box",
    "busybox-*",
    "toybox-*",
  ],
  summary: "many programs in one file",
  judge: (call, on) => {
    const words = applet(call);
    return words === null ? on.fine() : runApplet(on, call, words);
  },
  matches: [
    { line: "busybox sh -c 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "busybox busybox sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "toybox sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "coreutils --coreutils-prog=rm -rf /etc", decision: "deny", effect: "delete.floor" },
    { line: "coreutils --coreutils-prog rm -rf /etc", decision: "deny", effect: "delete.floor" },
    { line: "busybox rm -rf dist", decision: "rewrite", effect: "delete.trash" },
    { line: "busybox $X", decision: "ask", effect: "unknown.command-word" },
  ],
  spares: ["busybox", "busybox --list", "busybox echo ok", "toybox --version", "coreutils --help"],
};

// `--install` makes links under every applet's name, wherever it is told to.
function applet({ args, name }: Call): readonly Arg[] | null {
  const [first, ...rest] = args;
  if (first === undefined) return null;
  const { text } = first;
  if (name === "coreutils" && /^--coreutils-prog(?:-shebang)?$/.test(text)) return rest;
  const prog = /^--coreutils-prog(?:-shebang)?=(.*)$/s.exec(text);
  if (prog !== null) return [{ ...first, text: prog[1] ?? "" }, ...rest];
  if (/^--(?:list(?:-full|-modules)?|help|version|long|path)$/.test(text)) return null;
  return args;
}

function runApplet(on: Evaluation, { word, name }: Call, words: readonly Arg[]): Outcome {
  const [head, ...rest] = words;
  if (head === undefined) return on.fine();
  if (known(head) === "--install")
    return on.effect("unknown.outside-write", `have \`${name}\` put its programs under every name`);
  // The rewrite of `busybox rm` replaces both words: the trash is no applet.
  const at = word.at === null || head.at === null ? null : { start: word.at.start, end: head.at.end };
  return on.run([{ ...head, at }, ...rest]);
}
