// Commands of gdb and lldb: which look, which start programs, which are code of another language.
import type { Arg } from "../../arg.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import { partOf, shown } from "../_words.ts";

const harmless =
  /^(?:bt|backtrace|where|w|info|i|print|p|inspect|x|ptype|whatis|list|l|disassemble|disas|frame|f|up|down|thread|t|threads|run|r|start|starti|continue|c|cont|step|s|si|stepi|next|n|ni|nexti|finish|fin|until|u|advance|break|b|tbreak|tb|br|hbreak|rbreak|watch|rwatch|awatch|catch|delete|d|del|clear|cl|disable|dis|enable|en|ignore|condition|cond|display|undisplay|quit|q|exit|detach|kill|k|attach|file|exec-file|core-file|core|symbol-file|set|show|handle|directory|dir|cd|pwd|echo|printf|output|help|h|apropos|maint|layout|tui|refresh|focus|winheight|record|reverse-\w+|checkpoint|restart|jump|j|return|signal|generate-core-file|gcore|tty|unset|search|forward-search|sharedlibrary|nosharedlibrary|explore|interpreter-exec|image|target|process|breakpoint|register|memory|expression|expr|po|v|var|settings|log|type|language|version|bugreport|statistics|script|command|platform|plugin|gui|di|re|me|call)$/;

/** One command of a debugger. */
function debuggerCommand(on: Evaluation, name: string, line: Arg): Outcome {
  const text = line.text.trim();
  if (text.includes("\0"))
    return on.effect("code-injection.dynamic", `have \`${name}\` carry out a command that is only known when it runs`);
  const what = `have \`${name}\` carry out \`${shown(line)}\``;
  const shell =
    /^(?:(?:shell|platform\s+shell|pla\s+sh\w*)\b(?:\s+(?:-h|--host))?|!)\s*(.*)$/s.exec(text) ??
    /^(?:pipe|\|)\s.*?\|\s*(.*)$/s.exec(text);
  if (shell !== null)
    return on.join(
      { ...on.script(partOf(line, shell[1] ?? "")), edits: [] },
      on.effect("code-injection.tool-exec", what),
    );
  if (/\b(?:system|popen|exec[lv]\w*|posix_spawn\w*|dlopen|fork|unlink|remove|rmdir)\s*\(/.test(text))
    return on.effect("code-injection.tool-exec", what);
  if (
    /^(?:python|py|pi|python-interactive|guile|gu|compile|make|source|define|document|command\s+(?:script|source|regex|alias)|script|plugin|add-auto-load\w*|set\s+(?:exec-wrapper|shell|startup-with-shell|sysroot|auto-load|print\s+.*exec|logging|history\s+filename)|target\s+(?:remote|extended-remote)\s+\||settings\s+set\s+(?:target\.process\.python|.*script|interpreter))\b/.test(
      text,
    )
  )
    return /^(?:set\s+(?:shell|startup-with-shell|logging|history\s+filename))/.test(text)
      ? on.fine()
      : on.effect(/^(?:source|command\s+source)/.test(text) ? "unknown.script" : "code-injection.tool-exec", what);
  if (/^(?:dump|append|save|restore|tee|set\s+logging\s+file)\b/.test(text)) return on.effect("unknown.option", what);
  return harmless.test(/^[\w-]+/.exec(text)?.[0] ?? "") || text === "" ? on.fine() : on.effect("unknown.option", what);
}

/** Several lines of commands. */
export const debuggerCommands = (on: Evaluation, name: string, source: Arg): Outcome =>
  on.join(
    on.fine(),
    ...source.text
      .split("\n")
      .slice(0, 200)
      .map((line) => debuggerCommand(on, name, partOf(source, line))),
  );
