// Debuggers and profilers: the program they run is judged, and so is what their commands start.
import type { Arg } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { readFile } from "../_read-files.ts";
import { asksForHelp, oddWords } from "../_words.ts";
import { readProgramOptions } from "../interpreters/_program-options.ts";
import { commandFile, commandStream } from "./_command-file.ts";
import { debuggerCommands } from "./_debugger-commands.ts";

type Judge = (call: Call, on: Evaluation) => Outcome;
const kernel: Judge = ({ name, args }, on) =>
  args.some(({ text }) => /^(?:-l|--info|-V|-n)$/.test(text))
    ? on.fine()
    : on.effect("system.kernel", `trace the kernel by \`${name}\``);

const attach: Judge = ({ name, args }, on) =>
  name === "jcmd" &&
  args.some(({ text }) => /^(?:VM\.|JVMTI|Compiler|ManagementAgent)/.test(text) && /load|start|set/i.test(text))
    ? on.effect("unknown.option", "change a running program")
    : on.join(...args.filter(({ text }) => text.startsWith("/")).map((path) => on.read(path)), on.fine());

const judges: Readonly<Record<string, Judge>> = {
  gdb,
  "gdb-multiarch": gdb,
  cgdb: gdb,
  lldb,
  perf,
  rr: wrapped,
  dlv: wrapped,
  samply: wrapped,
  flamegraph: wrapped,
  "cargo-flamegraph": wrapped,
  bpftrace: kernel,
  "bpftrace.sh": kernel,
  dtrace: kernel,
  dtruss: kernel,
  stap: kernel,
  sysdig: kernel,
  trace_cmd: kernel,
  "trace-cmd": kernel,
  gcore: attach,
  pstack: attach,
  jstack: attach,
  jmap: attach,
  jcmd: attach,
  jps: attach,
  jstat: attach,
  jinfo: attach,
  nsys: wrapped,
  hotspot: attach,
  kcachegrind: attach,
  coredumpctl: attach,
};

export const profile: Profile = {
  names: Object.keys(judges),
  summary: "runs a program under a debugger or profiler",
  judge: (call, on) => (asksForHelp(call.args) ? on.fine() : (judges[call.name]?.(call, on) ?? on.fine())),
  matches: [
    { line: "gdb --args sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "gdb -batch -ex 'shell sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "gdb -batch -ex '!id' ./app", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "gdb -p 123 -batch -ex 'call system(\"id\")'", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "gdb ./app -batch -ex '!sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "gdb -x /tmp/x.gdb ./app", decision: "ask", effect: "unknown.script" },
    { line: "lldb -o 'platform shell sudo id' -- ./app", decision: "deny", effect: "privilege.elevate" },
    { line: "perf stat -e cycles sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "perf record -g -- bash -c 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "rr record sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "bpftrace -e 'BEGIN { system(\"id\"); }'", decision: "deny", effect: "system.kernel" },
  ],
  spares: [
    "gdb --version",
    "gdb -batch -ex bt -ex 'info registers' -p 123",
    "gdb -batch -ex run -ex bt --args true",
    "lldb --batch -o bt -p 123",
    "perf list",
    "perf report --stdio",
    "perf stat true",
  ],
};

function gdb(call: Call, on: Evaluation): Outcome {
  const form = {
    flags: "qnhw",
    values: "xpcsedlbt",
    longs:
      "args batch batch-silent ex= eval-command= ix= init-command= iex= init-eval-command= eix= early-init-command= eiex= early-init-eval-command= command= exec= symbols= se= core= pid= cd= directory= data-directory= tui nx nh quiet silent return-child-result write tty= interpreter= i= version help configuration readnow readnever ui= statistics dbx fullname annotate= nw l= baud=",
    single: true,
  } as const;
  // After `--args` the words are the program's.
  const own = call.args.some(({ text }) => /^--?args$/.test(text));
  const read = readProgramOptions(call.args, own ? form : { ...form, anywhere: true });
  if (read.has("version", "help", "configuration", "h")) return on.fine();
  const commands = read
    .values("ex", "eval-command", "iex", "init-eval-command", "eiex", "early-init-eval-command")
    .map((line) => debuggerCommands(on, call.name, line));
  const files = read
    .values("x", "command", "ix", "init-command", "eix", "early-init-command")
    .map((file) => commandFile(on, call.name, file, (source) => debuggerCommands(on, call.name, source)));
  const core = read.values("c", "core").map((file) => readFile(on, file));
  const input = call.stdin.from === "none" ? [] : [typed(on, call)];
  // Without `--args` only the first word is the program; it is run when a command says so.
  const program = read.rest.length === 0 ? [] : [started(on, read.has("args") ? read.rest : read.rest.slice(0, 1))];
  return on.join(
    ...oddWords(on, call.name, read.unknown),
    ...commands,
    ...files,
    ...core,
    ...input,
    ...program,
    on.fine(),
  );
}

function typed(on: Evaluation, { name, stdin }: Call): Outcome {
  const known = commandStream(on, name, stdin, (source) => debuggerCommands(on, name, source));
  return known ?? on.effect("code-injection.dynamic", `have \`${name}\` carry out what arrives on standard input`);
}

// Looking into a program of the project is harmless; into one that nobody knows as well, as long as it is not started.
function started(on: Evaluation, words: readonly Arg[]): Outcome {
  const outcome = on.run(words);
  return {
    ...outcome,
    effects: outcome.effects.filter(({ kind }) => kind !== "unknown.program" && kind !== "unknown.script"),
  };
}

function lldb(call: Call, on: Evaluation): Outcome {
  const form = {
    flags: "bBQxwXeh",
    values: "aoOsSkKnpfclr",
    longs:
      "batch arch= one-line= one-line-before-file= source= source-before-file= one-line-on-crash= source-on-crash= source-quietly attach-name= attach-pid= file= core= script-language= no-lldbinit local-lldbinit wait-for no-use-colors editor version help repl=? print-script-interpreter-info python-path",
    anywhere: true,
  } as const;
  const read = readProgramOptions(call.args, form);
  if (read.has("version", "help", "h")) return on.fine();
  const commands = read
    .values("o", "O", "k", "one-line", "one-line-before-file", "one-line-on-crash")
    .map((line) => debuggerCommands(on, call.name, line));
  const files = read
    .values("s", "S", "K", "source", "source-before-file", "source-on-crash")
    .map((file) => commandFile(on, call.name, file, (source) => debuggerCommands(on, call.name, source)));
  const program = read.rest.length === 0 ? [] : [started(on, read.rest)];
  return on.join(...oddWords(on, call.name, read.unknown), ...commands, ...files, ...program, on.fine());
}

const measured = grammar(
  "a,all-cpus p,pid= t,tid= e,event= M,metrics= g c,count= F,freq= o,output= d,detailed r,repeat= v,verbose i,input= no-inherit x,field-separator= I,interval-print= delay= D C,cpu= cgroup= G A,no-aggr n null B,big-num per-core per-socket per-thread per-node call-graph= k,clockid= s,summary S,with-summary j,branch-filter= b,branch-any u,uid= m,mmap-pages= N,no-buildid-cache W,weight z,compression-level=? T,timestamp P,period quiet q all-user all-kernel no-merge table post= pre= control= T,transaction topdown smi-cost interval-count= timeout= f,force stdio sort= no-children json-output J,json",
  { posix: true },
);

function perf({ args, name }: Call, on: Evaluation): Outcome {
  const [verb, ...rest] = args;
  const word = verb?.text ?? "";
  if (!/^(?:stat|record|trace|mem|c2c|sched|lock|kvm|timechart|ftrace|kwork)$/.test(word))
    return /^(?:list|report|annotate|diff|script|top|bench|version|evlist|buildid-list|buildid-cache|data|config|archive|inject|probe|test|kallsyms|iostat|)$/.test(
      word,
    )
      ? perfScript(on, word, rest)
      : on.effect("unknown.option", `run \`perf ${word}\``);
  const inner = /^(?:mem|c2c|sched|lock|kvm|timechart|ftrace|kwork)$/.test(word) ? rest.slice(1) : rest;
  const read = readOptions(inner, measured);
  const hooks = ["pre", "post"].flatMap((key) => read.values(key)).map((text) => on.script(text));
  const output = read.values("output").map((path) => on.write(path, "overwrite"));
  return on.join(
    ...oddWords(on, name, read.unknown),
    ...hooks,
    ...output,
    read.operands.length === 0 ? on.fine() : on.run(read.operands),
  );
}

// `perf script -s x.py` runs a program over what was recorded.
function perfScript(on: Evaluation, verb: string, args: readonly Arg[]): Outcome {
  if (verb !== "script") return on.fine();
  const at = args.findIndex(({ text }) => /^(?:-s|--script)$/.test(text));
  const file = args[at + 1];
  if (at >= 0 && file !== undefined) return on.programFile(file, file.text.endsWith(".pl") ? "perl" : "python", []);
  return args.some(({ text }) => /^(?:record|report)$/.test(text))
    ? on.effect("unknown.script", "run a script of perf")
    : on.fine();
}

/** `rr record CMD…`, `samply record -- CMD…`, `flamegraph -- CMD…`, `dlv debug`. */
function wrapped({ args, name }: Call, on: Evaluation): Outcome {
  const cut = args.findIndex(({ text }) => text === "--");
  if (name === "dlv")
    return args.some(
      ({ text }) =>
        /^--(?:init|backend|listen|headless|accept-multiclient)/.test(text) &&
        !/127\.0\.0\.1|localhost|=:0$/.test(text) &&
        /init|listen/.test(text),
    )
      ? on.effect("unknown.option", "debug where others can reach it")
      : on.fine();
  if (cut >= 0) return on.run(args.slice(cut + 1));
  const [verb, ...rest] = args;
  if (verb !== undefined && /^(?:record|profile|launch)$/.test(verb.text)) {
    const start = rest.findIndex(({ text }) => !text.startsWith("-"));
    return start < 0 ? on.fine() : on.run(rest.slice(start));
  }
  return name === "flamegraph" ||
    name === "cargo-flamegraph" ||
    /^(?:replay|ps|ls|pack|dump|rerun|sources|traceinfo|rm|load|import|stats|analyze|export|explain|help|buildid|cpufeatures|status|sessions)$/.test(
      verb?.text ?? "",
    )
    ? on.fine()
    : on.run(args);
}
