// `flock` and `script`: a command as words or as one text after `-c`, beside a lock file or a record of what it printed.
import type { Arg } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { oddWords } from "../_words.ts";

const lock = grammar(
  "e,x,exclusive s,shared u,unlock n,nb,nonblock w,wait,timeout= o,close c,command= E,conflict-exit-code= F,no-fork fcntl verbose h,help V,version",
  { posix: true },
);
const record = grammar(
  "a,append c,command= e,return f,flush force q,quiet E,echo= I,log-in= O,log-out= B,log-io= o,output-limit= T,log-timing= m,logging-format= t,timing=? h,help V,version k r p d",
  { posix: true },
);

export const profile: Profile = {
  names: ["flock", "script", "asciinema", "ttyrec", "setlock", "lckdo", "dotlockfile", "timelimit"],
  summary: "runs a command under a lock or writes down what it prints",
  judge: (call, on) =>
    call.name === "flock"
      ? underLock(call, on)
      : /^(?:setlock|lckdo|dotlockfile|timelimit)$/.test(call.name)
        ? bounded(call, on)
        : recorded(call, on),
  matches: [
    { line: "flock /tmp/l sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "flock -n /tmp/l -c 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "flock -w 5 -c 'sudo id' /tmp/l", decision: "deny", effect: "privilege.elevate" },
    { line: "setlock -n /tmp/l sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "timelimit -t 5 sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "script -qec 'sudo id' /dev/null", decision: "deny", effect: "privilege.elevate" },
    { line: "script -q /dev/null sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "script -c \"bash -c 'sudo id'\"", decision: "deny", effect: "privilege.elevate" },
    { line: "asciinema rec -c 'sudo id' x.cast", decision: "deny", effect: "privilege.elevate" },
    { line: "flock /tmp/l rm -rf dist", decision: "rewrite", effect: "delete.trash" },
  ],
  spares: ["flock -n 9", "flock /tmp/build.lock true", "flock -u 9", "script -c 'echo ok' out.log"],
};

function underLock({ args, name, stdin }: Call, on: Evaluation): Outcome {
  const read = readOptions(args, lock);
  if (read.has("help", "version")) return on.fine();
  const [file, first, ...rest] = read.operands;
  const outcomes = oddWords(on, name, read.unknown).concat(
    file === undefined || /^\d+$/.test(file.text) ? [] : [on.write(file, "create")],
  );
  const text =
    read.value("command") ?? (first !== undefined && /^(?:-c|--command)$/.test(first.text) ? rest[0] : undefined);
  if (text !== undefined) return on.join(...outcomes, on.script(text, { stdin }));
  return on.join(...outcomes, first === undefined ? on.fine() : on.run([first, ...rest]));
}

// `setlock [-nNxX] FILE COMMAND …`, `timelimit [-t N] COMMAND …`.
function bounded({ args, name }: Call, on: Evaluation): Outcome {
  const read = readOptions(args, grammar("n N x X w= W q e E s i p l= r= t= T= S= k=", { posix: true }));
  const [file, ...rest] = name === "timelimit" ? [undefined, ...read.operands] : read.operands;
  return on.join(
    ...oddWords(on, name, read.unknown),
    ...(file === undefined ? [] : [on.write(file, "create")]),
    rest.length === 0 ? on.fine() : on.run(rest.filter((word) => word !== undefined)),
  );
}

/** util-linux: `script [-c TEXT] [FILE]`; BSD: `script [FILE [COMMAND …]]`. */
function recorded(call: Call, on: Evaluation): Outcome {
  if (call.name === "asciinema") return asciinema(call, on);
  const read = readOptions(call.args, record);
  if (read.has("help", "version")) return on.fine();
  const [file, ...words] = read.operands;
  const files = [
    ...(file === undefined ? [] : [file]),
    ...["log-in", "log-out", "log-io", "log-timing"].flatMap((name) => read.values(name)),
  ];
  const outcomes: Outcome[] = [
    ...oddWords(on, call.name, read.unknown),
    ...files.map((path) => on.write(path, read.has("append") ? "append" : "overwrite")),
  ];
  const text = read.value("command");
  if (text !== undefined) outcomes.push(on.script(text));
  else if (words.length > 0) outcomes.push(on.run(words));
  else if (call.stdin.from !== "none") outcomes.push(on.scriptFrom(call.stdin));
  return on.join(...outcomes);
}

function asciinema({ args, name }: Call, on: Evaluation): Outcome {
  const [verb, ...rest] = args;
  if (verb === undefined || !/^(?:rec|record|session|stream)$/.test(verb.text))
    return verb?.text === "upload" ? on.effect("unknown.option", "put a recording on a public server") : on.fine();
  const read = readOptions(
    rest,
    grammar(
      "c,command= e,env= E= t,title= i,idle-time-limit= cols= rows= stdin append overwrite raw q,quiet y,yes f,output-format= window-size= headless return I capture-input capture-env=",
    ),
  );
  const files = read.operands.map((path: Arg) => on.write(path, "create"));
  const text = read.value("command");
  return on.join(...oddWords(on, name, read.unknown), ...files, text === undefined ? on.fine() : on.script(text));
}
