// Reads a text for m4: `syscmd` and `esyscmd` run a shell. Macros can put names together, so what may do that is asked.
import { HOLE } from "../arg.ts";
import { type CodeReading, shown } from "./finding.ts";
import { gather, type Gathering } from "./gather.ts";

// Builtins that reach others by name, or change what the text means.
const reaching =
  /\b(?:m4_)?(?:builtin|indir|defn|changequote|changecom|changeword|translit|popdef|undefine|format|debugfile)\b/;
// Words that grow together with what an expansion leaves before them: `a()cmd(…)`, `'cmd(…)`, `'(`.
const joined = /[)'`][A-Za-z_]\w*\(|['`]\(|\)\(/;
const command = /\b(?:m4_)?(e?syscmd)\b(\(?)/g;
const files = /\b(?:m4_)?(s?include|undivert|mkstemp|maketemp)\(\s*`?([^`',()\s]*)'?\s*[,)]/g;

/** What a text for m4 would do besides expanding macros. */
export function readM4(text: string): CodeReading {
  const gathering = gather(() => false);
  if (text.includes(HOLE)) gathering.report({ kind: "unknown", what: "a part of the text that is not known" });
  for (const found of text.matchAll(command))
    runs(gathering, text, { name: found[1] ?? "", at: found.index + found[0].length, called: found[2] === "(" });
  for (const [, name = "", path = ""] of text.matchAll(files)) {
    if (name.endsWith("include"))
      gathering.report({ kind: "load", path: path === "" || path.includes(HOLE) ? null : path, what: name });
    else if (name === "undivert" && !/^\d*$/.test(path)) gathering.report({ kind: "read", path, what: name });
    else if (name !== "undivert") gathering.report({ kind: "write", path: null, mode: "create", what: name });
  }
  const odd = reaching.exec(text)?.[0] ?? joined.exec(text)?.[0];
  if (odd !== undefined) gathering.report({ kind: "unknown", what: shown(odd) });
  return gathering.reading();
}

const longest = 4096;

// One argument, plain or in one pair of quotes; anything else is put together by macros.
function runs(
  gathering: Gathering,
  text: string,
  { name, at, called }: { name: string; at: number; called: boolean },
): void {
  const argument = /^\s*(?:`([^`']*)'|([^`'(),]*))\s*\)/.exec(text.slice(at, at + longest));
  const shell = argument?.[1] ?? argument?.[2];
  if (!called || shell === undefined || shell.includes(HOLE)) gathering.report({ kind: "spawn-unknown", what: name });
  else gathering.report({ kind: "shell", text: shell });
}
