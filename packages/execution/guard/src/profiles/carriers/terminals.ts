// Terminal multiplexers: commands they start, keys they type into shells that run already, output they pipe to programs.
import { type Arg, HOLE, literal, unknownArg } from "../../arg.ts";
import { grammar, type Grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { joinWords, oddWords, partOf, shown } from "../_words.ts";

export const profile: Profile = {
  names: ["tmux", "screen", "dtach", "abduco", "byobu", "zellij"],
  summary: "keeps terminals and types into them",
  judge: (call, on) => {
    if (call.name === "screen") return screen(call, on);
    if (call.name === "dtach" || call.name === "abduco") return detached(call, on);
    if (call.name === "zellij") return zellij(call, on);
    return tmux(call, on);
  },
  matches: [
    { line: "tmux new-session -d -s x 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "tmux new -d sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "tmux send-keys -t x 'sudo id' Enter", decision: "deny", effect: "privilege.elevate" },
    { line: "tmux ls \\; run-shell 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "tmux display-message -p '#(sudo id)'", decision: "deny", effect: "privilege.elevate" },
    { line: "tmux if-shell true 'run-shell \"sudo id\"'", decision: "deny", effect: "privilege.elevate" },
    { line: "tmux -f evil.conf new -d", decision: "ask", effect: "unknown.script" },
    { line: "tmux kill-server", decision: "deny", effect: "system.kill" },
    { line: "screen -dmS x sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "screen -S x -X stuff 'sudo id\\n'", decision: "deny", effect: "privilege.elevate" },
    { line: "tmux send-keys -t x 'rm -rf dist' Enter", decision: "deny", effect: "delete.trash" },
    { line: "zellij run -- sudo id", decision: "deny", effect: "privilege.elevate" },
  ],
  spares: [
    "tmux ls",
    "tmux new-session -d -s dev",
    "tmux capture-pane -p -t x",
    "tmux send-keys -t x 'echo ok' Enter",
    "tmux send-keys -t x C-c",
    "screen -ls",
    "tmux -V",
    "tmux kill-session -t x",
  ],
};

// Nobody knows where that shell stands, and it has no trash: what it deletes is not rewritten.
const elsewhere = { cwd: unknownArg("variable") };
const typed = (on: Evaluation, outcome: Outcome): Outcome => ({ ...on.join(outcome), edits: [] });

const outer = grammar("2 C D h l N q u v V c= f= L= S= T=", { posix: true });

function tmux(call: Call, on: Evaluation): Outcome {
  const read = readOptions(call.args, outer);
  if (read.has("V", "h")) return on.fine();
  const outcomes: Outcome[] = [
    ...oddWords(on, call.name, read.unknown),
    ...read.values("c").map((text) => on.script(text)),
  ];
  for (const file of read.values("f"))
    if (file.text !== "/dev/null") outcomes.push(on.effect("unknown.script", `read commands from \`${shown(file)}\``));
  for (const words of split(read.operands)) outcomes.push(tmuxCommand(on, words));
  return on.join(on.fine(), ...outcomes);
}

// `;` as a word, or at the end of one, ends a command.
function split(words: readonly Arg[]): readonly (readonly Arg[])[] {
  const commands: Arg[][] = [[]];
  for (const word of words) {
    const ends = /[^\\];$|^;$/.test(word.text) || word.text === "\\;";
    const rest = ends ? word.text.replace(/\\?;$/, "") : word.text;
    if (rest !== "") commands.at(-1)?.push(rest === word.text ? word : partOf(word, rest));
    if (ends) commands.push([]);
  }
  return commands.filter((command) => command.length > 0);
}

const starts =
  /^(?:new|new-session|neww|new-window|splitw|split-window|respawnp|respawn-pane|respawnw|respawn-window|popup|display-popup)$/;
const startOptions = "A a b B d D E P x= X n= s= t= F= f= e= c= k S h v l= p= I Z w= h= C y= T=";
const looks =
  /^(?:ls|list-.*|lsc|lsp|lsw|lscm|lsk|lsb|has|has-session|info|show.*|capturep|capture-pane|attach|attach-session|a|at|detach|detach-client|switchc|switch-client|selectp|select-pane|selectw|select-window|selectl|select-layout|rename|rename-session|renamew|rename-window|killp|kill-pane|killw|kill-window|kill-session|resizep|resize-pane|resizew|resize-window|swapp|swap-pane|swapw|swap-window|movew|move-window|movep|move-pane|joinp|join-pane|breakp|break-pane|next|next-window|prev|previous-window|last|last-pane|last-window|nextl|next-layout|rotatew|rotate-window|clearhist|clear-history|start|start-server|wait|wait-for|refresh|refresh-client|clock-mode|display-panes|displayp|lock.*|suspend-client|copy-mode|unbind|unbind-key|delete-buffer|deleteb|set-environment|setenv|set-buffer|setb|findw|find-window|choose-.*)$/;

function tmuxCommand(on: Evaluation, [verb, ...args]: readonly Arg[]): Outcome {
  const name = verb?.text ?? "";
  const formats = args.flatMap((word) =>
    [...word.text.matchAll(/#\(([^()]*)\)/g)].map((match) => on.script(partOf(word, match[1] ?? ""))),
  );
  const nested = args.some(({ text }) => text.includes("#("))
    ? [on.effect("code-injection.tool-exec", "run a command inside a tmux format"), ...formats]
    : [];
  return on.join(...nested, ownMeaning(on, name, args));
}

function ownMeaning(on: Evaluation, name: string, args: readonly Arg[]): Outcome {
  if (starts.test(name)) return started(on, args);
  if (/^(?:send|send-keys)$/.test(name)) return keys(on, args);
  if (/^(?:run|run-shell)$/.test(name)) return text(on, args, grammar("b C d= t= c= E", { posix: true }));
  if (/^(?:pipep|pipe-pane)$/.test(name)) return text(on, args, grammar("I O o t=", { posix: true }));
  if (/^(?:if|if-shell|confirm|confirm-before|bind|bind-key|set-hook|command-prompt|menu|display-menu)$/.test(name))
    return conditional(on, name, args);
  if (/^(?:source|source-file|load-buffer|loadb)$/.test(name))
    return name.startsWith("load")
      ? on.join(...args.filter(({ text: word }) => !word.startsWith("-")).map((file) => on.read(file)))
      : on.effect("unknown.script", "read tmux commands from a file");
  if (/^(?:saveb|save-buffer)$/.test(name))
    return on.join(
      ...args.filter(({ text: word }) => !word.startsWith("-")).map((file) => on.write(file, "overwrite")),
    );
  if (/^(?:pasteb|paste-buffer)$/.test(name)) return on.effect("code-injection.dynamic", "paste a buffer into a shell");
  if (name === "kill-server") return on.effect("system.kill", "end every session of tmux");
  if (/^(?:set|set-option|setw|set-window-option)$/.test(name))
    return args.some(({ text: word }) => /command$|^default-shell$/.test(word))
      ? text(on, args.slice(-1), grammar("", { posix: true }))
      : on.fine();
  if (/^(?:display|display-message)$/.test(name) || looks.test(name)) return on.fine();
  return on.effect("unknown.option", `run \`tmux ${name.replaceAll(HOLE, "…")}\``);
}

function started(on: Evaluation, args: readonly Arg[]): Outcome {
  const read = readOptions(args, grammar(startOptions, { posix: true }));
  const cwd = read.value("c");
  const how = cwd === undefined ? {} : { cwd };
  const [only] = read.operands;
  const env = new Map(
    read
      .values("e")
      .map((word): [string, Arg] => [
        word.text.split("=")[0] ?? "",
        partOf(word, word.text.slice(word.text.indexOf("=") + 1)),
      ]),
  );
  return only === undefined
    ? on.fine()
    : read.operands.length === 1
      ? on.script(only, { ...how, env })
      : on.run(read.operands, { ...how, env });
}

function text(on: Evaluation, args: readonly Arg[], options: Grammar): Outcome {
  const [only] = readOptions(args, options).operands;
  return only === undefined ? on.fine() : on.script(only);
}

// A condition and commands of tmux as texts.
function conditional(on: Evaluation, name: string, args: readonly Arg[]): Outcome {
  const words = readOptions(
    args,
    grammar("b F n r T= N= t= p= I= 1 k w x= y= g a u R c= H= s= S= M O e", { posix: true }),
  ).operands;
  const shell = /^if/.test(name) && words[0] !== undefined ? [on.script(words[0])] : [];
  const rest = /^(?:if|bind|set-hook)/.test(name) ? words.slice(1) : words;
  const commands = /^bind/.test(name) ? split(rest) : rest.flatMap((word) => split(inWords(word)));
  return on.join(on.fine(), ...shell, ...commands.map((command) => tmuxCommand(on, command)));
}

const inWords = (word: Arg): readonly Arg[] =>
  [...word.text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) =>
    partOf(word, match[1] ?? match[2] ?? match[3] ?? ""),
  );

const named: Readonly<Record<string, string>> = {
  Enter: "\n",
  "C-m": "\n",
  KPEnter: "\n",
  "C-j": "\n",
  Space: " ",
  Tab: "\t",
};
const silent =
  /^(?:[CMS]-.|Up|Down|Left|Right|Escape|BSpace|DC|End|Home|IC|PgUp|PageUp|PgDn|PageDown|BTab|F\d+|NPage|PPage|\^.)$/;

/** Keys are a line of a shell, as far as anybody knows what runs there. */
function keys(on: Evaluation, args: readonly Arg[]): Outcome {
  const read = readOptions(args, grammar("F H K l M R X c= N= t=", { posix: true }));
  if (read.has("X"))
    return read.operands.some(({ text: word }) => /pipe/.test(word))
      ? on.effect("code-injection.tool-exec", "pipe a selection to a command")
      : on.fine();
  if (read.has("H")) return on.effect("code-injection.decoded", "type keys that are written as numbers");
  const pieces = read.operands.map((word) =>
    read.has("l") ? word : partOf(word, named[word.text] ?? (silent.test(word.text) ? "" : word.text)),
  );
  const joined = { ...joinWords(pieces), text: pieces.map(({ text: piece }) => piece).join("") };
  return joined.text.trim() === "" ? on.fine() : typed(on, on.script(joined, elsewhere));
}

const screenOptions = grammar(
  "4 6 A a D d i l m O q R r U v x X c= e= f fa fn h= L Logfile= ls list p= S= s= T= t= wipe version Q",
  { posix: true, single: true },
);

function screen(call: Call, on: Evaluation): Outcome {
  const read = readOptions(call.args, screenOptions);
  if (read.has("v", "ls", "list", "version", "wipe")) return on.fine();
  const outcomes: Outcome[] = [
    ...oddWords(on, call.name, read.unknown),
    ...read.values("Logfile").map((path) => on.write(path, "append")),
    ...read
      .values("c")
      .filter(({ text: word }) => word !== "/dev/null")
      .map((file) => on.effect("unknown.script", `read commands from \`${shown(file)}\``)),
    ...read.values("s").map((shell) => on.run([shell])),
  ];
  if (read.has("X")) outcomes.push(remoteCommand(on, read.operands));
  else if (read.operands.length > 0 && !read.has("Q")) outcomes.push(on.run(read.operands));
  return on.join(on.fine(), ...outcomes);
}

// What `-X` sends to a session: `stuff` types, `screen` and `exec` start.
function remoteCommand(on: Evaluation, [verb, ...args]: readonly Arg[]): Outcome {
  const name = verb?.text ?? "";
  if (name === "stuff")
    return typed(
      on,
      on.script(
        { ...joinWords(args), text: joinWords(args).text.replaceAll(/\\n|\\r|\\015|\\012|\^M|\r/g, "\n") },
        elsewhere,
      ),
    );
  if (name === "screen")
    return args.length === 0 ? on.fine() : on.run(args.filter(({ text: word }) => !word.startsWith("-")));
  if (name === "exec") return on.run(args.filter(({ text: word }) => !/^[.!|:]+$/.test(word)));
  if (
    /^(?:eval|at|source|bind|bindkey|register|paste|process|readreg|zombie|shell|backtick|setenv|chdir|writebuf|readbuf|hardcopydir|logfile)$/.test(
      name,
    )
  )
    return on.effect("code-injection.tool-exec", `have screen carry out \`${name}\``);
  return /^(?:quit|kill|detach|hardcopy|log|title|select|windows|number|width|resize|scrollback|version|info|sessionname|multiuser|remove|split|focus|next|prev|clear|reset|wrap)$/.test(
    name,
  )
    ? on.join(
        ...(name === "hardcopy"
          ? args.filter(({ text: word }) => !word.startsWith("-")).map((path) => on.write(path, "overwrite"))
          : []),
        on.fine(),
      )
    : on.effect("unknown.option", `have screen carry out \`${name}\``);
}

/** `dtach -n SOCKET cmd`, `abduco -n NAME cmd`. */
function detached({ args, stdin }: Call, on: Evaluation): Outcome {
  if (args.some(({ text: word }) => word === "-p")) return typed(on, on.scriptFrom(stdin, elsewhere));
  const at = args.findIndex(({ text: word }) => /^-[cAnN]$/.test(word));
  const words = args
    .slice(at + 2)
    .filter((_word, index, all) =>
      all.slice(0, index + 1).some(({ text: word }) => !/^-[Ezr]?$|^(?:none|ctrl_l|winch)$/.test(word)),
    );
  return at < 0 || words.length === 0 ? on.fine() : on.run(words);
}

function zellij({ args }: Call, on: Evaluation): Outcome {
  const cut = args.findIndex(({ text: word }) => word === "--");
  if (args.some(({ text: word }) => /^write(?:-chars)?$/.test(word)))
    return typed(on, on.script(args.at(-1) ?? literal(""), elsewhere));
  if (cut >= 0) return on.run(args.slice(cut + 1));
  return args.some(({ text: word }) => /^(?:--layout|-l|--config|-c|--config-dir|plugin)$/.test(word))
    ? on.effect("unknown.script", "start what a layout names")
    : on.fine();
}
