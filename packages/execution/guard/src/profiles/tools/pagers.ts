// Pagers and manuals: they show text, and start a program when a word tells them to.
import type { Arg } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { filteredFiles, readFile } from "../_read-files.ts";
import { partOf, shown } from "../_words.ts";

const pagers = ["less", "more", "most", "pg", "moar", "ov", "lv"];
const cats = [
  "bat",
  "batcat",
  "glow",
  "mdcat",
  "delta",
  "diff-so-fancy",
  "pygmentize",
  "highlight",
  "rich",
  "nbpreview",
  "grc",
  "lolcat",
  "ccat",
];
const manuals = ["man", "gman", "apropos", "whatis", "info", "tldr", "cheat", "perldoc", "ri", "godoc", "cppman", "eg"];

export const profile: Profile = {
  names: [...pagers, ...cats, ...manuals],
  summary: "shows text page by page",
  judge: (call, on) =>
    manuals.includes(call.name) ? manual(call, on) : cats.includes(call.name) ? printer(call, on) : pager(call, on),
  matches: [
    { line: "less '+!sudo id' README.md", decision: "deny", effect: "privilege.elevate" },
    { line: "less -k evil.less README.md", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "more '+!id' README.md", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "man -P 'sh -c id' ls", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "man --pager='sudo id' ls", decision: "deny", effect: "privilege.elevate" },
    { line: "bat --pager='sh -c id' README.md", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "less ~/.ssh/id_ed25519", decision: "ask", effect: "exfil.secret-read" },
    { line: "less -o /etc/x README.md", decision: "deny", effect: "system.write" },
    { line: "grc sudo id", decision: "deny", effect: "privilege.elevate" },
  ],
  spares: [
    "less +F logs/dev.log",
    "less README.md",
    "man sudo",
    "man -k rm",
    "bat --paging=never -n package.json",
    "more README.md",
    "man -P cat ls",
    "less +/sudo setup.md",
    "tldr tar",
  ],
};

const plainPager = /^(?:cat|less(?:\s+-[A-Za-z]+)*|more|most|col(?:\s+-b\w*)?|ul|head|tail|never|builtin|true|)$/;

const started = (on: Evaluation, { name }: Call, text: Arg): readonly Outcome[] =>
  plainPager.test(text.text.trim())
    ? []
    : [on.script(text), on.effect("code-injection.tool-exec", `have \`${name}\` start \`${shown(text)}\``)];

const lessOptions = grammar(
  "a,search-skip-screen A,SEARCH-SKIP-SCREEN b,buffers= B,auto-buffers c,clear-screen C,CLEAR-SCREEN d,dumb D,color= e,quit-at-eof E,QUIT-AT-EOF f,force F,quit-if-one-screen g,hilite-search G,HILITE-SEARCH h,max-back-scroll= i,ignore-case I,IGNORE-CASE j,jump-target= J,status-column k,lesskey-file= lesskey-src= lesskey-content= K,quit-on-intr L,no-lessopen m,long-prompt M,LONG-PROMPT n,line-numbers N,LINE-NUMBERS o,log-file= O,LOG-FILE= p,pattern= P,prompt= q,quiet,silent Q,QUIET,SILENT r,raw-control-chars R,RAW-CONTROL-CHARS s,squeeze-blank-lines S,chop-long-lines t,tag= T,tag-file= u,underline-special U,UNDERLINE-SPECIAL V,version w,hilite-unread W,HILITE-UNREAD x,tabs= X,no-init y,max-forw-scroll= z,window= ~,tilde #,shift= header= incsearch mouse MOUSE no-keypad no-histdups no-number-headers rscroll= save-marks use-color wheel-lines= follow-name exit-follow-on-close file-size line-num-width= status-col-width= status-line redraw-on-quit proc-backspace form-feed modelines= intr= search-options= cmd= help ?",
);

function pager(call: Call, on: Evaluation): Outcome {
  const commands = call.args.filter(({ text }) => text.startsWith("+"));
  const read = readOptions(
    call.args.filter(({ text }) => !text.startsWith("+")),
    lessOptions,
  );
  const keys = ["lesskey-file", "lesskey-src", "lesskey-content"]
    .flatMap((name) => read.values(name))
    .map((file) => on.effect("code-injection.tool-exec", `take keys and commands from \`${shown(file)}\``));
  const shells = [
    ...commands.map((word) => partOf(word, word.text.replace(/^\++/, ""))),
    ...read.values("cmd"),
  ].flatMap((word) => {
    const command = /^\s*(?:[!|#]|s\b|v\b)/.exec(word.text);
    if (command === null) return [];
    return [
      ...(/^\s*[!|]/.test(word.text) ? [on.script(partOf(word, word.text.replace(/^\s*[!|]!?/, "")))] : []),
      on.effect("code-injection.tool-exec", `have \`${call.name}\` carry out \`${shown(word)}\``),
    ];
  });
  const written = ["log-file", "LOG-FILE"]
    .flatMap((name) => read.values(name))
    .map((path) => on.write(path, "overwrite"));
  return on.printing(
    on.join(...keys, ...shells, ...written, ...read.operands.map((path) => readFile(on, path)), on.fine()),
    filteredFiles(on, read.operands, call.stdin),
  );
}

function printer(call: Call, on: Evaluation): Outcome {
  if (call.name === "grc") {
    const start = call.args.findIndex(
      ({ text }, index) => !text.startsWith("-") && call.args[index - 1]?.text !== "-c",
    );
    return start < 0 ? on.fine() : on.run(call.args.slice(start));
  }
  const read = readOptions(
    call.args,
    grammar(
      "A,show-all n,number p,plain l,language= H,highlight-line= file-name= d,diff diff-context= tabs= wrap= S,chop-long-lines terminal-width= color= italic-text= decorations= f,force-colorization paging= pager= m,map-syntax= ignored-suffix= theme= theme-light= theme-dark= list-themes style= r,line-range= L,list-languages s,squeeze-blank squeeze-limit= strip-ansi= binary= nonprintable-notation= u,unbuffered config-file config-dir cache-dir diagnostic completion= h,help V,version o= w,width= O= g t= a",
    ),
  );
  const pagerOf = read.values("pager").flatMap((text) => started(on, call, text));
  const written =
    call.name === "pygmentize" || call.name === "highlight"
      ? read.values("o").map((path) => on.write(path, "overwrite"))
      : [];
  if (call.name === "bat" && read.operands[0]?.text === "cache") return on.fine();
  return on.printing(
    on.join(
      ...pagerOf,
      ...written,
      ...read.operands.map((path) =>
        /^https?:/.test(path.text) ? on.effect("harmless.fetch", "fetch a page") : readFile(on, path),
      ),
      on.fine(),
    ),
    filteredFiles(on, read.operands, call.stdin),
  );
}

function manual(call: Call, on: Evaluation): Outcome {
  const read = readOptions(
    call.args,
    grammar(
      "C,config-file= d,debug D,default warnings=? f,whatis k,apropos K,global-apropos l,local-file w,where,path,location W,where-cat c,catman R,recode= L,locale= m,systems= M,manpath= S,s,sections= e,extension= i,ignore-case I,match-case regex wildcard names-only a,all u,update no-subpages P,pager= r,prompt= 7,ascii E,encoding= no-hyphenation no-justification p,preprocessor= t,troff T,troff-device=? H,html=? X,gxditview=? Z,ditroff h,help V,version o,output= F t v q b n=",
    ),
  );
  if (/^(?:pydoc3?|perldoc|ri|godoc)$/.test(call.name))
    return read.operands.some(({ text }) => /^\.{0,2}\//.test(text))
      ? on.effect("unknown.script", "load a file to document it")
      : on.fine();
  const programs = [...read.values("pager"), ...(call.name === "man" ? read.values("html") : [])].flatMap((text) =>
    started(on, call, text),
  );
  const config =
    call.name === "man"
      ? read
          .values("config-file")
          .map((file) =>
            on.effect("code-injection.tool-exec", `take settings from \`${shown(file)}\`, which name programs`),
          )
      : [];
  const local = read.has("local-file") ? read.operands.map((path) => readFile(on, path)) : [];
  const written = call.name === "info" ? read.values("output").map((path) => on.write(path, "overwrite")) : [];
  return on.join(...programs, ...config, ...local, ...written, on.fine());
}
