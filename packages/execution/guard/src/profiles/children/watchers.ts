// Programs that run a command again and again: when time passes, when a file changes, to measure it, beside others.
import { type Arg, emptyStream, known, literal } from "../../arg.ts";
import { grammar, type Options, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { oddWords, partOf, runJoined, someWord } from "../_words.ts";

type Judge = (call: Call, on: Evaluation) => Outcome;

const judges: Readonly<Record<string, Judge>> = {
  watch,
  gwatch: watch,
  entr,
  watchexec,
  hyperfine,
  retry,
  onchange,
  "onchange-cli": onchange,
  chokidar,
  viddy: watch,
  hwatch: watch,
  "chokidar-cli": chokidar,
};

export const profile: Profile = {
  names: Object.keys(judges),
  summary: "runs a command whenever something happens",
  judge: (call, on) => judges[call.name]?.(call, on) ?? on.fine(),
  matches: [
    { line: "watch -n 5 sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "watch 'echo a; sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "ls | entr -s 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "ls | entr -r sudo id /_", decision: "deny", effect: "privilege.elevate" },
    { line: "watchexec -e js -- sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "hyperfine --prepare 'sudo id' true", decision: "deny", effect: "privilege.elevate" },
    { line: "hyperfine -L c sudo '{c} id'", decision: "deny", effect: "privilege.elevate" },
    { line: "retry -t 3 -- sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "onchange 'src/**' -- sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "chokidar 'src/**' -c 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "watch rm -rf dist", decision: "rewrite", effect: "delete.trash" },
  ],
  spares: [
    "watch -n 1 echo ok",
    "ls | entr echo /_",
    "watchexec --exts ts echo ok",
    "hyperfine 'echo a' 'echo b'",
    "hyperfine --version",
    "retry true",
  ],
};

const help = (read: Options): boolean => read.has("help", "version");

const watchOptions = grammar(
  "b,beep c,color C,no-color d,differences=? e,errexit f,follow g,chgexit n,interval= p,precise q,equexit= r,no-rerun s,shotsdir= t,no-title w,no-wrap x,exec h,help v,version u,unfold shell= shell-options= bell debug skip-empty-diffs disable_mouse N L o O P",
  { posix: true },
);

function watch(call: Call, on: Evaluation): Outcome {
  const read = readOptions(call.args, watchOptions);
  if (help(read)) return on.fine();
  const odd = oddWords(on, call.name, read.unknown);
  return on.join(...odd, read.has("exec") ? on.run(read.operands) : runJoined(on, read.operands));
}

// The list of files is on standard input; the command's own is not.
function entr(call: Call, on: Evaluation): Outcome {
  const read = readOptions(call.args, grammar("a c d n p r s x z h", { posix: true }));
  const words = read.operands.map((word) => (word.text === "/_" ? someWord("", ["output"]) : word));
  const odd = oddWords(on, call.name, read.unknown);
  const [text, ...args] = words;
  if (read.has("s"))
    return on.join(...odd, text === undefined ? on.fine() : on.script(text, { args, stdin: emptyStream }));
  return on.join(...odd, words.length === 0 ? on.fine() : on.run(words, { stdin: emptyStream }));
}

const execOptions = grammar(
  "w,watch= W,watch-non-recursive= F,watch-file= c,clear=? o,on-busy-update= r,restart s,signal= stop-signal= stop-timeout= m,map-signal= d,debounce= stdin-quit interactive exit-on-error no-vcs-ignore no-project-ignore no-global-ignore no-default-ignore no-discover-ignore no-ignore ignore-nothing 1,postpone delay-run= poll=? shell= n no-shell no-environment emit-events-to= only-emit-events E,env= no-process-group wrap-process= N,notify=? color= timings q,quiet bell project-origin= workdir= e,exts= f,filter= filter-file= j,filter-prog= i,ignore= ignore-file= fs-events= no-meta p print-events manual completions= v,verbose=? log-file=? k,kill use-shell= h,help V,version",
  { posix: true },
);

function watchexec(call: Call, on: Evaluation): Outcome {
  const read = readOptions(call.args, execOptions);
  if (help(read)) return on.fine();
  const env = new Map(
    read
      .values("env")
      .map((word): [string, Arg] => [
        word.text.split("=")[0] ?? "",
        partOf(word, word.text.slice(word.text.indexOf("=") + 1)),
      ]),
  );
  const direct = read.has("n", "no-shell") || /^none$/.test(known(read.value("shell")) ?? "");
  const own = read.value("shell");
  const shell =
    own !== undefined && !direct && !/^(?:\/(?:usr\/)?bin\/)?(?:ba|z|da|k)?sh$/.test(own.text) ? [on.run([own])] : [];
  const cwd = read.value("workdir");
  const how = { env, stdin: emptyStream, ...(cwd === undefined ? {} : { cwd }) };
  return on.join(
    ...oddWords(on, call.name, read.unknown),
    ...shell,
    direct ? on.run(read.operands, how) : runJoined(on, read.operands, how),
  );
}

const timing = grammar(
  "w,warmup= m,min-runs= M,max-runs= r,runs= s,setup= reference= p,prepare= C,conclude= c,cleanup= P,parameter-scan= D,parameter-step-size= L,parameter-list= S,shell= N i,ignore-failure=? style= sort= u,time-unit= export-asciidoc= export-csv= export-json= export-markdown= export-orgmode= show-output output= input= n,command-name= debug-mode reference-name= h,help V,version",
);

// `-L NAME a,b` and `-P NAME 1 9` take more words than one, and stand for `{NAME}` in the commands.
function hyperfine(call: Call, on: Evaluation): Outcome {
  const values = new Map<string, readonly string[]>();
  const args = call.args.filter((_word, index) => !isScanValue(call.args, index));
  const read = readOptions(args, timing);
  if (help(read)) return on.fine();
  const lists = call.args.flatMap((word, index) => (/^(?:-L|--parameter-list)$/.test(word.text) ? [index] : []));
  for (const index of lists)
    values.set(call.args[index + 1]?.text ?? "", (call.args[index + 2]?.text ?? "").split(",").slice(0, 8));
  const own = read.value("shell");
  const shell =
    own === undefined || /^(?:none|default|(?:\/(?:usr\/)?bin\/)?(?:ba|z|da|k)?sh)$/.test(own.text)
      ? []
      : [on.run(own.text.split(" ").map((text) => partOf(own, text)))];
  const texts = [
    ...["setup", "reference", "prepare", "conclude", "cleanup"].flatMap((name) => read.values(name)),
    ...read.operands,
  ];
  const files = read.given
    .filter(
      ({ name, value }) =>
        value !== undefined && (name.startsWith("export-") || (name === "output" && value.text.includes("/"))),
    )
    .map(({ value }) => on.write(value ?? literal(""), "overwrite"));
  return on.join(
    ...oddWords(on, call.name, read.unknown),
    ...shell,
    ...files,
    ...texts.flatMap((text) => variants(text, values)).map((text) => on.script(text, { stdin: emptyStream })),
    on.fine(),
  );
}

function isScanValue(args: readonly Arg[], index: number): boolean {
  const before = (back: number): string => args[index - back]?.text ?? "";
  return (
    /^(?:-L|--parameter-list)$/.test(before(2)) ||
    /^(?:-P|--parameter-scan)$/.test(before(2)) ||
    /^(?:-P|--parameter-scan)$/.test(before(3))
  );
}

function variants(text: Arg, values: ReadonlyMap<string, readonly string[]>): readonly Arg[] {
  let all: readonly Arg[] = [text];
  for (const [name, list] of values)
    if (text.text.includes(`{${name}}`))
      all = all
        .flatMap((one) =>
          list.map((value) =>
            partOf(
              one,
              one.text.replaceAll(`{${name}}`, () => value),
            ),
          ),
        )
        .slice(0, 16);
  return all;
}

function retry(call: Call, on: Evaluation): Outcome {
  const read = readOptions(
    call.args,
    grammar(
      "t,times,tries= d,delay= m,min= M,max= b,backoff= s,sleep= e,execute= u,until= w,while= f,fail= v,verbose q,quiet j= r,retry= i,interval= timeout= h,help version",
      { posix: true },
    ),
  );
  if (help(read)) return on.fine();
  const texts = ["fail", "execute"].flatMap((name) => read.values(name)).map((text) => on.script(text));
  return on.join(
    ...oddWords(on, call.name, read.unknown),
    ...texts,
    read.operands.length === 0
      ? on.fine()
      : read.operands.length === 1
        ? runJoined(on, read.operands)
        : on.run(read.operands),
  );
}

/** `onchange PATTERN… -- COMMAND…`. */
function onchange(call: Call, on: Evaluation): Outcome {
  const at = call.args.findIndex(({ text }) => text === "--");
  const words =
    at < 0 ? [] : call.args.slice(at + 1).map((word) => (word.text.includes("{{") ? someWord("", ["output"]) : word));
  return words.length === 0 ? on.fine() : on.run(words, { stdin: emptyStream });
}

/** `chokidar PATTERN… -c TEXT`; `{path}` in the text is a name that somebody else chose. */
function chokidar(call: Call, on: Evaluation): Outcome {
  const read = readOptions(
    call.args,
    grammar(
      "c,command= d,debounce= t,throttle= s,follow-symlinks i,ignore= initial p,polling poll-interval= poll-interval-binary= verbose silent concurrent h,help v,version",
    ),
  );
  if (help(read)) return on.fine();
  const texts = read
    .values("command")
    .map((text) =>
      on.script({ ...text, text: text.text.replaceAll(/\{(?:path|event)\}/g, "path") }, { stdin: emptyStream }),
    );
  return on.join(...oddWords(on, call.name, read.unknown), ...texts);
}
