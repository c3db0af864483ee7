// Editors: opening a file is harmless; commands on the line, in a script or on standard input are read.
import { type Arg, isKnownStream, literal } from "../../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { asksForHelp, oddWords, partOf, shown } from "../_words.ts";
import { readProgramOptions } from "../interpreters/_program-options.ts";
import { commandFile } from "./_command-file.ts";
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
  names: [...vis, ...lines, ...screens],
  summary: "edits files",
  judge: (call, on) => {
    if (asksForHelp(call.args)) return on.fine();
    if (lines.includes(call.name)) return lineEditor(call, on);
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
    { line: "vim README.md -c 'r !sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "vim -u /tmp/evil.vim README.md", decision: "ask", effect: "unknown.script" },
    { line: "hx /etc/hosts <<< x", decision: "ask", effect: "unknown.option" },
  ],
  spares: [
    "vim docs/rm.md",
    "vim +42 src/a.ts",
    "vim -es -c '%s/a/b/g' -c wq src/a.ts",
    "printf '1d\\nw\\nq\\n' | ed -s notes.md",
    "nano README.md",
    "nvim --headless -c 'g/foo/d' -c wq src/a.ts",
  ],
};

const viForm = {
  anywhere: true,
  flags: "AbCdDeEfFghHlLmMnNoOpPqRsvVxXyZ",
  values: "cStTuUiwWrp",
  glued: "",
  longs:
    "cmd= clean embed headless listen= noplugin not-a-term nofork gui-dialog-file= ttyfail startuptime= version help literal api-info server= remote remote-expr= remote-send= remote-silent remote-tab remote-wait remote-ui servername= serverlist echo-wid socketid= windowid= role= luamod-dev log=",
} as const;

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
    .map((file) => commandFile(on, call.name, file, (source) => editorCommands(on, call.name, source)));
  const lua =
    call.name === "nvim" && read.has("l") && read.rest[0] !== undefined
      ? [on.programFile(read.rest[0], "lua", read.rest.slice(1))]
      : [];
  const keys = !silent && read.has("s") && call.name !== "ex" && read.rest.length > 0 ? typed(call, on, read.rest) : [];
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

// `-s FILE`: keys; a file that is standard input is whatever arrives there.
function typed(call: Call, on: Evaluation, [file]: readonly Arg[]): readonly Outcome[] {
  const input = on.places(file ?? call.word).some(({ entry }) => /^\/dev\/(?:stdin|fd\/0)$/.test(entry ?? ""));
  return [
    ...(input ? fromInput(call, on) : []),
    on.effect("unknown.script", `type the keys in \`${shown(file ?? call.word)}\``),
  ];
}

// What `w`, `wq` and `x` write is the file that was opened.
function writtenFiles(on: Evaluation, commands: readonly Arg[], files: readonly Arg[]): readonly Outcome[] {
  const writes = commands.some(({ text }) =>
    /(?:^|[\s:|%$\d,.])(?:w|wa|wq|wqa|x|xa|wall|write|update|up)!?\s*(?:$|[|\n])/.test(text),
  );
  return writes ? files.filter(({ text }) => !text.startsWith("-")).map((file) => on.write(file, "overwrite")) : [];
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
