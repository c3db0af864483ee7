// Commands of `ed`, `ex` and `vi`: which only move and change text, which write files, and which start programs.
import { type Arg, HOLE } from "../../arg.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import { partOf, shown } from "../_words.ts";

// A range in front of a command: numbers, marks, patterns.
const range = /^(?:[%$.\d,;+\-\s]|'[\w<>[\]]|\/(?:[^/\\]|\\.)*\/?|\?(?:[^?\\]|\\.)*\?)*/;
const harmless =
  /^(?:q|qa|qall|quit|quita|quitall|x|xa|xit|wqa?|wq|wn|wa|wall|w|write|up|update|d|delete|y|yank|p|print|nu|number|#|l|list|s|substitute|&&?|~|g|global|v|vglobal|m|move|t|co|copy|j|join|>|<|=|k|ma|mark|a|append|i|insert|c|change|set|se|setlocal|setl|syntax|syn|sy|noh|nohl|nohlsearch|filetype|filet|colorscheme|colo|e|edit|ene|enew|n|next|bn|bp|bd|bw|b|buffer|ls|files|tabnew|sp|split|vs|vsplit|new|vnew|retab|ret|sort|sor|u|undo|red|redo|norm!?|normal|let|echo|echom|echomsg|echon|cq|cquit|sil|silent|sil!|silent!|version|ver|ve|registers|reg|digraphs|help|h|scriptnames|messages|mes|marks|changes|jumps|highlight|hi|diffthis|diffupdate|fold|fo|foldopen|foldclose|wincmd|winc|only|on|close|clo|argdo|bufdo|windo|tabdo|put|pu|f|file|P|H|n|z|scroll|E|r|read|runtime|ru|packadd|pa|redir|redi|try|endtry|if|endif|else|for|endfor|while|endwhile|call|cal|exe|execute|!|W|lua|luado|luafile|py|py3|python|python3|pyf|py3f|pyfile|ruby|rub|rubyfile|perl|perldo|tcl|mzscheme|source|so|make|mak|gr|grep|lgrep|terminal|ter|te|term|sh|shell|st|stop|sus|suspend|system|cex|cexpr|autocmd|au|map|nmap|imap|vmap|noremap|nnoremap|inoremap|vnoremap|command|com|function|fu|profile|debug|breakadd|mkvimrc|mkv|mksession|mks|mkexrc|mk|wv|wviminfo|rv|rviminfo|sav|saveas|PlugInstall|PlugUpdate|PlugClean|PackerSync|PackerInstall|Lazy|MasonInstall|TSUpdate|TSInstall|checkhealth|Man|cd|lcd|tcd|pwd|verbose|verb|noautocmd|noa|keepjumps|keepj|keeppatterns|keepp|startinsert|star|stopinsert)$/;
const starts = /^(?:!|make|mak|gr|grep|lgrep|terminal|ter|te|term|sh|shell|st|stop|sus|suspend|system|cex|cexpr)$/;
const codes =
  /^(?:lua|luado|py|py3|python|python3|ruby|rub|perl|perldo|tcl|mzscheme|exe|execute|call|cal|autocmd|au|map|nmap|imap|vmap|noremap|nnoremap|inoremap|vnoremap|command|com|function|fu|runtime|ru|packadd|pa|norm!?|normal|argdo|bufdo|windo|tabdo|debug|profile|breakadd)$/;
const opens =
  /^(?:e|edit|ex?|vi|vis?ual|view|n|next|ar|args|arga|argadd|argedit|sp|split|vs|vsplit|new|vnew|tabe|tabedit|tabnew|r|read|badd|fin|find|sf|sfind|drop|pedit|so|source|ru|runtime)$/;
const files = /^(?:luafile|pyf|py3f|pyfile|rubyfile|source|so)$/;
const installs = /^(?:PlugInstall|PlugUpdate|PlugClean|PackerSync|PackerInstall|Lazy|MasonInstall|TSUpdate|TSInstall)$/;
const textMotion =
  /(?:system|systemlist|libcall|libcallnr|job_start|jobstart|term_start|termopen|os\.execute|io\.popen|vim\.(?:fn\.)?(?:system|jobstart)|vim\.loop\.spawn|vim\.uv\.spawn|py3?eval|luaeval|rubyeval|perleval|writefile|delete|rename|feedkeys)\s*\(|\bos\.(?:remove|rename)\b/;

/** One command line of an editor. */
export function editorCommand(on: Evaluation, name: string, line: Arg): Outcome {
  const text = line.text.replace(/^[\s:]+/, "");
  if (text === "") return on.fine();
  if (text.startsWith(HOLE))
    return on.effect("code-injection.dynamic", `have \`${name}\` carry out a command that is only known when it runs`);
  const rest = text.replace(range, "").trimStart();
  if (rest === "") return on.fine();
  if (
    /^(?:sil(?:ent)?!?|verb(?:ose)?|noa(?:utocmd)?|keepj(?:umps)?|keepp(?:atterns)?|try|argdo|bufdo|windo|tabdo)\b!?\s+\S/.test(
      rest,
    )
  )
    return editorCommand(on, name, partOf(line, rest.replace(/^\S+\s+/, "")));
  const verb = /^(?:[a-zA-Z]+|.)/.exec(rest)?.[0] ?? "";
  return judge(on, name, { line, rest, verb: single(verb, rest) });
}

interface Command {
  readonly line: Arg;
  readonly rest: string;
  readonly verb: string;
}

// `s/a/b/`, `g/x/d`, `w!`: letters run into what follows.
function single(verb: string, rest: string): string {
  if (harmless.test(verb)) return verb;
  const one = verb[0] ?? "";
  return /^[sgvdypmtjkauxqwenrl]$/.test(one) && /^[a-z](?:[^a-zA-Z]|[gcirnpI&e#lqad]{1,3}\b)/.test(rest) ? one : verb;
}

function judge(on: Evaluation, name: string, { line, rest, verb }: Command): Outcome {
  const argument = rest.slice(verb.length).replace(/^!?\s*/, "");
  const what = `have \`${name}\` carry out \`${shown(partOf(line, rest))}\``;
  if (starts.test(verb) || /^(?:r|read|w|write|e|edit|f)\b!?\s*!/.test(rest)) {
    const shell = rest.slice(rest.indexOf("!") + 1);
    return on.join(
      rest.includes("!") && shell.trim() !== "" ? { ...on.script(partOf(line, shell)), edits: [] } : on.fine(),
      on.effect("code-injection.tool-exec", what),
    );
  }
  // Names of files in back-ticks are what a shell command prints.
  if (textMotion.test(rest) || (opens.test(verb) && rest.includes("`")))
    return on.effect("code-injection.tool-exec", what);
  if (/^(?:g|v|global|vglobal)$/.test(verb)) return nested(on, name, line, rest.slice(verb.length));
  if (/^s(?:ubstitute)?$/.test(verb))
    return /\\=/.test(rest) ? on.effect("code-injection.code-unknown", what) : on.fine();
  if (files.test(verb))
    return on.join(on.programFile(partOf(line, argument), "shell", []), on.effect("unknown.script", what));
  if (installs.test(verb)) return on.effect("supply-chain.run-remote", what);
  if (/^(?:w|write|up|update|sav|saveas|redir|redi|mkvimrc|mkv|mksession|mks|mkexrc|mk|wv|wviminfo)$/.test(verb))
    return argument === "" || /^[>\s]*(?:END|@.*)$/.test(argument)
      ? on.fine()
      : on.write(partOf(line, argument.replace(/^[>\s]+/, "")), "overwrite");
  if (/^(?:r|read)$/.test(verb)) return argument === "" ? on.fine() : on.read(partOf(line, argument));
  if (/^exe(?:cute)?$/.test(verb))
    return on.join(
      ...quoted(argument).map((text) => editorCommand(on, name, partOf(line, text))),
      on.effect("code-injection.code-unknown", what),
    );
  if (codes.test(verb)) return plainCode(rest, verb) ? on.fine() : on.effect("code-injection.code-unknown", what);
  if (/^(?:set|se|setl|setlocal|let)$/.test(verb))
    return /\b(?:shell|sh|shellcmdflag|shcf|makeprg|mp|grepprg|gp|equalprg|ep|formatprg|fp|keywordprg|kp|exrc|ex|modeline|ml|runtimepath|rtp|packpath|pp|pythonthreedll|luadll|rubydll|perldll|printexpr|diffexpr|patchexpr|foldexpr|indentexpr|includeexpr|formatexpr|statusline|titlestring|omnifunc|completefunc|tagfunc)\b\s*[+^-]?=/.test(
      rest,
    )
      ? on.effect("code-injection.tool-exec", what)
      : on.fine();
  return harmless.test(verb) ? on.fine() : on.effect("code-injection.code-unknown", what);
}

const quoted = (text: string): readonly string[] =>
  [...text.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g)].slice(0, 8).map((match) => match[1] ?? match[2] ?? "");

// `normal ggdG`: keys that move and delete text; a colon in them opens a command again.
const plainCode = (rest: string, verb: string): boolean =>
  /^norm/.test(verb) ? !/[:!@]|\\<|<C-|[\u0000-\u001f]/i.test(rest.slice(verb.length).replace(/^!/, "")) : false;

/** `g/pattern/command`. */
function nested(on: Evaluation, name: string, line: Arg, tail: string): Outcome {
  const body = tail.replace(/^!/, "").trimStart();
  const mark = body[0] ?? "";
  let at = 1;
  while (at < body.length && body[at] !== mark) at += body[at] === "\\" ? 2 : 1;
  const command = body.slice(at + 1).trim();
  return command === "" ? on.fine() : editorCommand(on, name, partOf(line, command));
}

/** Several lines, or several commands in one that are separated by a bar. */
export function editorCommands(on: Evaluation, name: string, source: Arg): Outcome {
  const lines = source.text.slice(0, 64_000).split("\n").slice(0, 400);
  return on.join(
    on.fine(),
    ...lines.flatMap((line) => split(line)).map((line) => editorCommand(on, name, partOf(source, line))),
  );
}

// A bar inside a pattern or a shell command belongs to it.
const split = (line: string): readonly string[] =>
  /^[\s:\d%$,.]*(?:!|[rw]\w*\s*!|s\w*[/#,@]|g\w*[/#,@]|v\w*[/#,@]|au|norm|com|fu|exe|let|cal|lua|py)/.test(line)
    ? [line]
    : line.split(/(?<!\\)\|/);
