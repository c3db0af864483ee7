// Searching text in files: patterns are data; only what a search tool starts or reads besides counts.
import { isKnown, known, type Stream } from "../../arg.ts";
import { grammar, type Options, readOptions } from "../../options.ts";
import type { Call, Evaluation, Profile } from "../../profile.ts";
import { judgeReader, type Reader } from "../_reader.ts";

const noWords = (given: Options): number =>
  given.has("regexp", "pattern-file", "files", "type-list", "help", "version") ? 0 : 1;

const greps = grammar(
  "e,regexp= f,file,pattern-file= A,after-context= B,before-context= C,context= m,max-count= D,devices= d,directories= include= exclude= exclude-from= exclude-dir= include-dir= label= binary-files= color=? colour=? r,recursive R,dereference-recursive i v n l L c o q s h H w x E F G P a U z b T Z I y help V,version",
);
const ripgrep = grammar(
  "e,regexp= f,file,pattern-file= A,after-context= B,before-context= C,context= m,max-count= M,max-columns= g,glob= iglob= t,type= T,type-not= type-add= type-clear= r,replace= j,threads= d,max-depth,maxdepth= E,encoding= color= colors= sort= sortr= engine= pre= pre-glob= hostname-bin= hyperlink-format= ignore-file= max-filesize= path-separator= field-context-separator= field-match-separator= context-separator= dfa-size-limit= regex-size-limit= generate= stop-on-nonmatch files type-list i s S F v w x n N l c o q p u U z P a L 0 H I h,help V,version",
);
const silver = grammar(
  "A,after=? B,before=? C,context=? G,file-search-regex= g= m,max-count= p,path-to-ignore= ignore= ignore-dir= depth= pager= W,width= workers= color-match= color-path= color-line-number= file-type= ignore-file= type-add= type-set= output= match= pattern=e env noenv ackrc= files-from= c i l L n Q r R s S t u U v w z a D f h,help V,version",
);

const reader = (options: Reader["options"], more: Omit<Reader, "options"> = {}): Reader => ({
  options,
  words: noWords,
  ...more,
});

const shapes: Readonly<Record<string, Reader>> = {
  grep: reader(greps, {
    reads: ["pattern-file", "exclude-from"],
    walks: (given) =>
      given.has("recursive", "dereference-recursive") || known(given.value("directories")) === "recurse",
  }),
  rg: reader(ripgrep, { reads: ["pattern-file", "ignore-file"], programs: ["pre", "hostname-bin"], walks: () => true }),
  ag: reader(silver, { reads: ["path-to-ignore", "files-from"], shells: ["pager"], walks: () => true }),
};

const family: Readonly<Record<string, string>> = { rg: "rg", ag: "ag", ack: "ag", pt: "ag", sift: "ag", rga: "rg" };

export const profile: Profile = {
  names: [
    ..."grep egrep fgrep rgrep ggrep zgrep zegrep zfgrep bzgrep xzgrep lzgrep zstdgrep pcregrep pcre2grep ugrep ug".split(
      " ",
    ),
    ...Object.keys(family),
  ],
  summary: "searches text in files",
  judge: (call, on) => {
    const shape = shapes[family[call.name] ?? "grep"];
    if (shape === undefined) return on.fine();
    const outcome = judgeReader(call, on, call.name === "rgrep" ? { ...shape, walks: () => true } : shape);
    return namesOnly.test(call.args.map(({ text }) => text).join(" "))
      ? { ...outcome, stdout: names(call, on, shape) }
      : outcome;
  },
  matches: [
    { line: "rg --pre ./scripts/evil.sh x", decision: "deny", effect: "privilege.elevate" },
    { line: "rg --pre=sudo x src", decision: "deny", effect: "privilege.elevate" },
    { line: "rg --hostname-bin 'sudo id' x", decision: "deny", effect: "privilege.elevate" },
    { line: "ag --pager 'sudo less' x", decision: "deny", effect: "privilege.elevate" },
    { line: "grep -r . ~/.ssh", decision: "ask", effect: "exfil.secret-read" },
    { line: "grep KEY .env", decision: "ask", effect: "exfil.secret-read" },
    { line: "grep -f .env a.txt", decision: "ask", effect: "exfil.secret-read" },
    { line: "rg . ~", decision: "ask", effect: "exfil.secret-read" },
  ],
  spares: [
    'grep -rn "rm -rf" scripts/',
    "rg -n 'sudo|curl .* \\| sh' src",
    "grep -e .env -n src/a.ts",
    "rg --files -g '*.md'",
    "grep -c rm <<< 'rm -rf dist'",
    "rg -F '$(curl' .",
    "grep -rf patterns.txt src",
    "ag --nogroup TODO src",
    "zgrep -c error logs.gz",
  ],
};

// `-l`: only names of files are printed, each of them below one of the operands, or beside them.
const namesOnly = /(?:^|\s)(?:-[a-zA-Z]*[lL][a-zA-Z]*|--files(?:-with(?:out)?-match(?:es)?)?)(?:\s|$)/;

function names(call: Call, on: Evaluation, shape: Reader): Stream {
  const given = readOptions(call.args, shape.options);
  const operands = given.operands.slice(shape.words?.(given) ?? 0);
  const { stdout } = on.fine();
  if (!operands.every((word) => isKnown({ ...word, glob: false }))) return stdout;
  const below = operands.map(({ text, glob }) =>
    glob || shape.walks?.(given) !== true
      ? `${text.slice(0, text.search(/[^/]*$/))}`
      : text.endsWith("/")
        ? text
        : `${text}/`,
  );
  return { ...stdout, below: below.length === 0 ? ["./"] : below.map((text) => (text === "" ? "./" : text)) };
}
