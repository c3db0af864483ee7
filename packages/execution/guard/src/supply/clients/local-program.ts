// Programs that a project's packages bring along: run where they are installed, or fetched and run at once.
import { type Arg, isKnown, known, literal } from "../../arg.ts";
import type { Call, Evaluation, Outcome } from "../../profile.ts";
import { foldersUp } from "../install/read-project.ts";
import { foldersOf } from "./client-install.ts";
import { deleterOutcome } from "./package-deleters.ts";

/** True when `name` is installed in the project: `node_modules/.bin/<name>` here or above. */
export function isInstalled(on: Evaluation, name: string, dir?: Arg): boolean {
  if (!/^[\w.@-]+$/.test(name)) return false;
  const folders = foldersOf(on, dir);
  return (
    folders.length > 0 &&
    folders.every((folder) =>
      foldersUp(folder, on.setting.workspaces).some(
        (one) => on.facts.lstat(`${one}/node_modules/.bin/${name}`) !== undefined,
      ),
    )
  );
}

/** What a program does that the project brings along: what its name is known for, else a harmless run. */
export function localOutcome(on: Evaluation, words: readonly Arg[], call?: Call): Outcome {
  const [program, ...args] = words;
  const name = known(program);
  if (program === undefined) return on.fine();
  if (name === undefined)
    return on.effect("unknown.command-word", "run a program of the project whose name is only known when it runs");
  const deleted = deleterOutcome(on, name, args);
  if (deleted !== undefined) return call === undefined ? deleted : withTrash(on, call, words, deleted);
  const ran = on.run([literal(name), ...args]);
  const nobody = ran.effects.some(({ kind }) => kind === "unknown.program");
  const wrapped = nobody ? wrappedWords(name, args) : undefined;
  if (wrapped !== undefined)
    return on.join(
      ...wrapped.map((one) =>
        withoutUnknown(one.text === undefined ? on.run(one.words) : on.script(literal(one.text))),
      ),
      on.fine(),
    );
  return withoutUnknown(ran);
}

// A delete by an installed package goes to the trash, where the words are plain paths.
function withTrash(on: Evaluation, call: Call, [program, ...args]: readonly Arg[], outcome: Outcome): Outcome {
  const plain = args.every((arg) => isKnown(arg) && !arg.text.startsWith("-") && !/[*?[{]/.test(arg.text));
  const [start, end] = [call.word.at?.start, program?.at?.end];
  if (!plain || start === undefined || end === undefined || on.setting.governed || program?.text === "shx")
    return outcome;
  return { ...outcome, edits: [{ at: { start, end }, text: `${on.setting.trash_command} -rf --`, kind: "trash" }] };
}

/** A program that nobody has a profile for is the project's own business. */
export function withoutUnknown(outcome: Outcome): Outcome {
  return {
    ...outcome,
    effects: outcome.effects.filter(({ kind }) => kind !== "unknown.program" && kind !== "unknown.option"),
  };
}

interface Wrapped {
  readonly words: readonly Arg[];
  readonly text?: string;
}

// Programs of npm packages that start what they are given.
function wrappedWords(name: string, args: readonly Arg[]): readonly Wrapped[] | undefined {
  switch (name) {
    case "concurrently":
    case "start-server-and-test":
      return args.filter(({ text }) => !text.startsWith("-")).map(({ text }) => ({ words: [], text }));
    case "nodemon":
    case "tsc-watch":
    case "chokidar":
    case "onchange":
      return watched(args);
    case "c8":
    case "nyc":
      return [{ words: afterOptions(args) }];
    case "lerna":
      return args[0]?.text === "exec" ? [{ words: args.slice(1).filter(({ text }) => text !== "--") }] : undefined;
    default:
      return undefined;
  }
}

function watched(args: readonly Arg[]): readonly Wrapped[] {
  const texts = optionValues(args, ["--exec", "-x", "--onSuccess", "--onFailure", "-c", "--command"]);
  const behind = args.findIndex(({ text }) => text === "--");
  return [...texts.map((text) => ({ words: [], text })), ...(behind === -1 ? [] : [{ words: args.slice(behind + 1) }])];
}

const afterOptions = (args: readonly Arg[]): readonly Arg[] =>
  args.slice(
    Math.max(
      0,
      args.findIndex(({ text }) => !text.startsWith("-")),
    ),
  );

function optionValues(args: readonly Arg[], names: readonly string[]): readonly string[] {
  return args.flatMap(({ text }, place) => {
    const [name, value] = [text.replace(/=.*$/s, ""), /=(.*)$/s.exec(text)?.[1]];
    return names.includes(name) ? [value ?? args[place + 1]?.text ?? ""] : [];
  });
}
