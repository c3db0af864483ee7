// Runners of JavaScript projects: several commands beside each other, one command on every change, scripts by pattern.
import { type Arg, isKnown } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { scriptNames, scriptOutcome } from "../../supply/clients/package-script.ts";
import { asksForHelp, joinWords, oddWords, partOf, runJoined } from "../_words.ts";

type Judge = (call: Call, on: Evaluation) => Outcome;
const judges: Readonly<Record<string, Judge>> = {
  concurrently,
  conc: concurrently,
  nodemon,
  "npm-run-all": runAll,
  "npm-run-all2": runAll,
  "run-s": runAll,
  "run-p": runAll,
  "start-server-and-test": serverAndTest,
  "server-test": serverAndTest,
  supervisor: nodemon,
  "wait-on": waitOn,
  "node-dev": nodemon,
  "run-pty": pty,
};

export const profile: Profile = {
  names: Object.keys(judges),
  summary: "runs commands and scripts of a JavaScript project",
  judge: (call, on) => (asksForHelp(call.args) ? on.fine() : (judges[call.name]?.(call, on) ?? on.fine())),
  matches: [
    { line: "concurrently 'echo a' 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "concurrently -n a,b --teardown 'sudo id' 'echo b'", decision: "deny", effect: "privilege.elevate" },
    { line: "nodemon --exec 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "nodemon -x \"bash -c 'sudo id'\" app.js", decision: "deny", effect: "privilege.elevate" },
    { line: "nodemon --exec sudo -- id", decision: "deny", effect: "privilege.elevate" },
    { line: 'concurrently "$CMD"', decision: "deny", effect: "code-injection.dynamic" },
    { line: "run-pty % echo a % sudo id", decision: "deny", effect: "privilege.elevate" },
  ],
  spares: [
    "concurrently npm:build npm:test",
    "concurrently -k 'echo a' 'echo b'",
    "nodemon dist/index.js",
    "nodemon --watch src --ext ts dist/index.js",
    "run-s build test",
    "npm-run-all --parallel 'build:*' test -- --fix",
    "wait-on http://localhost:3000",
  ],
};

const beside = grammar(
  "m,max-processes= n,names= name-separator= s,success= r,raw no-color hide= g,group timings P,passthrough-arguments teardown= k,kill-others kill-others-on-fail kill-timeout= kill-signal,ks= p,prefix= c,prefix-colors= l,prefix-length= pad-prefix t,timestamp-format= i,handle-input default-input-target= restart-tries= restart-after= shell= cwd=",
);

function concurrently(call: Call, on: Evaluation): Outcome {
  const read = readOptions(call.args, beside);
  const texts = [...read.values("teardown"), ...read.operands];
  const shell = read.value("shell");
  const other = shell === undefined ? [] : [on.run([shell])];
  return on.join(...oddWords(on, call.name, read.unknown), ...other, ...texts.map((text) => runOrScript(on, text)));
}

const shorthand = /^(?:npm|yarn|pnpm|bun|node|deno):(.+)$/;

// `npm:build` is a script of the project, `npm:build:*` all that fit.
function runOrScript(on: Evaluation, text: Arg): Outcome {
  const name = isKnown({ ...text, glob: false }) ? shorthand.exec(text.text)?.[1] : undefined;
  return name === undefined ? on.script(text) : runScripts(on, [partOf(text, name)], []);
}

/** Scripts by name or pattern; words behind a name are its arguments. */
function runScripts(on: Evaluation, names: readonly Arg[], args: readonly Arg[]): Outcome {
  return on.join(
    on.fine(),
    ...names.flatMap((word) => {
      const [pattern = "", ...more] = word.text.split(/\s+/);
      const all = /[*!]/.test(pattern)
        ? [...(scriptNames(on) ?? [])].filter((name) => name.startsWith(pattern.split("*")[0] ?? ""))
        : [pattern];
      return all
        .slice(0, 16)
        .map((name) => scriptOutcome(on, { name, args: [...more.map((text) => partOf(word, text)), ...args] }));
    }),
  );
}

function runAll(call: Call, on: Evaluation): Outcome {
  const cut = call.args.findIndex(({ text }) => text === "--");
  const words = cut < 0 ? call.args : call.args.slice(0, cut);
  const tool = words.findIndex(({ text }) => text === "--npm-path");
  const names = words.filter(
    ({ text }, index) =>
      !text.startsWith("-") && (tool < 0 || index !== tool + 1) && words[index - 1]?.text !== "--max-parallel",
  );
  const other = tool < 0 ? [] : [on.run(words.slice(tool + 1, tool + 2))];
  return on.join(...other, runScripts(on, names, cut < 0 ? [] : call.args.slice(cut + 1)));
}

const watching = grammar(
  "x,exec= w,watch= e,ext= i,ignore= d,delay= V,verbose q,quiet C,on-change-only I,no-stdin L,legacy-watch polling-interval= s,signal= config= cwd= r,require= inspect=? inspect-brk=? spawn exitcrash no-colours no-color no-update-notifier dump h,help v,version n,no-restart-on= k t,timestamp respawn notify= deps= clear dedupe graceful_ipc= poll no-deps",
  { posix: true },
);

/** `nodemon [--exec TEXT] [file] [args]`: the text and the rest are one command line. */
function nodemon(call: Call, on: Evaluation): Outcome {
  const read = readOptions(call.args, watching);
  const text = read.value("exec");
  const require = read.values("require").map((path) => on.run([partOf(path, "node"), partOf(path, "--require"), path]));
  // Options of nodemon may stand behind the file as well: `nodemon app.js --exec 'ts-node'`.
  const late = read.operands.findIndex((word) => /^(?:-x|--exec)$/.test(word.text));
  const own = text ?? read.operands[late + 1];
  const start = late >= 0 || text !== undefined ? own : undefined;
  const rest = read.operands.filter((_word, index) => late < 0 || (index !== late && index !== late + 1));
  const odd = oddWords(on, call.name, read.unknown);
  if (start !== undefined)
    return on.join(...odd, ...require, rest.length === 0 ? on.script(start) : on.script(joinWords([start, ...rest])));
  return on.join(...odd, ...require, rest.length === 0 ? on.fine() : on.run([partOf(call.word, "node"), ...rest]));
}

// `start-server-and-test START URL TEST`: names of scripts or whole commands.
function serverAndTest(call: Call, on: Evaluation): Outcome {
  const commands = call.args.filter(({ text }) => !/^(?:-|https?|:?\d+$|tcp:)/.test(text));
  return on.join(
    on.fine(),
    ...commands.map((word) => (/^[\w:-]+$/.test(word.text) ? runScripts(on, [word], []) : on.script(word))),
  );
}

function waitOn({ args, name }: Call, on: Evaluation): Outcome {
  const config = args.some(({ text }) => /^(?:-c|--config)/.test(text));
  return config ? on.effect("unknown.script", `run \`${name}\` with a configuration that is a program`) : on.fine();
}

/** `run-pty % cmd a % cmd b`: the first word separates the commands. */
function pty({ args }: Call, on: Evaluation): Outcome {
  const at = args.findIndex(({ text }) => /^[%@]$/.test(text));
  if (at < 0) return args.length === 0 ? on.fine() : on.effect("unknown.script", "run the commands of a file");
  const mark = args[at]?.text;
  const commands: Arg[][] = [];
  for (const word of args.slice(at)) {
    if (word.text === mark) commands.push([]);
    else commands.at(-1)?.push(word);
  }
  return on.join(on.fine(), ...commands.filter((words) => words.length > 0).map((words) => runJoined(on, words)));
}
