// Commands that a platform runs in an app of its own, or on this machine with the app's variables.
import type { Arg } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Special } from "../_subcommands.ts";
import { sensed } from "../_subcommands.ts";
import { runInside, scriptInside } from "../containers/_inside.ts";

const insideOptions = grammar(
  "a,app= r,remote= s,size,select= e,env= exit-code x t,type= no-tty no-notify no-launcher C,command= n,number= i,instance= p,port,project= u,user= g,machine,process-group= region= org= pty service= environment= d,dyno,deployment-instance= c,config= help",
  { posix: true },
);

/** A command in a running app: one word is a text for its shell. */
export const insideApp: Special = ({ on, tail, name }) => {
  const { operands, values } = readOptions(tail, insideOptions);
  const words = operands[0]?.text === "--" ? operands.slice(1) : operands;
  const [only] = words;
  const ran = only !== undefined && words.length === 1 ? scriptInside(on, only) : runInside(on, words);
  return on.join(ran, ...values("command").map((text) => scriptInside(on, text)), sensed(on, "remote", name));
};

/** The words after the options as a command of this machine. */
export const onThisMachine: Special = ({ on, tail }) => {
  const start = tail.findIndex(({ text }) => !text.startsWith("-") || text === "--");
  const words: readonly Arg[] = start < 0 ? [] : tail.slice(tail[start]?.text === "--" ? start + 1 : start);
  const [only] = words;
  if (only === undefined) return on.fine();
  return words.length === 1 ? on.script(only) : on.run(words);
};
