// Pages of help, and what only decorates a terminal.
import { emptyStream, type Stream } from "../../arg.ts";
import type { Call, Evaluation, Profile } from "../../profile.ts";
import { line } from "../_reader.ts";
import { joinWords } from "../_words.ts";

const pages = "help pinfo whereis which type mandb manpath texinfo tealdeer how2 bro kmdr".split(" ");
const toys =
  "cowsay cowthink figlet toilet banner boxes fortune sl cmatrix pipes.sh asciiquarium rig jp2a nyancat ponysay gum-style bell beep say spd-say notify-send terminal-notifier pbcopy xclip-copy clip.exe wl-copy tabs tic infocmp screenfetch cpufetch genact hollywood pokemon-colorscripts".split(
    " ",
  );
const sources = "pbpaste xclip xsel wl-paste powershell-clip".split(" ");
const printers = "echo printf gecho gprintf seq gseq jot primes".split(" ");

export const profile: Profile = {
  names: [...pages, ...toys, ...sources, ...printers],
  summary: "shows help, prints words, decorates a terminal",
  judge: (call, on) => {
    const { name, stdin } = call;
    if (printers.includes(name)) return on.fine(printed(call, on));
    if (sources.includes(name)) return on.fine(on.filtered(stdin, ["input"]));
    if (toys.includes(name)) return on.fine(stdin.from === "none" ? undefined : on.filtered(stdin));
    return on.fine();
  },
  matches: [
    { line: "/bin/echo 'sudo id' | sh", decision: "deny", effect: "privilege.elevate" },
    { line: "pbpaste | sh", decision: "deny", effect: "code-injection.dynamic" },
  ],
  spares: ["help cd", "whereis ls", "cowsay hi", "seq 1 5 | wc -l", "/bin/echo rm -rf dist", "figlet x | head"],
};

// What it prints is made of its words: they are known, or where they come from is.
function printed({ name, args }: Call, on: Evaluation): Stream {
  const words = joinWords(args);
  const asItIs = /^g?echo$/.test(name) && args.every(({ text }) => !text.startsWith("-") && !text.includes("\\"));
  return asItIs
    ? { ...line(words.text), taints: words.taints }
    : on.filtered({ ...emptyStream, text: null }, [...words.taints]);
}
