// Runners of a project's named tasks: the tasks are the project's own; other shells, files from elsewhere and one-off commands are judged.
import { type Arg, literal } from "../../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { asksForHelp, oddWords, runJoined, shown } from "../_words.ts";
import { type LetterForm, type ProgramOptions, readProgramOptions } from "../interpreters/_program-options.ts";
import { loaded } from "../interpreters/_code.ts";
import { losesData } from "../interpreters/ruby.ts";
import { buildFile, projectFiles, type ReadText } from "./_project-file.ts";

interface Runner {
  readonly form: LetterForm;
  /** Options whose value is the file of tasks. */
  readonly file?: readonly string[];
  /** Options whose value is the folder it runs in. */
  readonly dir?: readonly string[];
  /** Options whose value is a shell or a program that it starts. */
  readonly starts?: readonly string[];
  /** Options whose value is a library that it loads. */
  readonly loads?: readonly string[];
  /** Files that are read when none is named. */
  readonly names: readonly string[];
  /** Lines of such a file that are commands, for a file that this very line writes. */
  readonly recipes?: RegExp;
  readonly more?: (call: Call, on: Evaluation, read: ProgramOptions) => readonly Outcome[];
}

// `install` copies what was built into the system.
function installs(call: Call, on: Evaluation, read: ProgramOptions): readonly Outcome[] {
  return read.rest.some(({ text }) => text === "install") && !read.has("n")
    ? [on.effect("unknown.outside-write", `install by \`${call.name}\` what was built`)]
    : [];
}

const just: Runner = {
  form: {
    flags: "nquvlhVgc",
    values: "dfEs",
    longs:
      "chooser= choose color= command-color= dotenv-filename= dotenv-path= dry-run dump dump-format= edit evaluate explain fmt check highlight init justfile= list list-heading= list-prefix= list-submodules no-aliases no-deps no-dotenv no-highlight one quiet set= shell= shell-arg= shell-command clear-shell-args show= summary timestamp timestamp-format= unsorted unstable usage= variables verbose working-directory= yes global-justfile groups man changelog command completions= alias-style= ceiling= cygpath= allow-missing tempdir= time indentation= complete-aliases help version request= format=",
  },
  file: ["f", "justfile"],
  dir: ["d", "working-directory"],
  starts: ["shell", "chooser"],
  names: ["justfile", "Justfile", ".justfile"],
  recipes: /^[ \t]+[@-]*(.*)$/,
  more: (_call, on, read) => [
    // `just -c CMD ARGS…` runs a command with the justfile's variables.
    ...(read.has("c", "command") ? [on.run(read.rest)] : []),
    ...read
      .values("shell-arg")
      .filter(({ text }) => !/^-[\w-]*$/.test(text))
      .map((word) => on.effect("code-injection.tool-exec", `give the recipes another shell (\`${shown(word)}\`)`)),
    ...(read.has("set") && read.values("set").some(({ text }) => /^shell$/.test(text))
      ? [on.effect("code-injection.tool-exec", "give the recipes another shell")]
      : []),
    ...read.rest
      .filter(({ text }) => text.includes("=") && /`|\$\(/.test(text))
      .map((word) => on.effect("code-injection.tool-exec", `set \`${shown(word)}\``)),
  ],
};
const gotask: Runner = {
  form: {
    anywhere: true,
    flags: "abfghilnpsvwxyF",
    values: "tdoICc",
    longs:
      "all parallel concurrency= color= dir= dry entrypoint= exit-code force force-all global help init insecure interval= list list-all json no-status output= output-group-begin= output-group-end= output-group-error-only silent disable-fuzzy sort= status summary taskfile= verbose version watch yes offline download clear-cache timeout= expiry= experiments completion= nested failfast trusted-hosts=",
  },
  file: ["t", "taskfile"],
  dir: ["d", "dir"],
  names: ["Taskfile.yml", "Taskfile.yaml", "taskfile.yml"],
  recipes: /^\s*(?:-\s+(?:cmd:\s*)?|cmds?:\s*)(["']?)(\S.*)\1$/,
};
const rake: Runner = {
  form: {
    anywhere: true,
    flags: "AnPDTWgmNXqstvVhXGB",
    values: "eEpfrICjR",
    longs:
      "execute= execute-print= execute-continue= rakefile= require= libdir= directory= tasks=? describe=? where=? dry-run prereqs trace=? quiet silent verbose=? version help all build-all multitask jobs=? no-search no-system nosearch system job-stats=? rules rakelibdir= suppress-backtrace= backtrace comments load= libdir=",
  },
  file: ["f", "rakefile"],
  dir: ["C", "directory"],
  loads: ["r", "require"],
  names: ["Rakefile", "rakefile", "Rakefile.rb", "rakefile.rb"],
  more: (_call, on, read) => [
    ...read.values("e", "E", "p", "execute", "execute-print", "execute-continue").map((text) => on.code("ruby", text)),
    ...read.rest
      .filter(({ text }) => losesData.test(text))
      .map((word) => on.effect("infra.database", `run the task \`${shown(word)}\``)),
  ],
};
const ninja: Runner = {
  form: { anywhere: true, flags: "vnkh", values: "CfjlktdwP", longs: "version verbose quiet" },
  file: ["f"],
  dir: ["C"],
  names: ["build.ninja"],
  recipes: /^\s*command\s*=\s*(.*)$/,
  more: installs,
};
const script = (names: string, loads: readonly string[] = []): Runner => ({
  form: {
    flags: "vlhqnsTdLSVifDg",
    glued: "j",
    values: "fCcrm",
    longs:
      "gulpfile= gruntfile= file= jakefile= cwd= base= require= tasks list version verbose silent help color no-color force debug stack write completion= continue series sort-tasks depth= preload= dir= directory= makefile= timeout= clean compile= mage= keep ignoredefault gocmd= goos= goarch= ldflags= multiple debugging no-write tasksfile= search-root= collection= config= echo pty warn-only dry hide= list-format= prompt-for-sudo-password dep= db-file= backend= process= seek-file continue always parallel-type=",
  },
  file: ["f", "gulpfile", "gruntfile", "file", "jakefile", "makefile"],
  dir: ["C", "cwd", "base", "dir", "directory", "search-root"],
  loads: [...loads, "require", "preload"],
  names: names.split(" "),
});

const runners: Readonly<Record<string, Runner>> = {
  just,
  task: gotask,
  "go-task": gotask,
  rake,
  drake: rake,
  thor: rake,
  ninja,
  samu: ninja,
  "ninja-build": ninja,
  gulp: script("gulpfile.js gulpfile.mjs"),
  grunt: script("Gruntfile.js"),
  jake: script("Jakefile Jakefile.js"),
  invoke: script("tasks.py"),
  inv: script("tasks.py"),
  doit: script("dodo.py"),
  scons: script("SConstruct"),
  waf: script("wscript"),
  mage: script("magefile.go"),
  earthly: script("Earthfile"),
  hereby: script("Herebyfile.mjs"),
  wireit: script(""),
  tup: script("Tupfile"),
  redo: script("default.do"),
  cake: script("Cakefile build.cake"),
  nuke: script(""),
  paver: script("pavement.py"),
  mask: script("maskfile.md"),
  xtask: script(""),
  poe: script(""),
  taskipy: script(""),
  tusk: script("tusk.yml"),
  robo: script("RoboFile.php"),
  phing: script("build.xml"),
  maid: script(""),
};

export const profile: Profile = {
  names: Object.keys(runners),
  summary: "runs the named tasks of a project",
  judge: (call, on) => {
    const runner = runners[call.name];
    return runner === undefined || asksForHelp(call.args) ? on.fine() : judge(call, on, runner);
  },
  matches: [
    { line: "just --shell /tmp/x build", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "just -c sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "just -f /opt/justfile build", decision: "ask", effect: "unknown.script" },
    { line: "printf 'a:\\n  sudo id\\n' > justfile; just a", decision: "deny", effect: "privilege.elevate" },
    { line: "task -t https://example.com/Taskfile.yml", decision: "ask", effect: "remote-exec.run-url" },
    { line: "rake -e 'system(\"sudo id\")'", decision: "deny", effect: "privilege.elevate" },
    { line: "rake db:drop", decision: "ask", effect: "infra.database" },
    { line: "rake -r /tmp/x.rb test", decision: "deny", effect: "code-injection.environment" },
    { line: "ninja -f /tmp/../etc/x.ninja", decision: "ask", effect: "unknown.script" },
    { line: "gulp --require /tmp/x.js", decision: "deny", effect: "code-injection.environment" },
    { line: "just -d /opt build", decision: "ask", effect: "unknown.script" },
  ],
  spares: [
    "just build",
    "just --list",
    "task test -- --flag",
    "rake test",
    "rake -T",
    "ninja -C build test",
    "gulp build",
    "invoke test",
    "just sudo-docs",
    "scons -j4",
    "mage -l",
  ],
};

function judge(call: Call, on: Evaluation, runner: Runner): Outcome {
  const read = readProgramOptions(call.args, runner.form);
  if (read.has("version", "help", "h")) return on.fine();
  const rules: ReadText = runner.recipes === undefined ? null : (text) => recipes(on, text, runner.recipes ?? /$^/);
  const files = read.values(...(runner.file ?? [])).map((file) => buildFile(on, file, rules));
  const own =
    files.length > 0
      ? []
      : [
          projectFiles(
            on,
            runner.names.filter((name) => name !== ""),
            rules,
          ),
        ];
  const dirs = read
    .values(...(runner.dir ?? []))
    .filter((path) => on.places(path).some(({ real_zone }) => !/^(?:workspace|temporary)/.test(real_zone)))
    .map((path) => on.effect("unknown.script", `run tasks in \`${shown(path)}\`, which is outside the workspace`));
  const starts = read
    .values(...(runner.starts ?? []))
    .filter(
      ({ text }) =>
        !/^(?:\/(?:usr\/)?bin\/)?(?:ba|da|z|k)?sh$|^(?:fzf|cat|nu|fish|pwsh|powershell(?:\.exe)?|cmd\.exe)$/.test(text),
    )
    .map((text) => on.effect("code-injection.tool-exec", `have \`${call.name}\` start \`${shown(text)}\``));
  const loads = read
    .values(...(runner.loads ?? []))
    .map((library) => loaded(on, call.name === "rake" ? "ruby" : "javascript", library));
  const odd = oddWords(
    on,
    call.name,
    read.unknown.filter(({ text }) => !text.startsWith("--")),
  );
  return on.join(
    ...odd,
    ...files,
    ...own,
    ...dirs,
    ...starts,
    ...loads,
    ...(runner.more?.(call, on, read) ?? []),
    on.fine(),
  );
}

// Commands in a file of tasks that this line brings.
function recipes(on: Evaluation, text: string, form: RegExp): Outcome {
  const lines = text
    .slice(0, 64_000)
    .split("\n")
    .slice(0, 500)
    .flatMap((line) => {
      const match = form.exec(line);
      const command: Arg | null =
        match === null
          ? null
          : literal((match.at(-1) ?? "").replaceAll(/\{\{[^}]*\}\}|\$\{?\w+\}?|\$in\b|\$out\b/g, "x"));
      return command === null || command.text.trim() === "" ? [] : [command];
    });
  return on.join(on.fine(), ...lines.map((line) => ({ ...runJoined(on, [line]), edits: [] })));
}
