// `env`: variables for one command, a directory for it, a command line in one word (`-S`), or the whole environment printed.
import { type Arg, HOLE, isKnown, literal, type Stream, taintedStream } from "../../arg.ts";
import type { Evaluation, Outcome, Profile } from "../../profile.ts";
import { oddWords, partOf, shown, splitText } from "../_words.ts";

export const profile: Profile = {
  names: ["env", "genv"],
  summary: "runs a command with other variables, or prints the environment",
  judge: ({ args, name }, on) => {
    const read = readEnv(args);
    if (read.help) return on.fine();
    const odd = oddWords(on, name, read.odd);
    const { env, odd: unclear } = variables(read.assignments);
    const hidden = unclear.map((word) =>
      on.effect("unknown.option", `set a variable whose name is not known (\`${shown(word)}\`)`),
    );
    const path = env.get("PATH") ?? read.path;
    const how = {
      env,
      cleared: read.cleared,
      unset: read.unset,
      ...(read.cwd === undefined ? {} : { cwd: read.cwd }),
      ...(path === undefined ? {} : { path }),
    };
    const run = read.words.length === 0 ? assigned(on, env, printed(read)) : on.run(read.words, how);
    return on.join(...odd, ...hidden, run);
  },
  matches: [
    { line: "env sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "env -i PATH=/usr/bin sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "env -S 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "env -iS'A=1 bash -c \"sudo id\"'", decision: "deny", effect: "privilege.elevate" },
    { line: "env --split-string='sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "env -u HOME -C / -- sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "env LD_PRELOAD=./x.so ls", decision: "deny", effect: "code-injection.environment" },
    { line: "env LD_PRELOAD=./x.so", decision: "deny", effect: "code-injection.environment" },
    { line: "env A=1 rm -rf dist", decision: "rewrite", effect: "delete.trash" },
    { line: "env --frob true", decision: "ask", effect: "unknown.option" },
  ],
  spares: ["env", "env -i true", "env NODE_ENV=test true", "env -u HOME pwd", "/usr/bin/env echo ok"],
};

interface EnvCall {
  readonly cleared: boolean;
  readonly unset: readonly Arg[];
  readonly help: boolean;
  readonly cwd: Arg | undefined;
  /** Where BSD's `-P` looks for the command. */
  readonly path: Arg | undefined;
  readonly assignments: readonly Arg[];
  readonly words: readonly Arg[];
  readonly odd: readonly Arg[];
}

const longs: Readonly<Record<string, string>> = {
  "ignore-environment": "i",
  null: "0",
  unset: "u",
  chdir: "C",
  "split-string": "S",
  debug: "v",
  argv0: "a",
  "block-signal": "",
  "default-signal": "",
  "ignore-signal": "",
  "list-signal-handling": "",
  help: "h",
  version: "h",
};

interface State {
  rest: readonly Arg[];
  cleared: boolean;
  readonly unset: Arg[];
  help: boolean;
  cwd: Arg | undefined;
  path: Arg | undefined;
  readonly odd: Arg[];
}

/** The options of `env` in their order: `-S` puts the words of a text in its own place, and they are read on. */
function readEnv(args: readonly Arg[]): EnvCall {
  const state: State = { rest: args, cleared: false, unset: [], help: false, cwd: undefined, path: undefined, odd: [] };
  for (let turns = 0; turns < 200; turns += 1) {
    const [word, ...rest] = state.rest;
    if (word === undefined || !word.text.startsWith("-")) break;
    state.rest = rest;
    if (word.text === "--") break;
    if (word.text === "-") state.cleared = true;
    else if (word.text.startsWith("--")) readLong(state, word);
    else readCluster(state, word);
  }
  const end = state.rest.findIndex(({ text }) => !text.includes("="));
  const cut = end < 0 ? state.rest.length : end;
  return { ...state, assignments: state.rest.slice(0, cut), words: state.rest.slice(cut) };
}

function readLong(state: State, word: Arg): void {
  const body = word.text.slice(2);
  const equals = body.indexOf("=");
  const spelled = equals < 0 ? body : body.slice(0, equals);
  const names = Object.keys(longs).filter((name) => name.startsWith(spelled));
  const name = names.includes(spelled) ? spelled : names.length === 1 ? names[0] : undefined;
  const letter = name === undefined ? undefined : longs[name];
  if (letter === undefined) state.odd.push(word);
  else if (letter !== "") apply(state, letter, equals < 0 ? null : partOf(word, body.slice(equals + 1)));
}

function readCluster(state: State, word: Arg): void {
  for (let at = 1; at < word.text.length; at += 1) {
    const letter = word.text[at] ?? "";
    if (!"i0uCSvaPh".includes(letter)) {
      state.odd.push(word);
      return;
    }
    if ("i0vh".includes(letter)) {
      apply(state, letter, null);
      continue;
    }
    const glued = word.text.slice(at + 1);
    apply(state, letter, glued === "" ? null : partOf(word, glued));
    return;
  }
}

/** One option; its value is glued to it or the next word. */
function apply(state: State, letter: string, glued: Arg | null): void {
  if (letter === "i") state.cleared = true;
  if (letter === "h") state.help = true;
  if (!"uCSaP".includes(letter)) return;
  const value = glued ?? state.rest[0];
  if (glued === null) state.rest = state.rest.slice(1);
  if (value === undefined) return;
  // A value that may be several words leaves open which one is the command.
  if (value.glob || value.splits) state.odd.push(value);
  if (letter === "u") state.unset.push(value);
  if (letter === "C") state.cwd = value;
  if (letter === "P") state.path = value;
  if (letter === "S") state.rest = [...splitText(value), ...state.rest];
}

function variables(words: readonly Arg[]): { readonly env: ReadonlyMap<string, Arg>; readonly odd: readonly Arg[] } {
  const env = new Map<string, Arg>();
  const odd: Arg[] = [];
  for (const word of words) {
    const cut = word.text.indexOf("=");
    const name = word.text.slice(0, cut);
    if (name.includes(HOLE)) odd.push(word);
    else env.set(name, { ...partOf(word, word.text.slice(cut + 1)), splits: false });
  }
  return { env, odd };
}

// Without a command nothing sees the variables, but `env X=… ` printed into a file or a shell is still a way to set them.
const assigned = (on: Evaluation, env: ReadonlyMap<string, Arg>, stdout: Stream): Outcome =>
  on.printing(env.size === 0 ? on.fine() : on.run([literal("true")], { env }), stdout);

const printed = ({ cleared, assignments }: EnvCall): Stream =>
  cleared && assignments.every(isKnown)
    ? { text: assignments.map(({ text }) => `${text}\n`).join(""), taints: new Set(), files: [], from: "pipe" }
    : taintedStream(["environment"]);
