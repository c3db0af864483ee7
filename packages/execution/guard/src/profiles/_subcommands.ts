// Programs with subcommands: which words of a call are the subcommand, what its table says of it, and what a trial run or `--help` makes of it.
import { type Arg, isKnown, taintedStream } from "../arg.ts";
import type { EffectKind } from "../effect-kinds.ts";
import { type Given, type Grammar, grammar, type Options, readOptions } from "../options.ts";
import type { Call, Evaluation, Outcome } from "../profile.ts";
import { find, type Found, type Index, indexOf } from "./_subcommand-table.ts";
import { type Sense, senseOfWords } from "./_verbs.ts";
import { shown } from "./_words.ts";

/** A call whose subcommand was found. */
export interface Here {
  readonly call: Call;
  readonly on: Evaluation;
  readonly options: Options;
  /** The subcommand's words. */
  readonly path: readonly Arg[];
  /** The words after it that are no options, where options may stand anywhere. */
  readonly rest: readonly Arg[];
  /** Everything after it as it stands, options too. */
  readonly tail: readonly Arg[];
  /** The call as it may be shown. */
  readonly name: string;
}

/** What a subcommand means when a word is not enough. */
export type Special = (here: Here) => Outcome;

/** A program with subcommands. */
export interface Program {
  /**
   * Its options in the form of `grammar`: every one that may stand before the subcommand, and of those after it the ones that take a
   * value. `help` is known without being named.
   */
  readonly options: string;
  /** Long options have one dash. */
  readonly single?: true;
  /** Words of a subcommand are joined by colons: `apps:destroy`. */
  readonly colons?: true;
  /** Subcommands by what they mean, separated by commas: `"ps, volume|network ls, image *"`. The longest that fits counts. */
  readonly means: Readonly<Partial<Record<Sense, string>>>;
  readonly special?: Readonly<Record<string, Special>>;
  /** Options of a trial run, with which nothing is changed. */
  readonly trial?: readonly string[];
  /** What a subcommand is that the table does not name. `verbs`: its verb says; `second`: the second word is the verb. Default: not known. */
  readonly otherwise?: Sense | "verbs" | "second";
  /** A call without a subcommand. Default: it prints its help. */
  readonly bare?: Sense | Special;
}

const kindOf: Readonly<Partial<Record<Sense, EffectKind>>> = {
  secret: "exfil.secret-read",
  destroy: "infra.destroy",
  apply: "infra.apply",
  admin: "infra.admin",
  publish: "infra.publish",
  database: "infra.database",
  remote: "remote-exec.remote-host",
  url: "remote-exec.run-url",
  exec: "code-injection.tool-exec",
  unknown: "unknown.option",
};

/** The outcome of a sense. `name` is the call as it is shown. */
export function sensed(on: Evaluation, sense: Sense, name: string): Outcome {
  if (sense === "fetch") return on.fine(taintedStream(["network"]));
  if (sense === "generator") return on.fine(taintedStream(["generator"]));
  const kind = kindOf[sense];
  if (kind === undefined) return on.fine();
  return on.printing(
    on.effect(kind, `run \`${name}\``),
    sense === "secret" ? taintedStream(["secret"]) : on.fine().stdout,
  );
}

interface Ready {
  readonly program: Program;
  readonly grammar: Grammar;
  readonly index: Index<Special>;
}

/** The judgement of a program with subcommands. Its tables are made when it is first met. */
export function judgeSubcommands(program: Program): (call: Call, on: Evaluation) => Outcome {
  let ready: Ready | null = null;
  return (call, on) =>
    judge(
      (ready ??= {
        program,
        grammar: grammarOf(program),
        index: indexOf<Special>(program.means, program.special ?? {}),
      }),
      call,
      on,
    );
}

function grammarOf({ options, single, trial = [] }: Program): Grammar {
  const has = (name: string): boolean => new RegExp(`(?:^|[\\s,])${name}(?:[,=\\s]|$)`).test(options);
  const more = [has("h") ? "help" : "h,help", ...trial.filter((name) => !has(name))];
  return grammar(`${options} ${more.join(" ")}`, single === true ? { single } : {});
}

function judge({ program, grammar: known, index }: Ready, call: Call, on: Evaluation): Outcome {
  const options = readOptions(call.args, known);
  const [first] = options.operands;
  if (first === undefined) return judgeBare(program, call, on, options);
  const parts =
    program.colons === true && isKnown(first) ? first.text.split(":").map((text) => ({ ...first, text })) : [first];
  const words = [...parts, ...options.operands.slice(1)];
  const found = deeperVerb(program, words, find(index, words)) ?? byVerb(program, words);
  const path = words.slice(0, found.depth);
  const last = path.length <= parts.length ? first : path.at(-1);
  const here: Here = {
    call,
    on,
    options,
    path,
    rest: words.slice(Math.max(path.length, parts.length)),
    tail: last === undefined ? [] : call.args.slice(call.args.indexOf(last) + 1),
    name: nameOf(call, options.operands.slice(0, path.length + 2)),
  };
  const odd = beforeWord(call, options, last).map((word) =>
    on.effect("unknown.option", `run \`${call.name}\` with \`${shown(word)}\``),
  );
  return on.join(...odd, meant(program, here, found.meaning));
}

const nameOf = (call: Call, words: readonly Arg[]): string => [call.name, ...words.map(shown)].join(" ").slice(0, 160);

function judgeBare({ bare = "read" }: Program, call: Call, on: Evaluation, options: Options): Outcome {
  const odd = options.uncertain.map((word) =>
    on.effect("unknown.option", `run \`${call.name}\` with \`${shown(word)}\``),
  );
  const sense = options.has("help", "version") ? "read" : bare;
  const here: Here = { call, on, options, path: [], rest: [], tail: call.args, name: call.name };
  return on.join(...odd, typeof sense === "function" ? sense(here) : sensed(on, sense, call.name));
}

// SECURITY: an option nobody knows may take the next word as its value: which word is the subcommand is not known then.
function beforeWord({ args }: Call, { unknown, uncertain }: Options, last: Arg | undefined): readonly Arg[] {
  const end = last === undefined ? args.length : args.indexOf(last);
  return [...unknown.filter(({ text }) => !text.includes("=")), ...uncertain].filter((arg) => args.indexOf(arg) < end);
}

function meant({ trial = [] }: Program, here: Here, meaning: Sense | Special): Outcome {
  if (typeof meaning === "function") return meaning(here);
  const { on, call, options, name, path } = here;
  // `source <(kubectl completion bash)`: what it prints is meant to be run.
  if (meaning === "read" && path[0]?.text === "completion") return sensed(on, "generator", name);
  if (meaning !== "read" && meaning !== "fetch" && isTrial(call, options, ["help", ...trial])) return on.fine();
  return sensed(on, meaning, name);
}

function byVerb({ otherwise = "unknown" }: Program, words: readonly Arg[]): Found<Special> {
  if (otherwise !== "verbs" && otherwise !== "second") return { depth: 1, meaning: otherwise };
  const skipped = otherwise === "second" ? 1 : 0;
  const verb = senseOfWords(words.slice(skipped, otherwise === "second" ? 2 : words.length).map(({ text }) => text));
  return verb === undefined
    ? { depth: words.length, meaning: "unknown" }
    : { depth: verb.at + skipped + 1, meaning: verb.sense };
}

// SECURITY: `apps` looks, `apps destroy` does not: where verbs count, one that follows a command that looks is heard, and one that destroys always.
function deeperVerb(
  { otherwise }: Program,
  words: readonly Arg[],
  found: Found<Special> | undefined,
): Found<Special> | undefined {
  if (otherwise !== "verbs" || found === undefined || typeof found.meaning === "function") return found;
  const { depth, meaning } = found;
  const looks = meaning === "read" || meaning === "fetch";
  if (!looks && meaning !== "apply" && meaning !== "admin") return found;
  const from = looks ? depth : depth - 1;
  const verb = senseOfWords(words.slice(from, depth + 1).map(({ text }) => text));
  return verb === undefined || (looks ? verb.sense === "read" : verb.sense !== "destroy")
    ? found
    : { depth: from + verb.at + 1, meaning: verb.sense };
}

/** True where one of these options was certainly given and not switched off again. */
export function isTrial(call: Call, options: Options, names: readonly string[]): boolean {
  return names.some((name) => {
    const last = options.given.findLast((one) => one.name === name);
    return (
      last !== undefined &&
      isFirm(call, options, last) &&
      (last.value === undefined || /^(?:true|client|server|1|yes|all)$/i.test(last.value.text))
    );
  });
}

// SECURITY: after an option nobody knows, `--dry-run` may be that option's value.
function isFirm({ args }: Call, { unknown }: Options, { arg }: Given): boolean {
  const previous = args[args.indexOf(arg) - 1];
  return previous === undefined || !unknown.includes(previous) || previous.text.includes("=");
}
