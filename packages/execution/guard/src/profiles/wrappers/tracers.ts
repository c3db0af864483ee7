// Programs that run another one to watch it: tracers, profilers, checkers of memory, and what records a compilation.
import type { Arg } from "../../arg.ts";
import { grammar } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { partOf, shown } from "../_words.ts";
import { peelWrapper, type WrapperForm } from "../_wrapper.ts";

const words = (text: string) => grammar(`${text} help version`, { posix: true });
// Tools whose options are all glued to their values: what is not known is harmless, and takes no word.
const glued = /^-/;

const forms: Readonly<Record<string, WrapperForm>> = {
  strace: {
    options: words(
      "A,output-append-mode a,columns= b,detach-on= C c,summary-only D,daemonize=? d,debug E,env= e,expr= trace= trace-path= signal= status= verbose= read= write= decode-fds=? decode-pids=? fault= inject= kvm= quiet=? f,follow-forks ff F h I,interruptible= i,instruction-pointer k,stack-traces=? n,syscall-number N,arg-names O,summary-syscall-overhead= o,output= P,trace-path p,attach= q r,relative-timestamps=? S,summary-sort-by= s,string-limit= T,syscall-times=? t,absolute-timestamps=? U,summary-columns= u,user= V v,no-abbrev w,summary-wall-clock X,const-print-style= x xx Y,decode-pids y yy,decode-fds z,successful-only Z,failed-only tips=? seccomp-bpf",
    ),
    alone: ["attach"],
    also: /^-(?:tt+|yy|xx|qq+|ff)$/,
  },
  ltrace: {
    options: words(
      "a,align= A= b,no-signals c C,demangle D,debug= e= f F,config= h i l,library= L n,indent= o,output= p= r s= S t T u= V w,where= x=",
    ),
    alone: ["p"],
    also: /^-t+$/,
  },
  valgrind: { options: words("h d v q"), also: glued },
  catchsegv: { options: words("") },
  heaptrack: {
    options: words("d,debug r,raw o,output= q,quiet p,pid= a,analyze= use-inject asan record-only h v i,interpret="),
    alone: ["pid", "analyze"],
    writes: ["output"],
  },
  kcov: { options: words("p,pid= l,limits="), also: glued, before: 1 },
  "py-spy": { options: words(""), before: 1, also: glued },
  bear: {
    options: words("output= append config= verbose force-preload force-wrapper h o= a c= v"),
    writes: ["output", "o"],
  },
  "intercept-build": { options: words("v,verbose cdb= append h"), writes: ["cdb"] },
  "scan-build": {
    options: words(
      "o= v h V k maxloop= status-bugs use-cc= use-c++= use-analyzer= enable-checker= disable-checker= exclude= internal-stats keep-going",
    ),
    writes: ["o"],
  },
  coz: {
    options: words("progress-scope= source-scope= binary-scope= output= fixed-line= fixed-speedup= end-to-end"),
    before: 1,
  },
};

export const profile: Profile = {
  names: Object.keys(forms),
  summary: "runs a command and watches it",
  judge: (call, on) => {
    const form = forms[call.name];
    if (form === undefined) return on.fine();
    if (call.name === "py-spy") return pySpy(call, on);
    const { options, outcomes, words: run } = peelWrapper(call, on, form);
    const files =
      call.name === "strace" || call.name === "ltrace" ? options.values("output").map((path) => output(on, path)) : [];
    const env = new Map(options.values("env").flatMap((word) => variable(word)));
    const user = options.value(call.name === "ltrace" ? "u" : "user");
    const other =
      call.name === "strace" || call.name === "ltrace"
        ? user === undefined
          ? []
          : [on.effect("privilege.elevate", "run a command as another user")]
        : [];
    const config = options.values("config").concat(options.values("use-cc"), options.values("use-c++"));
    const loads =
      config.length > 0 && call.name !== "strace"
        ? [on.effect("unknown.option", `run \`${call.name}\` with a program or configuration of the line's choosing`)]
        : [];
    return on.join(
      ...outcomes,
      ...files,
      ...other,
      ...loads,
      run === null || run.length === 0 ? on.fine() : on.run(run, { env }),
    );
  },
  matches: [
    { line: "strace -f -o out.txt sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "strace -o '|sudo id' ls", decision: "deny", effect: "privilege.elevate" },
    { line: "strace -E LD_PRELOAD=./x.so true", decision: "deny", effect: "code-injection.environment" },
    { line: "ltrace -s 99 -u root true", decision: "deny", effect: "privilege.elevate" },
    { line: "valgrind --leak-check=full bash -c 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "bear -- bash -c 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "strace rm -rf dist", decision: "rewrite", effect: "delete.trash" },
  ],
  spares: ["strace -f -e trace=file true", "strace -p 123", "valgrind --leak-check=full -q true", "bear -- true"],
};

// `-o '|cmd'` and `-o '!cmd'` pipe the trace to a shell command.
function output(on: Evaluation, path: Arg): Outcome {
  if (!/^[|!]/.test(path.text)) return on.write(path, "overwrite");
  const ran = on.script(partOf(path, path.text.slice(1)));
  return on.join(ran, on.effect("code-injection.tool-exec", `pipe the trace to \`${shown(path)}\``));
}

function variable(word: Arg): readonly (readonly [string, Arg])[] {
  const cut = word.text.indexOf("=");
  return cut < 0 ? [] : [[word.text.slice(0, cut), partOf(word, word.text.slice(cut + 1))]];
}

// `py-spy record -o p.svg -- python app.py`: only what follows `--` is certain to be a command.
function pySpy({ args }: Call, on: Evaluation): Outcome {
  const cut = args.findIndex(({ text }) => text === "--");
  return cut < 0 ? on.fine() : on.run(args.slice(cut + 1));
}
