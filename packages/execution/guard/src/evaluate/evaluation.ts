// What profiles may ask of the evaluation, bound to one shell at one moment.
import {
  type Arg,
  emptyStream,
  filesOfBoth,
  HOLE,
  isKnown,
  literal,
  noStream,
  type Stream,
  type Taint,
} from "../arg.ts";
import type { Effect } from "../effect.ts";
import type { EffectKind } from "../effect-kinds.ts";
import { type Ground, resolvePlaces } from "../paths/resolve-places.ts";
import { quoteWord } from "../rewrite.ts";
import { isPersonal, touchDelete, touchMetadata, touchRead, touchWrite } from "../paths/touch.ts";
import type { Place } from "../paths/place.ts";
import type { CodeHow, Evaluation, Language, Outcome, RunHow, ScriptHow, WriteMode } from "../profile.ts";
import type { Start } from "./dispatch.ts";
import { environmentEffect, pathOf, searchToo } from "./environment.ts";
import { add, addLink, type Collector } from "./run.ts";
import { childShell } from "./child-shell.ts";
import { onCondition, type Shell } from "./shell.ts";
import { modeFor, rememberFile, takeAway, wayOf } from "./written-files.ts";
import { oneValue } from "./variable.ts";
import { streamOfFiles } from "./streams.ts";
import { collect } from "./collect.ts";
import type { Walker } from "./walker.ts";

const unknownOutput: Stream = { text: null, taints: new Set<Taint>(["output"]), files: [], from: "pipe" };
const fine: Outcome = { effects: [], stdout: unknownOutput, edits: [], rescues: [], parts: [] };

/** What the shell's own code asks for besides. */
export interface ShellEvaluation extends Evaluation {
  /** An alias with the words after it. */
  aliased(text: string, rest: readonly Arg[]): Stream;
}

/** The evaluation for one call. `stdin` is what feeds it. */
export function makeEvaluation(walk: Walker, shell: Shell, stdin: Stream): ShellEvaluation {
  const { run } = walk;
  const ground = { setting: run.setting, facts: run.facts, cwds: shell.cwds };
  const places = (path: Arg): readonly Place[] => (shell.elsewhere ? [] : placesOf(run, path, ground));
  const nested = (act: () => Stream): Outcome => {
    const { found, stdout } = collect(walk, act);
    return outcomeOf(found, stdout);
  };
  const touched = (
    path: Arg,
    touch: (place: Place) => { readonly effect: Effect; readonly rescue: Outcome["rescues"][number] | null },
  ): Outcome => {
    const all = places(path).map(touch);
    return {
      ...fine,
      effects: all.map(({ effect }) => effect),
      rescues: all.flatMap(({ rescue }) => (rescue === null ? [] : [rescue])),
    };
  };
  return {
    setting: run.setting,
    facts: run.facts,
    cwds: shell.cwds,
    fine: (stdout) => (stdout === undefined ? fine : { ...fine, stdout }),
    effect: (kind, what, detail = {}) => ({ ...fine, effects: [{ kind, what, ...detail }] }),
    join: (...outcomes) => joinOutcomes(outcomes),
    printing: (outcome, stdout) => ({ ...outcome, stdout }),
    read: (path) => (path.stream === null ? touched(path, touchRead) : fine),
    write: (path, mode) => write(walk, shell, path, { mode, places: places(path) }),
    created: (path, what) => {
      // A path that ends in a slash stands for whatever will lie below the folder.
      const below = path.text.endsWith("/") ? "/" : "";
      const all = places(path);
      const several = all.length > 1;
      for (const place of all) {
        const { real, entry } = place;
        if (what.link_to !== undefined && wayOf(shell).length > 0) doubtLink(walk, place);
        if (real !== null) rememberFile(run, several ? onCondition(shell) : shell, real + below, what);
        if (entry !== null && what.link_to !== undefined && what.link_to !== entry) addLink(run, entry, what.link_to);
      }
      return fine;
    },
    kept: (path) => {
      for (const { real } of places(path)) if (real !== null) run.kept.set(real, wayOf(shell));
      return fine;
    },
    remove: (path) => {
      if (namedByStrangers(path)) return effectOf("delete.unknown-root", "delete what a decoder or a network names");
      for (const { real } of places(path)) if (real !== null) takeAway(run, real);
      return shell.elsewhere
        ? elsewhereDelete(path)
        : joinOutcomes([
            ...places(path)
              .filter((place) => isPersonal(place, run.setting.home))
              .map(({ shown }): Outcome => ({
                ...fine,
                effects: [{ kind: "delete.important", what: `delete \`${shown}\`` }],
              })),
            touched(path, (place) => touchDelete(place, run.setting.home)),
          ]);
    },
    metadata: (path, what) => touched(path, (place) => touchMetadata(place, what)),
    places,
    contents: (paths) => joinStreams(paths.map((path) => streamOfFiles(run, shell, places(path), path))),
    filtered: (from, more = []) => filtered(from, more),
    run: (words, how = {}) => nested(() => walk.start(shellFor(walk, shell, how), startOf(words, how, stdin))),
    script: (source, how = {}) =>
      nested(() => walk.shellText(scriptShell(walk, shell, how), source, { stdin, ...how })),
    scriptFrom: (stream, how = {}) => nested(() => walk.shellStream(scriptShell(walk, shell, how), stream, how)),
    code: (language: Language, source: Arg, how: CodeHow = {}) =>
      nested(() => walk.code(shell, { language, source, stdin: how.stdin ?? stdin })),
    codeFrom: (language, stream) => nested(() => walk.codeStream(shell, language, stream)),
    programFile: (path, language, args) =>
      nested(() => walk.programFile(shell, { path, language, args, stdin, started: false })),
    aliased: (text, rest) => {
      const quoted = rest.map((arg) => (isKnown(arg) ? quoteWord(arg.text) : HOLE)).join(" ");
      const taints = rest.flatMap((arg) => [...arg.taints]);
      return walk.shellText(shell, { ...literal(`${text} ${quoted}`), taints: new Set(taints) }, { here: true });
    },
  };
}

// SECURITY: `false && ln -sf a links/etc; echo x > links/etc/passwd`: what stood there may stand there still.
function doubtLink(walk: Walker, { kind, exists, real_zone, shown }: Place): void {
  if (!exists) return;
  walk.run.unseen ??= "a link that may not be made";
  if (kind === "link" || real_zone !== "workspace")
    add(walk.into, "unknown.command-word", `put something in the place of \`${shown}\` that later parts reckon with`);
}

// A word is resolved once, however many questions a profile asks about it.
function placesOf(run: Walker["run"], path: Arg, ground: Ground): readonly Place[] {
  if (path.text.includes(HOLE)) return resolvePlaces(path, ground);
  const key = `${path.glob ? "*" : "="}${path.text}\u0001${/^\/(?!proc\/)/.test(path.text) ? "" : ground.cwds.join("\u0001")}`;
  const known = run.places.get(key);
  if (known !== undefined) return known;
  const found = resolvePlaces(path, ground);
  run.places.set(key, found);
  return found;
}

// SECURITY: `rm -rf $(echo L2V0Yw== | base64 -d)`: nobody hides the name of a file that is theirs to delete.
const namedByStrangers = ({ text, taints }: Arg): boolean =>
  text.startsWith(HOLE) && (taints.has("decoded") || taints.has("network"));

const effectOf = (kind: EffectKind, what: string): Outcome => ({ ...fine, effects: [{ kind, what }] });

const elsewhereDelete = (path: Arg): Outcome => ({
  ...fine,
  effects: [
    {
      kind: "infra.destroy",
      what: `delete \`${path.text.replaceAll(HOLE, "…")}\` where it cannot be brought back from here`,
    },
  ],
});

const diskDevice = /^\/dev\/(?:sd|hd|vd|xvd|nvme|mmcblk|disk|rdisk|loop|md|dm-|mapper\/|mem$|kmem$|sr\d)/;

function write(
  walk: Walker,
  shell: Shell,
  path: Arg,
  { mode, places }: { readonly mode: WriteMode; readonly places: readonly Place[] },
): Outcome {
  if (path.stream !== null) return fine;
  if (shell.elsewhere && diskDevice.test(path.text))
    return effectOf("disk.device-write", `write to the device \`${path.text}\` of another machine`);
  const all = places.map((place) => touchWrite(place, modeFor(walk.run, shell, place, mode)));
  for (const { real } of places)
    // What is only made where nothing stands leaves what stands there.
    if (real !== null && !(mode === "create" && walk.run.created.has(real)))
      rememberFile(walk.run, shell, real, { content: null, copy_of: null });
  return {
    ...fine,
    effects: all.map(({ effect }) => effect),
    rescues: all.flatMap(({ rescue }) => (rescue === null ? [] : [rescue])),
  };
}

function outcomeOf(found: Collector, stdout: Stream): Outcome {
  return { effects: found.effects, edits: found.edits, rescues: found.rescues, parts: found.parts, stdout };
}

function joinOutcomes(outcomes: readonly Outcome[]): Outcome {
  const last = outcomes.at(-1);
  if (last === undefined) return fine;
  if (outcomes.length === 1) return last;
  return {
    effects: outcomes.flatMap(({ effects }) => effects),
    edits: outcomes.flatMap(({ edits }) => edits),
    rescues: outcomes.flatMap(({ rescues }) => rescues),
    parts: outcomes.flatMap(({ parts }) => parts),
    stdout: last.stdout,
  };
}

function joinStreams(streams: readonly Stream[]): Stream {
  const [first, ...rest] = streams;
  if (first === undefined) return emptyStream;
  return rest.reduce(
    (a, b) => ({
      text: a.text !== null && b.text !== null ? a.text + b.text : null,
      taints: new Set([...a.taints, ...b.taints]),
      files: filesOfBoth(a, b),
      from: "pipe",
    }),
    { ...first, from: "pipe" },
  );
}

function filtered(from: Stream, more: readonly Taint[]): Stream {
  if (from.from === "none" && more.length === 0)
    return { text: null, taints: new Set<Taint>(["input"]), files: [], from: "pipe" };
  const taints = new Set<Taint>([...from.taints, ...more]);
  // SECURITY: the files are left out: what a filter lets through is not what they hold, and must not be judged by it.
  return { text: null, taints: taints.size === 0 ? new Set<Taint>(["output"]) : taints, files: [], from: "pipe" };
}

function startOf(words: readonly Arg[], how: RunHow, stdin: Stream): Start {
  return {
    words,
    env: how.env ?? new Map(),
    stdin: how.stdin ?? (stdin.from === "none" ? noStream : stdin),
    at: null,
    passes: "functions",
  };
}

// A nested command: one level deeper, in its own directory and with its own variables.
function shellFor(walk: Walker, shell: Shell, how: RunHow): Shell {
  const inner = childShell(shell, walk.run.setting, how);
  inner.depth = shell.depth + 1;
  inner.elsewhere = shell.elsewhere || how.elsewhere === true;
  if (how.cwd !== undefined) {
    const dirs = shell.elsewhere
      ? []
      : resolvePlaces(how.cwd, { setting: walk.run.setting, facts: walk.run.facts, cwds: shell.cwds });
    inner.cwds = dirs.flatMap(({ real }) => (real === null ? [] : [real]));
  }
  for (const [name, value] of how.env ?? []) {
    const effect = environmentEffect(name, value);
    if (effect !== null) walk.into.effects.push(effect);
    inner.vars.set(name, oneValue(value));
    inner.exported.add(name);
  }
  if (how.path !== undefined) searchToo(walk.run, pathOf(walk, shell, how.path));
  return inner;
}

const scriptShell = (walk: Walker, shell: Shell, how: ScriptHow): Shell =>
  how.here === true ? shell : { ...shellFor(walk, shell, how), depth: shell.depth };
