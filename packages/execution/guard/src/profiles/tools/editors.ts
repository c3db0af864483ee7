// Editors: opening a file is harmless; commands on the line, in a script or on standard input are read.
import { type Arg, isKnownStream, literal } from "../../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { asksForHelp, oddWords, partOf, shown } from "../_words.ts";
import { readProgramOptions } from "../interpreters/_program-options.ts";
import { editorCommands } from "./_editor-commands.ts";

const vis = [
  "vi",
  "vim",
  "nvim",
  "view",
  "rview",
  "rvim",
  "gvim",
  "mvim",
  "vimdiff",
  "nvimdiff",
  "ex",
  "vim.basic",
  "vim.tiny",
  "vim.nox",
  "vim.gtk3",
  "evim",
  "elvis",
  "neovim",
  "lvim",
  "nvi",
  "vis",
];
const lines = ["ed", "red", "edbrowse"];
const emacses = ["emacs", "emacsclient", "emacs-nox", "xemacs", "mg", "jove", "zile", "qemacs", "emacs-gtk"];
const screens = [
  "nano",
  "pico",
  "rnano",
  "micro",
  "hx",
  "helix",
  "kak",
  "joe",
  "jed",
  "ne",
  "mcedit",
  "gedit",
  "kate",
  "kwrite",
  "mousepad",
  "tilde",
  "vimtutor",
  "amp",
  "gnome-text-editor",
  "pluma",
  "featherpad",
  "xed",
  "leafpad",
];

export const profile: Profile = {
  names: [...vis, ...lines, ...emacses, ...screens],
  summary: "edits files",
  judge: (call, on) => {
    if (asksForHelp(call.args)) return on.fine();
    if (lines.includes(call.name)) return lineEditor(call, on);
    if (emacses.includes(call.name)) return emacs(call, on);
    return vis.includes(call.name) ? vi(call, on) : screen(call, on);
  },
  matches: [
    { line: "vim -es -c ':!sudo id' -c ':q'", decision: "deny", effect: "privilege.elevate" },
    { line: "ex -s +'!sudo id' +q README.md", decision: "deny", effect: "privilege.elevate" },
    { line: "ed -s README.md <<< '!sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "vim -c 'call system(\"id\")' README.md", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "nvim --headless -c 'g/x/!id' -c q README.md", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "vim +'w /etc/hosts' README.md", decision: "deny", effect: "system.write" },
    { line: "nvim -l /opt/x.lua", decision: "ask", effect: "unknown.script" },
    { line: "vim -u /tmp/evil.vim README.md", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "emacs --batch --eval '(shell-command \"sudo id\")'", decision: "deny", effect: "privilege.elevate" },
    { line: "emacs --batch --eval '(delete-directory \"dist\" t)'", decision: "deny", effect: "delete.code-api" },
    { line: "hx /etc/hosts <<< x", decision: "ask", effect: "unknown.option" },
  ],
  spares: [
    "vim docs/rm.md",
    "vim +42 src/a.ts",
    "vim -es -c '%s/a/b/g' -c wq src/a.ts",
    "printf '1d\\nw\\nq\\n' | ed -s notes.md",
    "nano README.md",
    "emacs --version",
    "nvim --headless -c 'g/foo/d' -c wq src/a.ts",
    "emacs -nw README.md",
    "emacs --batch --eval '(message \"hi\")'",
  ],
};

const viForm = {
  flags: "AbCdDeEfFghHlLmMnNoOpPqRsvVxXyZ",
  values: "cStTuUiwWrp",
  glued: "",
  longs:
    "cmd= clean embed headless listen= noplugin not-a-term nofork gui-dialog-file= ttyfail startuptime= version help literal api-info server= remote remote-expr= remote-send= remote-silent remote-tab remote-wait remote-ui servername= serverlist echo-wid socketid= windowid= role= luamod-dev log=",
};

function vi(call: Call, on: Evaluation): Outcome {
  const plus = call.args.filter(({ text }) => text.startsWith("+")).map((word) => partOf(word, word.text.slice(1)));
  const args = call.args.filter(({ text }) => !text.startsWith("+"));
  // `-s` is silent after `-e`, else a file of keys; nvim's `-l` runs a script.
  const read = readProgramOptions(args, viForm);
  if (read.has("version", "help", "h")) return on.fine();
  const silent = call.name === "ex" || read.has("e", "E");
  const commands = [...plus.filter(({ text }) => !/^(?:\d*|\/.*)$/s.test(text)), ...read.values("c", "cmd")];
  const remote = read
    .values("remote-send", "remote-expr")
    .map((keys) => on.effect("code-injection.tool-exec", `type \`${shown(keys)}\` into another editor`));
  const scripts = read
    .values("S", "u", "U")
    .filter(({ text }) => !/^(?:NONE|NORC|DEFAULTS|\/dev\/null)$/.test(text))
    .map((file) => script(on, call, file));
  const lua =
    call.name === "nvim" && read.has("l") && read.rest[0] !== undefined
      ? [on.programFile(read.rest[0], "lua", read.rest.slice(1))]
      : [];
  const keys =
    !silent && read.has("s") && call.name !== "ex" && read.rest.length > 1
      ? [on.effect("unknown.script", `type the keys in \`${shown(read.rest[0] ?? call.word)}\``)]
      : [];
  const written = read.values("w", "W").map((path) => on.write(path, "overwrite"));
  const input = silent ? fromInput(call, on) : [];
  const files = lua.length > 0 ? [] : writtenFiles(on, commands, read.rest);
  return on.join(
    ...oddWords(on, call.name, read.unknown),
    ...remote,
    ...scripts,
    ...lua,
    ...keys,
    ...written,
    ...input,
    ...files,
    ...commands.map((line) => editorCommands(on, call.name, line)),
    on.fine(),
  );
}

// What `w`, `wq` and `x` write is the file that was opened.
function writtenFiles(on: Evaluation, commands: readonly Arg[], files: readonly Arg[]): readonly Outcome[] {
  const writes = commands.some(({ text }) =>
    /(?:^|[\s:|%$\d,.])(?:w|wa|wq|wqa|x|xa|wall|write|update|up)!?\s*(?:$|[|\n])/.test(text),
  );
  return writes ? files.filter(({ text }) => !text.startsWith("-")).map((file) => on.write(file, "overwrite")) : [];
}

function script(on: Evaluation, call: Call, file: Arg): Outcome {
  const text = on.contents([file]);
  if (isKnownStream(text)) return editorCommands(on, call.name, literal(text.text));
  const inside = on.places(file).every(({ real_zone }) => real_zone === "workspace");
  return inside ? on.fine() : on.effect("code-injection.tool-exec", `carry out the commands in \`${shown(file)}\``);
}

function fromInput({ stdin, name }: Call, on: Evaluation): readonly Outcome[] {
  if (stdin.from === "none") return [];
  if (isKnownStream(stdin)) return [editorCommands(on, name, literal(stdin.text))];
  const kind = stdin.taints.has("network") ? "remote-exec.fetch-run" : "code-injection.dynamic";
  return [on.effect(kind, `have \`${name}\` carry out what arrives on standard input`)];
}

/** `ed`: commands on standard input; a file named `!cmd` is a command. */
function lineEditor(call: Call, on: Evaluation): Outcome {
  const files = call.args.filter(({ text }) => !/^-/.test(text));
  const shells = files
    .filter(({ text }) => text.startsWith("!"))
    .flatMap((word) => [
      on.script(partOf(word, word.text.slice(1))),
      on.effect("code-injection.tool-exec", "read what a command prints"),
    ]);
  const writes =
    isKnownStream(call.stdin) && /^(?:[^\n]*\n)*\s*[\d,%$.]*(?:w|wq|W)\s*(?:\n|$)/.test(call.stdin.text.slice(0, 4000))
      ? files.map((file) => on.write(file, "overwrite"))
      : [];
  const known = isKnownStream(call.stdin)
    ? [editorCommands(on, call.name, literal(commandsOnly(call.stdin.text)))]
    : fromInput(call, on);
  return on.join(...shells, ...writes, ...known, on.fine());
}

// Lines after `a`, `i`, `c` up to a dot are text.
function commandsOnly(text: string): string {
  let inText = false;
  return text
    .split("\n")
    .filter((line) => {
      const was = inText;
      if (inText) inText = line !== ".";
      else inText = /^(?:[\d,%$.+-]|\/[^/]*\/)*[aic]\s*$/.test(line);
      return !was;
    })
    .join("\n");
}

const lispStarts =
  /\b(?:shell-command(?:-to-string|-on-region)?|call-process(?:-region|-shell-command)?|process-file|process-lines|start-process(?:-shell-command)?|start-file-process|make-process|async-shell-command|compile|shell|eshell|term|ansi-term|dired-do-shell-command|open-network-stream|make-network-process|url-retrieve(?:-synchronously)?|url-copy-file|browse-url|package-install(?:-file)?|package-refresh-contents|module-load)\b/;
const lispDeletes =
  /\b(?:delete-file|delete-directory|move-file-to-trash|rename-file|copy-file|make-symbolic-link|set-file-modes)\b/;
const lispKnown =
  /^\(?\s*(?:message|princ|print|prin1|emacs-version|kill-emacs|progn|require|add-to-list|setq|let\*?|byte-compile-file|batch-byte-compile|org-babel-tangle|org-\w+-export-to-\w+|find-file|goto-char|point-m(?:in|ax)|save-buffer|indent-region|untabify|whitespace-cleanup|checkdoc-file|ert-run-tests-batch-and-exit|version|concat|format|\+|\*|-|\/)\b/;

function emacs(call: Call, on: Evaluation): Outcome {
  const form = {
    flags: "nbqDQWctr",
    values: "lfLuidTgsea",
    longs:
      "batch script= eval= execute= load= funcall= directory= no-init-file quick no-site-file no-site-lisp no-splash insert= file= find-file= visit= kill debug-init daemon=? fg-daemon=? bg-daemon=? no-window-system display= version help user= chdir= init-directory= name= title= terminal= module-assertions dump-file= no-wait tty create-frame alternate-editor= socket-name= server-file= nw suppress-output quiet parent-id= reuse-frame frame-parameters= timeout= no-desktop no-loadup nl temacs= x",
    single: true,
  } as const;
  const read = readProgramOptions(
    call.args.filter(({ text }) => !/^\+\d/.test(text)),
    form,
  );
  if (read.has("version", "help")) return on.fine();
  const client = call.name === "emacsclient";
  const texts = [
    ...read.values("eval", "execute"),
    ...(client && read.has("e") ? [...read.values("e"), ...read.rest] : []),
  ];
  const loads = read
    .values("l", "load", "script", "L", "directory", "init-directory", "dump-file")
    .filter(({ text }) => /\//.test(text) || /\.elc?$/.test(text))
    .map((file) =>
      on.places(file).every(({ real_zone }) => /^workspace/.test(real_zone))
        ? on.fine()
        : on.effect("unknown.script", `load \`${shown(file)}\``),
    );
  const calls = read
    .values("f", "funcall")
    .map((name) =>
      lispStarts.test(name.text) ? on.effect("code-injection.tool-exec", `call \`${shown(name)}\``) : on.fine(),
    );
  const other = client
    ? read
        .values("a", "alternate-editor")
        .filter(({ text }) => text !== "")
        .map((editor) => on.script(editor))
    : [];
  return on.join(
    ...oddWords(on, call.name, read.unknown),
    ...loads,
    ...calls,
    ...other,
    ...texts.map((text) => lisp(on, text)),
    on.fine(),
  );
}

function lisp(on: Evaluation, source: Arg): Outcome {
  const { text } = source;
  if (text.includes("\0"))
    return on.effect("code-injection.dynamic", "evaluate a text that is only known when it runs");
  if (lispStarts.test(text))
    return on.join(
      ...[...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)]
        .slice(0, 8)
        .map((match) => on.script(literal((match[1] ?? "").replaceAll(/\\(.)/g, "$1")))),
      on.effect("code-injection.tool-exec", `evaluate \`${shown(source)}\``),
    );
  if (lispDeletes.test(text)) return on.effect("delete.code-api", `evaluate \`${shown(source)}\``);
  return lispKnown.test(text) && !/\b(?:eval|load|funcall|apply|intern|read|autoload)\b/.test(text)
    ? on.fine()
    : on.effect("code-injection.code-unknown", `evaluate \`${shown(source)}\``);
}

// Editors of a whole screen do nothing until somebody types.
function screen(call: Call, on: Evaluation): Outcome {
  if (/^(?:kak|joe|jed|micro)$/.test(call.name)) {
    const commands = call.args.flatMap(({ text }, index) =>
      /^(?:-e|-E|-f|-plugin|-config-dir|-rc)$/.test(text) ? call.args.slice(index + 1, index + 2) : [],
    );
    if (commands.length > 0)
      return on.join(
        ...commands.map((text) =>
          on.effect("code-injection.tool-exec", `have \`${call.name}\` carry out \`${shown(text)}\``),
        ),
      );
  }
  if (call.stdin.from !== "none") return on.effect("unknown.option", `type into \`${call.name}\` from a file`);
  const settings = call.args.filter(
    ({ text }) => /^(?:--rcfile|-f|--config|-c)(?:=|$)/.test(text) && call.name !== "gedit",
  );
  return settings.length > 0
    ? on.effect("unknown.option", `start \`${call.name}\` with settings of the line's own`)
    : on.fine();
}
