// Watchers of one language or one file of processes: what follows their options is a command, or a file of the project names it.
import { type Arg, literal } from "../../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { asksForHelp, partOf, runJoined } from "../_words.ts";
import { buildFile, projectFiles } from "../builds/_project-file.ts";

const watchers = [
  "cargo-watch",
  "reflex",
  "wgo",
  "modd",
  "air",
  "CompileDaemon",
  "bacon",
  "guard",
  "gow",
  "rerun",
  "when-changed",
  "filewatcher",
  "fwatch",
  "watchman-make",
  "watchmedo",
  "pytest-watch",
  "ptw",
  "livereload",
  "reload",
  "ding",
  "peat",
];
const processes = [
  "foreman",
  "overmind",
  "hivemind",
  "honcho",
  "goreman",
  "mprocs",
  "procodile",
  "forego",
  "process-compose",
  "nf",
];

export const profile: Profile = {
  names: [...watchers, ...processes],
  summary: "runs a project's processes, again when its files change",
  judge: (call, on) =>
    asksForHelp(call.args) ? on.fine() : processes.includes(call.name) ? several(call, on) : watcher(call, on),
  matches: [
    { line: "cargo-watch -s 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "reflex -r '\\.go$' -- sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "watchmedo shell-command --command='sudo id' .", decision: "deny", effect: "privilege.elevate" },
    { line: "CompileDaemon -command='sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "foreman run sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "honcho -f /opt/Procfile start", decision: "ask", effect: "unknown.script" },
    { line: "printf 'web: sudo id\\n' > Procfile; foreman start", decision: "deny", effect: "privilege.elevate" },
    { line: "mprocs 'sudo id'", decision: "deny", effect: "privilege.elevate" },
  ],
  spares: [
    "cargo-watch -x test",
    "air",
    "foreman start",
    "reflex -r x -- echo ok",
    "bacon test",
    "mprocs 'echo a' 'echo b'",
  ],
};

const texts =
  /^--?(?:s|shell|command|cmd|build|run|c|exec|onpass|onfail|beforerun|afterrun|runner|build\.cmd|build\.bin|build\.full_bin|build\.pre_cmd|build\.post_cmd)$/;

function watcher(call: Call, on: Evaluation): Outcome {
  const { args, name } = call;
  const cut = args.findIndex(({ text }) => text === "--");
  const own = cut < 0 ? args : args.slice(0, cut);
  const given = own.flatMap((word, index): readonly Arg[] => {
    const equals = word.text.indexOf("=");
    if (equals > 0 && texts.test(word.text.slice(0, equals))) return [partOf(word, word.text.slice(equals + 1))];
    const plain =
      texts.test(word.text) && !(word.text === "-c" && /^(?:air|bacon|cargo-watch|reflex|modd)$/.test(name));
    return plain && own[index + 1] !== undefined ? own.slice(index + 1, index + 2) : [];
  });
  const words = cut >= 0 ? args.slice(cut + 1) : [];
  const files =
    name === "air" || name === "modd" || name === "reflex"
      ? own.flatMap(({ text }, index) =>
          /^(?:-c|-f|--file|--config)$/.test(text) ? own.slice(index + 1, index + 2) : [],
        )
      : [];
  const run = words.length === 0 ? on.fine() : runJoined(on, words);
  const other = name === "wgo" ? [on.run(withoutOptions(args))] : [];
  return on.join(
    ...given.map((text) => on.script(text)),
    ...files.map((file) => buildFile(on, file, null)),
    ...other,
    run,
  );
}

const withoutOptions = (args: readonly Arg[]): readonly Arg[] => {
  const start = args.findIndex(
    ({ text }, index) =>
      !text.startsWith("-") &&
      !/^-(?:file|xfile|dir|xdir|cd|root|debounce|exit|poll)$/.test(args[index - 1]?.text ?? ""),
  );
  const words = start < 0 ? [] : args.slice(start);
  return words[0]?.text === "run" ? [partOf(words[0], "go"), ...words] : words;
};

/** `foreman start` reads the Procfile; `foreman run CMD` runs a command. */
function several({ args, name }: Call, on: Evaluation): Outcome {
  const procfile = (text: string): Outcome =>
    on.join(
      on.fine(),
      ...text
        .split("\n")
        .slice(0, 100)
        .flatMap((line) => {
          const command = /^[\w-]+:\s*(.+)$/.exec(line)?.[1];
          return command === undefined ? [] : [on.script(literal(command))];
        }),
    );
  const files = args
    .flatMap(({ text }, index) =>
      /^(?:-f|-c|--procfile|--config)$/.test(text) ? args.slice(index + 1, index + 2) : [],
    )
    .map((file) => buildFile(on, file, procfile));
  const at = args.findIndex(({ text }) => /^(?:run|exec)$/.test(text));
  if (at >= 0) {
    const rest = args.slice(at + 1);
    const start = rest.findIndex(
      ({ text }, index) => !text.startsWith("-") && !/^-[ef]$/.test(rest[index - 1]?.text ?? ""),
    );
    return on.join(...files, start < 0 ? on.fine() : on.run(rest.slice(start)));
  }
  if (args.some(({ text }) => text === "export"))
    return on.effect("system.persist", `write services by \`${name} export\``);
  const commands =
    name === "mprocs"
      ? args.filter(
          ({ text }, index) =>
            !text.startsWith("-") && !/^(?:-c|--config|--names|-s|--server|--ctl)$/.test(args[index - 1]?.text ?? ""),
        )
      : [];
  const remote =
    name === "mprocs" && args.some(({ text }) => /^--(?:server|ctl)/.test(text))
      ? [on.effect("unknown.option", "let others steer the processes")]
      : [];
  return on.join(
    ...files,
    ...remote,
    ...(files.length > 0 ? [] : [projectFiles(on, ["Procfile", "Procfile.dev", "mprocs.yaml"], procfile)]),
    ...commands.map((text) => on.script(text)),
    on.fine(),
  );
}
