// A file that is run as a program: what this line made of it, else its content when it is text of the workspace, else a question.
import { type Arg, HOLE, isKnown, literal, type Stream, type Taint } from "../arg.ts";
import type { Effect, Rescue } from "../effect.ts";
import { lastName } from "../paths/fold-path.ts";
import type { Place } from "../paths/place.ts";
import { resolvePlaces } from "../paths/resolve-places.ts";
import { zoneOf } from "../paths/zones.ts";
import type { Language } from "../profile.ts";
import { meaningOf } from "../rule.ts";
import { below } from "./fetched-folder.ts";
import { profileOf } from "./profile-book.ts";
import { absorb, add, type Created, type Found, LIMITS } from "./run.ts";
import { type Shell, subshell } from "./shell.ts";
import { writtenProgram } from "./written-files.ts";
import { forgetShell } from "./forget-shell.ts";
import { childShell } from "./child-shell.ts";
import { mergeShells } from "./merge-shells.ts";
import { leavable } from "./loops.ts";
import { languageOf } from "./program-language.ts";
import { collect } from "./collect.ts";
import type { Walker } from "./walker.ts";

const printed: Stream = { text: null, taints: new Set<Taint>(["output"]), files: [], from: "pipe" };

/** A program file and how it is started. */
export interface ProgramFile {
  readonly path: Arg | string;
  /** Null: whatever its first line or its ending says. */
  readonly language: Language | "shell" | null;
  readonly args: readonly Arg[];
  readonly stdin: Stream;
  /** It is started by its path, so that it must exist. */
  readonly started: boolean;
  /** It is read by this very shell (`source`): what it sets stays. */
  readonly here?: true;
}

/** Runs a program file; what it prints. */
export function runProgramFile(walk: Walker, shell: Shell, file: ProgramFile): Stream {
  const path = typeof file.path === "string" ? literal(file.path) : file.path;
  if (path.stream !== null) return fromStream(walk, shell, file, path.stream);
  if (!isKnown(path)) {
    const network = path.taints.has("network");
    if (file.here === true) forgetShell(walk, shell);
    add(
      walk.into,
      network ? "remote-exec.fetch-run" : "unknown.script",
      `run the program file \`${path.text.replaceAll(HOLE, "…")}\`, which is only known when it runs`,
    );
    return printed;
  }
  if (/^(?:https?|ftp):\/\//.test(path.text)) {
    add(walk.into, "remote-exec.run-url", `run the program at \`${path.text}\``);
    return printed;
  }
  const places = resolvePlaces(path, { setting: walk.run.setting, facts: walk.run.facts, cwds: shell.cwds });
  if (file.here !== true) for (const place of places) runPlace(walk, shell, file, place);
  else sourcePlaces(walk, shell, file, places);
  return printed;
}

// One of them is read, whichever it is.
function sourcePlaces(walk: Walker, shell: Shell, file: ProgramFile, places: readonly Place[]): void {
  const states = places.map((place) => {
    const scope = places.length === 1 ? shell : subshell(shell);
    runPlace(walk, scope, file, place);
    return scope;
  });
  if (places.length === 0) forgetShell(walk, shell);
  if (places.length > 1) mergeShells(shell, states);
}

function fromStream(walk: Walker, shell: Shell, { language, args, here }: ProgramFile, stream: Stream): Stream {
  if (language !== "shell" && language !== null) return walk.codeStream(shell, language, stream);
  const fed: Stream = { ...stream, from: "pipe" };
  if (here === undefined)
    return walk.shellStream(childShell(shell, walk.run.setting), fed, { args: [literal("bash"), ...args] });
  if (stream.text === null && stream.files.length === 0) forgetShell(walk, shell);
  return leavable(shell, () => walk.shellStream(shell, fed, args.length === 0 ? { here } : { here, args }));
}

const isStandardInput = (path: string | null): boolean =>
  path !== null && /^(?:\/dev\/(?:stdin|fd\/0)|\/proc\/(?:self|thread-self)\/fd\/0)$/.test(path);

function runPlace(walk: Walker, shell: Shell, file: ProgramFile, place: Place): void {
  const path = place.real;
  // By its name: what stands behind it here is the guard's own input.
  if (isStandardInput(place.lexical) || isStandardInput(path)) {
    fromStream(walk, shell, file, file.stdin);
    return;
  }
  if (path === null) return unread(walk, shell, file, { kind: "unknown.script", what: `run \`${place.shown}\`` });
  const created = writtenProgram(walk.run, shell, path) ?? below(walk, path);
  if (created !== undefined) return runCreated(walk, shell, file, { place, created });
  if (file.started && profileOf(lastName(path)) !== undefined && place.zone === "system") {
    walk.start(subshell(shell, { depth: shell.depth + 1 }), {
      words: [literal(lastName(path)), ...file.args],
      env: new Map(),
      stdin: file.stdin,
      at: null,
      passes: "functions",
    });
    return;
  }
  const tool = file.started ? null : installedTool(place.shown, path);
  if (tool !== null)
    walk.start(subshell(shell, { depth: shell.depth + 1 }), {
      words: [literal(tool), ...file.args.map((arg) => ({ ...arg, at: null }))],
      env: new Map(),
      stdin: file.stdin,
      at: null,
      passes: "functions",
    });
  const readable = place.real_zone === "workspace" || place.real_zone === "temporary";
  if (!readable) {
    const what = `run \`${place.shown}\`, which is outside the workspace`;
    return unread(walk, shell, file, { kind: "unknown.script", what });
  }
  // An interpreter that is given a file of the project that is not there does nothing.
  if (!place.exists && !file.started && place.zone !== "temporary") {
    if (walk.run.fetched)
      add(walk.into, "unknown.script", `run \`${place.shown}\`, which is not there unless this command fetches it`);
    return;
  }
  runText(walk, shell, file, { place, text: walk.run.facts.read(path, LIMITS.script_bytes) });
}

/** SECURITY: `node node_modules/.bin/rimraf dist`, `node node_modules/npm/bin/npm-cli.js i x`: a file of an installed tool is that tool. */
function installedTool(shown: string, path: string): string | null {
  const found = /(?:^|\/)node_modules\/(?:\.bin\/|(?:@[^/]+\/)?)([\w.-]+)(?=\/|$)/;
  const name = found.exec(shown)?.[1] ?? found.exec(path)?.[1];
  if (name === undefined) return null;
  const called = name === "npm" && /\/npx(?:-cli)?(?:\.js)?$/.test(path) ? "npx" : name;
  return profileOf(called) === undefined ? null : called;
}

function runCreated(
  walk: Walker,
  shell: Shell,
  file: ProgramFile,
  { place, created }: { readonly place: Place; readonly created: Created },
): void {
  if (created.copy_of !== null) {
    const path = literal(created.copy_of);
    if (profileOf(lastName(created.copy_of)) !== undefined && zoneOf(created.copy_of, walk.run.setting) === "system") {
      walk.start(subshell(shell, { depth: shell.depth + 1 }), {
        words: [literal(lastName(created.copy_of)), ...file.args],
        env: new Map(),
        stdin: file.stdin,
        at: null,
        passes: "functions",
      });
      return;
    }
    if (walk.run.created.get(created.copy_of)?.copy_of !== created.copy_of) {
      const scope = file.here === true ? shell : subshell(shell, { depth: shell.depth + 1 });
      runProgramFile(walk, scope, { ...file, path });
      return;
    }
  }
  const { content } = created;
  if (content?.text != null && !content.text.includes(HOLE))
    return runText(walk, shell, file, { place, text: content.text, made: true });
  const what = `run \`${place.shown}\`, which this command`;
  if (content?.taints.has("network") === true)
    return unread(walk, shell, file, { kind: "remote-exec.download-run", what: `${what} fetches` });
  if (content?.taints.has("decoded") === true)
    return unread(walk, shell, file, { kind: "code-injection.decoded", what: `${what} decodes` });
  unread(walk, shell, file, { kind: "code-injection.created-run", what: `${what} makes` });
}

// What a file that was not read sets in this very shell is anything.
function unread(walk: Walker, shell: Shell, { here }: ProgramFile, effect: Effect): void {
  if (here === true) forgetShell(walk, shell);
  add(walk.into, effect.kind, effect.what);
}

interface Text {
  readonly place: Place;
  readonly text: string | undefined;
  /** This line made it: it is nobody's work yet, and is judged whole. */
  readonly made?: true;
}

function runText(walk: Walker, shell: Shell, file: ProgramFile, { place, text, made }: Text): void {
  if (text === undefined || text.includes("\u0000")) {
    if (place.exists && file.language !== null && file.language !== "shell") return;
    const what = `run \`${place.shown}\`, which is no text that can be read`;
    return unread(walk, shell, file, { kind: "unknown.script", what });
  }
  if (shell.files >= LIMITS.files) {
    if (file.here === true) forgetShell(walk, shell);
    return;
  }
  const language = file.language ?? languageOf(text, place.shown);
  if (language === "other")
    return add(walk.into, "unknown.script", `run \`${place.shown}\`, whose language is not read`);
  const inner = file.here === true ? shell : childShell(shell, walk.run.setting);
  const saved = { top: shell.top, files: shell.files, depth: shell.depth };
  Object.assign(inner, { top: false, files: shell.files + 1, depth: shell.depth + 1 });
  if (language !== "shell") {
    walk.code(inner, {
      language,
      source: literal(text),
      stdin: file.stdin,
      ...(made === true ? {} : { file: true as const }),
    });
    return;
  }
  if (made !== true && walk.run.unseen !== null)
    add(walk.into, "unknown.script", `run \`${place.shown}\`, which \`${walk.run.unseen}\` before it may change`);
  const { found } = collect(walk, () =>
    file.here === true
      ? leavable(inner, () =>
          walk.shellText(inner, literal(text), {
            here: true,
            stdin: file.stdin,
            ...(file.args.length === 0 ? {} : { args: file.args }),
          }),
        )
      : walk.shellText(inner, literal(text), { args: [literal(place.shown), ...file.args], stdin: file.stdin }),
  );
  if (file.here === true) Object.assign(shell, saved);
  absorb(walk.into, made === true ? { ...found, edits: [] } : inScriptFile(found));
}

// A script cannot be rewritten: what it deletes by a known name is copied aside first, the rest is asked.
function inScriptFile({ effects, rescues, parts }: Found): Found {
  const kept = rescues.map((one): Rescue => (one.kind === "path" ? { kind: "path", path: one.path } : one));
  const deletes = effects.filter(({ kind }) => kind === "delete.trash").length;
  const covered = rescues.filter((one) => one.kind === "path" && one.deleted === true).length >= deletes;
  const shown = effects.flatMap(inScript).flatMap((effect): readonly Effect[] => {
    if (effect.kind === "delete.overwrite-empty") return [];
    if (effect.kind !== "delete.trash") return [effect];
    return covered ? [] : [{ kind: "delete.important", what: `${effect.what}, from inside a script` }];
  });
  return { effects: shown, edits: [], rescues: kept, parts };
}

/** Of a script of the workspace counts what is understood: a program it calls that nobody knows is the project's business. */
function inScript(effect: Effect): readonly Effect[] {
  const { class: kind, decision } = meaningOf(effect.kind);
  if (effect.kind === "unknown.not-parsed") return [{ ...effect, kind: "unknown.script" }];
  if (kind === "unknown" || (effect.kind.startsWith("code-injection.") && decision === "ask")) return [];
  if (effect.kind === "code-injection.environment" || effect.kind === "bypass.redefined-name") return [];
  return [effect];
}
