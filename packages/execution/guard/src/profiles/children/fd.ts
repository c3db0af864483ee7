// `fd`: like `find`, with the command behind `-x` (one match) or `-X` (all of them).
import { type Arg, emptyStream, isKnown, literal, type Stream } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Evaluation, Outcome, Profile } from "../../profile.ts";
import { oddWords, someWord } from "../_words.ts";

const options = grammar(
  "H,hidden I,no-ignore no-ignore-vcs no-ignore-parent no-global-ignore-file u,unrestricted s,case-sensitive i,ignore-case g,glob regex F,fixed-strings a,absolute-path l,list-details L,follow p,full-path 0,print0 d,max-depth,maxdepth= min-depth= exact-depth= prune E,exclude= t,type= e,extension= S,size= changed-within,change-newer-than,newer= changed-before,change-older-than,older= o,owner= format= batch-size= ignore-file= c,color= hyperlink=? ignore-contain= j,threads= max-buffer-time= max-results= 1 q,quiet,has-results show-errors base-directory= path-separator= search-path= strip-cwd-prefix=? one-file-system,mount,xdev gen-completions=? and= no-follow no-hidden ignore relative-path no-require-git require-git h,help V,version",
);

export const profile: Profile = {
  names: ["fd", "fdfind"],
  summary: "finds files by name and acts on them",
  judge: ({ args, name }, on) => {
    const at = args.findIndex(({ text }) => /^(?:-[a-zA-Z0]*[xX]|--exec(?:-batch)?)(?:=.*)?$/s.test(text));
    const head = at < 0 ? args : args.slice(0, at);
    const read = readOptions(head, options);
    const odd = oddWords(on, name, read.unknown);
    const [, ...paths] = read.operands;
    const starts = [...read.values("search-path"), ...paths];
    const base = read.value("base-directory");
    const roots = starts.length === 0 ? [base ?? literal(".")] : starts;
    if (at < 0) return on.join(...odd, on.fine(names(on, roots, read.has("format", "list-details", "exec"))));
    return on.join(...odd, ...commandsOf(args.slice(at)).flatMap((words) => runFor(on, roots, words)));
  },
  matches: [
    { line: "fd -e log -x sudo chown root", decision: "deny", effect: "privilege.elevate" },
    { line: "fd . -X bash -c 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "fd -H . / -x rm -rf", decision: "deny", effect: "delete.floor" },
    { line: "fd --exec='sudo' id", decision: "deny", effect: "privilege.elevate" },
    { line: "fd -e pyc -x rm", decision: "rewrite", effect: "delete.trash" },
    { line: "fd -tf -X rm {} \\;", decision: "rewrite", effect: "delete.trash" },
  ],
  spares: ["fd -e ts", "fd -H '^\\.env' src", "fd --version", "fd -e md -x echo {/}"],
};

/** The commands behind each `-x`; `;` ends one. */
function commandsOf(args: readonly Arg[]): readonly (readonly Arg[])[] {
  const commands: (readonly Arg[])[] = [];
  let words: Arg[] | null = null;
  for (const word of args) {
    const opens: RegExpExecArray | null =
      words === null ? /^(?:-[a-zA-Z0]*[xX]|--exec(?:-batch)?)(?:=(.*))?$/s.exec(word.text) : null;
    if (opens !== null) words = opens[1] === undefined ? [] : [{ ...word, text: opens[1], at: null }];
    else if (word.text === ";") {
      if (words !== null) commands.push(words);
      words = null;
    } else words?.push(word);
  }
  if (words !== null) commands.push(words);
  return commands;
}

const mark = /\{(?:|\/|\/\/|\.|\/\.)\}/;

function runFor(on: Evaluation, starts: readonly Arg[], words: readonly Arg[]): readonly Outcome[] {
  return starts.map((start) => {
    const match = isKnown(start)
      ? someWord(start.text.endsWith("/") ? start.text : `${start.text}/`, ["output"])
      : someWord("", start.taints);
    const filled = words.map((word) =>
      mark.test(word.text)
        ? {
            ...word,
            text: word.text.split(mark).join(match.text),
            taints: new Set([...word.taints, ...match.taints]),
            at: null,
            glob: false,
          }
        : word,
    );
    const marked = filled.some((word, index) => word !== words[index]);
    return on.run(marked ? filled : [...filled, match], { stdin: emptyStream });
  });
}

// What it prints are paths below its roots.
function names(on: Evaluation, roots: readonly Arg[], other: boolean): Stream {
  const { stdout } = on.fine();
  return other || !roots.every(isKnown) ? stdout : { ...stdout, below: roots.map(({ text }) => `${text}/`) };
}
