// GNU `parallel`, and the one of moreutils: a shell command for each value of a list; without a command the values are the commands.
import { type Arg, emptyStream, HOLE, isKnown, isKnownStream, literal, type Stream } from "../../arg.ts";
import { grammar, type Options, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { quoteWord } from "../../rewrite.ts";
import { joinWords, oddWords, runJoined, splitText } from "../_words.ts";

const options = grammar(
  "0,null a,arg-file= arg-file-sep= arg-sep= bar bg bibtex B,block= block-timeout= cat citation cleanup color color-failed colsep,C= compress compress-program= csv ctag ctagstring= D delay= d,delimiter= dry-run,dryrun E= eof=? embed env= eta fg fifo filter= filter-hosts f,fixed group halt,halt-on-error= header= hostgroups,hgrp I= i=? replace=? id,semaphorename,semaphore-name= joblog= J,profile= j,P,jobs,max-procs,max-proc= k,keep-order L= l=? line-buffer,lb,linebuffer link,xapply m max-args,n= max-chars,s= max-lines=? max-line-length-allowed max-replace-args,N= memfree= memsuspend= nice= no-notice noswap nonall nn number-of-cores number-of-cpus number-of-threads number-of-sockets o,onall open-tty,o output-as-files,outputasfiles,files= files0 p,interactive parens= parset= part pipe pipepart,pipe-part plain plus process-slot-var= progress q,quote quiet recend,re= record-env recstart,rs= remove-rec-sep,rrs res,results= resume resume-failed retries= return= round-robin,rr,roundrobin rpl= r,no-run-if-empty S,sshlogin= slf,sshloginfile= sshdelay= semaphore seqreplace= session shard= shebang shebang-wrap shellquote shuf silent skip-first-line sql= sqlmaster= sqlworker= sqlandworker= ssh= t,verbose tag tagstring= tee tempdir,tmpdir= template= termseq= th,threads timeout= tmux tmuxpane total-jobs,total= tollef trc= transfer tf,transferfile= trim= u,ungroup unsafe use-compress-program= use-cpus-instead-of-cores use-cores-instead-of-threads use-sockets-instead-of-threads v version wait wc,workdir,wd= x,xargs X will-cite h,help V",
  { posix: true },
);
const remote = ["sshlogin", "sshloginfile", "onall", "nonall", "trc", "transferfile", "transfer", "return", "ssh"];
const starting = [
  "compress-program",
  "use-compress-program",
  "filter",
  "rpl",
  "parens",
  "sql",
  "sqlmaster",
  "sqlworker",
  "sqlandworker",
  "profile",
  "template",
  "ssh",
];

export const profile: Profile = {
  names: ["parallel", "sem", "parallel.moreutils"],
  summary: "runs a command for each value of a list",
  judge: (call, on) => {
    const read = readOptions(call.args, options);
    if (
      read.has(
        "help",
        "version",
        "citation",
        "bibtex",
        "number-of-cores",
        "number-of-cpus",
        "number-of-threads",
        "record-env",
      )
    )
      return on.fine();
    const there = read.has(...remote) ? [on.effect("remote-exec.remote-host", "run a command on other machines")] : [];
    const tools = starting
      .filter((name) => read.has(name))
      .map((name) => on.effect("code-injection.tool-exec", `run \`${call.name}\` with \`--${name}\``));
    const files = ["joblog", "results"].flatMap((name) => read.values(name)).map((path) => on.write(path, "append"));
    return on.join(
      ...oddWords(on, call.name, read.unknown),
      ...there,
      ...tools,
      ...files,
      ...run(call, on, read),
      on.fine(),
    );
  },
  matches: [
    { line: "parallel sudo ::: id", decision: "deny", effect: "privilege.elevate" },
    { line: "parallel ::: 'sudo id' ls", decision: "deny", effect: "privilege.elevate" },
    { line: "echo 'sudo id' | parallel", decision: "deny", effect: "privilege.elevate" },
    { line: "parallel -j4 'bash -c {}' ::: 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "parallel rm -rf ::: /etc /usr", decision: "deny", effect: "delete.floor" },
    { line: "parallel < commands.txt", decision: "deny", effect: "code-injection.dynamic" },
    { line: "parallel -S web1 uptime ::: a", decision: "ask", effect: "remote-exec.remote-host" },
    { line: "parallel rm ::: a.txt b.txt", decision: "rewrite", effect: "delete.trash" },
  ],
  spares: [
    "parallel echo {} ::: a b c",
    "parallel --version",
    "parallel -j2 echo {1}-{2} ::: a b ::: c d",
    "seq=1; parallel echo -- a b",
  ],
};

const MAX_VALUES = 32;

interface List {
  readonly command: readonly Arg[];
  readonly values: readonly Arg[];
}

function run(call: Call, on: Evaluation, read: Options): readonly Outcome[] {
  const { command, values } = listOf(call, on, read);
  const pipes = read.has("pipe", "pipe-part", "semaphore") || call.name === "sem";
  if (pipes) return [runJoined(on, command, { stdin: call.stdin })];
  if (command.length === 0)
    return values.map((value) => on.script({ ...value, splits: false }, { stdin: emptyStream }));
  return values.map((value) => runOne(on, command, value));
}

/** `cmd ::: a b :::: file`, `cmd -- a b` of moreutils, or a list on standard input. */
function listOf({ stdin }: Call, on: Evaluation, read: Options): List {
  const { operands } = read;
  const at = operands.findIndex(({ text }) => /^(?:::::?\+?|--)$/.test(text));
  const command = at < 0 ? operands : operands.slice(0, at);
  const values: Arg[] = read.values("arg-file").flatMap((file) => lines(on.contents([file])));
  let files = false;
  for (const word of at < 0 ? [] : operands.slice(at)) {
    if (/^(?:::::?\+?|--)$/.test(word.text)) files = word.text.startsWith("::::");
    else if (files) values.push(...lines(on.contents([word])));
    else values.push(word);
  }
  const all = at < 0 && values.length === 0 ? lines(stdin) : values;
  return { command, values: all.length > MAX_VALUES ? [...all.slice(0, MAX_VALUES), hole(stdin)] : all };
}

const hole = ({ taints }: Stream): Arg => ({
  text: HOLE,
  taints: taints.size === 0 ? new Set(["input"]) : taints,
  glob: false,
  splits: false,
  at: null,
  stream: null,
});

const lines = (stream: Stream): readonly Arg[] =>
  isKnownStream(stream)
    ? stream.text
        .split("\n")
        .filter((text) => text !== "")
        .map((text) => ({ ...literal(text), taints: stream.taints }))
    : stream.from === "none"
      ? []
      : [hole(stream)];

const mark = /\{(?:|[+-]?\d+)(?:|\/|\/\/|\.|\/\.|#|%)\}|\{#\}|\{%\}/;

/** The value stands quoted in a text that a shell reads; where nothing else needs a shell, the words are run as they are. */
function runOne(on: Evaluation, command: readonly Arg[], value: Arg): Outcome {
  const marked = command.some(({ text }) => mark.test(text));
  const words = marked ? command : [...command, literal("{}")];
  const apart = words.flatMap((word): readonly (Arg | null)[] =>
    isKnown({ ...word, glob: false }) && plainText.test(word.text) ? pieces(word) : [null],
  );
  const plain = apart.filter((word) => word !== null);
  if (plain.length === apart.length && !value.splits)
    return on.run(
      plain.map((word) => filled(word, value)),
      { stdin: emptyStream },
    );
  const quoted = value.text.includes(HOLE) ? value.text : quoteWord(value.text);
  const text = joinWords(words);
  return on.script(
    { ...text, text: text.text.split(mark).join(quoted), taints: new Set([...text.taints, ...value.taints]) },
    { stdin: emptyStream },
  );
}

// Words without anything that a shell would read in them; the only one keeps its place in the text.
const plainText = /^[\w@%+:,./~ {}#-]+$/;
const pieces = (word: Arg): readonly Arg[] => (word.text.includes(" ") ? splitText(word) : [word]);

const filled = (word: Arg, value: Arg): Arg =>
  mark.test(word.text)
    ? {
        ...word,
        text: word.text.split(mark).join(value.text),
        taints: new Set([...word.taints, ...value.taints]),
        at: null,
      }
    : word;
