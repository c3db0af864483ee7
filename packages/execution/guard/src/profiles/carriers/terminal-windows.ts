// Windows with a terminal in them: a command after `-e`, `--` or a verb of their own.
import { type Arg, known } from "../../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { asksForHelp, runJoined } from "../_words.ts";

export const profile: Profile = {
  names: [
    "xterm",
    "uxterm",
    "rxvt",
    "urxvt",
    "st",
    "kitty",
    "alacritty",
    "wezterm",
    "foot",
    "ghostty",
    "konsole",
    "gnome-terminal",
    "xfce4-terminal",
    "lxterminal",
    "mate-terminal",
    "terminator",
    "tilix",
    "x-terminal-emulator",
    "qterminal",
    "terminology",
    "kgx",
    "ptyxis",
  ],
  summary: "opens a terminal",
  judge: (call, on) => (asksForHelp(call.args) ? on.fine() : opened(call, on)),
  matches: [
    { line: "xterm -e 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "gnome-terminal -- sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "kitty @ launch sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "wezterm start -- sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "alacritty --command sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "xterm", decision: "ask", effect: "unknown.option" },
  ],
  spares: ["kitty --version", "wezterm --help"],
};

// A terminal without a command waits for somebody to type, and what is typed is seen by no hook.
function opened(call: Call, on: Evaluation): Outcome {
  const words = started(call);
  const open = on.effect("unknown.option", `open a terminal by \`${call.name}\``);
  return words.length === 0 ? open : on.join({ ...runJoined(on, words), edits: [] }, open);
}

function started({ name, args }: Call): readonly Arg[] {
  const at = args.findIndex(({ text }) => /^(?:--|-e|-x|--execute|--command|--hold)$/.test(text));
  if (at >= 0) return args.slice(at + 1);
  const glued = args.find(({ text }) => /^--(?:command|execute)=/.test(text));
  if (glued !== undefined) return [{ ...glued, text: glued.text.slice(glued.text.indexOf("=") + 1), at: null }];
  const verbs = name === "kitty" ? /^(?:@|launch|\+kitten|send-text)$/ : /^(?:start|cli|spawn|split-pane)$/;
  const verb = args.findLastIndex((arg) => verbs.test(known(arg) ?? ""));
  const rest = args.slice(verb + 1);
  const first = rest.findIndex(({ text }) => !text.startsWith("-"));
  return first < 0 || (verb < 0 && name !== "kitty" && name !== "foot" && name !== "st") ? [] : rest.slice(first);
}
