// Redirections: what feeds a command, and which files its output goes to.
import type { Redirection, Word } from "unbash";
import { type Arg, emptyStream, isKnown, noStream, type Stream, textStream } from "../arg.ts";
import { resolvePlaces } from "../paths/resolve-places.ts";
import { touchRead, touchWrite } from "../paths/touch.ts";
import { packageConfigEffects } from "../supply/config-files.ts";
import { zoneOf } from "../paths/zones.ts";
import type { WriteMode } from "../profile.ts";
import { keepEdit } from "../keep-edit.ts";
import { assignNumber } from "./assign-variable.ts";
import { expandValue, expandWord, joinParts } from "./expand-word.ts";
import { add } from "./run.ts";
import { onCondition, type Shell } from "./shell.ts";
import { modeFor, rememberFile } from "./written-files.ts";
import { perhaps } from "./join-streams.ts";
import { streamOfFiles } from "./streams.ts";
import type { Walker } from "./walker.ts";

/** What the redirections of one command come to. */
export interface Wired {
  readonly stdin: Stream | null;
  /** Where standard output goes: files, or nowhere at all; null when it is not redirected. */
  readonly stdout: readonly Target[] | null;
  /** Standard output goes to another descriptor, which may lead anywhere (`>&2`). */
  readonly moved: boolean;
  /** Files that get something else, written already. */
  readonly count: number;
}

interface Target {
  readonly path: Arg;
  readonly append: boolean;
}

/** Reads the redirections left to right. Effects of reading and of other descriptors are added here, those of standard output when it is known what is written. */
export function applyRedirects(walk: Walker, shell: Shell, redirects: readonly Redirection[]): Wired {
  let stdin: Stream | null = null;
  let stdout: Target[] | null = null;
  let moved = false;
  for (const redirect of redirects) {
    // `exec {fd}> file`: the name gets a number.
    if (redirect.descriptor?.type === "FileDescriptorVariable") assignNumber(walk, shell, redirect.descriptor.name);
    if (redirect.type === "HereDoc" || redirect.type === "HereString") {
      const stream = hereText(walk, shell, redirect);
      if (descriptor(redirect, 0) === 0) stdin = stream;
      continue;
    }
    if (redirect.target === undefined) {
      walk.notParsed("a redirection without a target");
      continue;
    }
    const path = targetOf(walk, shell, redirect.target);
    const { operator } = redirect;
    if (operator === "<" || operator === "<&") {
      if (operator === "<&" && isKnown(path) && /^(?:\d+-?|-)$/.test(path.text)) continue;
      const stream = path.stream ?? readFrom(walk, shell, path);
      if (descriptor(redirect, 0) === 0) stdin = stream;
      continue;
    }
    if (operator === ">&" && isKnown(path) && /^(?:\d+-?|-)$/.test(path.text)) {
      if (descriptor(redirect, 1) === 1) moved = true;
      continue;
    }
    if (network(walk, path)) continue;
    if (operator === "<>") {
      stdin = readFrom(walk, shell, path);
      writeTo(walk, shell, path, "append");
      continue;
    }
    const target: Target = { path, append: operator.includes(">>") };
    const fd = descriptor(redirect, 1);
    if (fd === 1) stdout = [...(stdout ?? []), target];
    else writeTo(walk, shell, path, target.append ? "append" : "overwrite");
  }
  return { stdin, stdout, moved, count: redirects.length };
}

const alive: ReadonlySet<string> = new Set(
  "Glob ExtendedGlob SimpleExpansion ParameterExpansion CommandExpansion".split(" "),
);

// SECURITY: a target is one file, but its name is matched like any other: `> links/e*/hosts`, `> $p`. Several words are an error of the shell.
function targetOf(walk: Walker, shell: Shell, word: Word): Arg {
  const parts = word.parts ?? [];
  if (parts.some(({ type }) => type === "BraceExpansion")) {
    const words = expandWord(walk, shell, word);
    const [only] = words;
    if (words.length === 1 && only !== undefined) return only;
  }
  const value = expandValue(walk, shell, word);
  return parts.some(({ type }) => alive.has(type)) && /[*?[]/.test(value.text) ? { ...value, glob: true } : value;
}

function descriptor({ descriptor }: Redirection, otherwise: number): number {
  if (descriptor === undefined) return otherwise;
  return descriptor.type === "FileDescriptor" ? descriptor.value : 99;
}

function hereText(
  walk: Walker,
  shell: Shell,
  redirect: Extract<Redirection, { type: "HereDoc" | "HereString" }>,
): Stream {
  if (redirect.type === "HereString") {
    if (redirect.target === undefined) {
      walk.notParsed("a here-string without a text");
      return noStream;
    }
    const value = expandValue(walk, shell, redirect.target);
    return streamOfValue(value, "\n");
  }
  if (redirect.closing === undefined || redirect.delimiter === undefined)
    walk.notParsed("a here-document without an end");
  if (redirect.body.parts === undefined) {
    const raw = redirect.body.text;
    return textStream(redirect.operator === "<<-" ? raw.replace(/^\t+/gm, "") : raw, "here");
  }
  return streamOfValue(joinParts(walk, shell, redirect.body.parts, null), "");
}

function streamOfValue(value: Arg, end: string): Stream {
  if (isKnown({ ...value, glob: false, splits: false })) return textStream(value.text + end, "here");
  return { text: value.text + end, taints: value.taints, files: [], from: "here" };
}

function readFrom(walk: Walker, shell: Shell, path: Arg): Stream {
  if (network(walk, path)) return { text: null, taints: new Set(["network"]), files: [], from: "file" };
  if (shell.elsewhere) return { text: null, taints: new Set(["file"]), files: [], from: "file" };
  const places = resolvePlaces(path, { setting: walk.run.setting, facts: walk.run.facts, cwds: shell.cwds });
  for (const place of places) walk.into.effects.push(touchRead(place).effect);
  return { ...streamOfFiles(walk.run, shell, places, path), from: "file" };
}

/** bash opens `/dev/tcp/HOST/PORT` itself, whatever the disk holds. */
function network(walk: Walker, path: Arg): boolean {
  if (!/^\/dev\/(?:tcp|udp)\//.test(path.text)) return false;
  add(walk.into, "remote-exec.reverse-shell", `open a network connection as the file \`${path.text}\``);
  return true;
}

function writeTo(walk: Walker, shell: Shell, path: Arg, mode: WriteMode): readonly string[] {
  if (shell.elsewhere || path.stream !== null) return [];
  const places = resolvePlaces(path, { setting: walk.run.setting, facts: walk.run.facts, cwds: shell.cwds });
  for (const place of places) {
    const { effect, rescue } = touchWrite(place, modeFor(walk.run, shell, place, mode));
    const edits =
      effect.kind === "delete.overwrite-empty" && shell.top && place.real !== null
        ? keepEdit([place.real], walk.run.setting)
        : [];
    walk.into.edits.push(...edits);
    walk.into.effects.push(
      effect.kind === "delete.overwrite-empty" && edits.length === 0 ? { ...effect, unrewritten: true } : effect,
    );
    if (rescue !== null) walk.into.rescues.push(rescue);
  }
  return places.flatMap(({ real }) => (real === null ? [] : [real]));
}

/** Writes what was printed to where it goes; what is left to print. */
export function finishRedirects(walk: Walker, shell: Shell, wired: Wired, printed: Stream): Stream {
  if (wired.stdout === null) return wired.moved ? perhaps(printed) : printed;
  const last = wired.stdout.length - 1;
  wired.stdout.forEach(({ path, append }, index) => {
    const content = index === last ? printed : emptyStream;
    const mode: WriteMode = append ? "append" : content.text === "" ? "empty" : "overwrite";
    const written = writeTo(walk, shell, path, mode);
    const where = written.length > 1 || shell.keeps_files ? onCondition(shell) : shell;
    for (const real of written) {
      rememberFile(walk.run, where, real, { content: append ? null : content, copy_of: null });
      // A line that switches scripts on is one, whoever writes it.
      walk.into.effects.push(...packageConfigEffects(real, content.text));
      if (isEndless(content) && zoneOf(real, walk.run.setting) !== "stream")
        add(walk.into, "disk.fill", `write to \`${real}\` without an end`);
    }
  });
  return emptyStream;
}

// `cat /dev/zero > x`, and what prints without an end like it. A filter between may end it, and drops the file from the stream.
const isEndless = ({ files }: Stream): boolean => files.some((file) => /^\/dev\/(?:zero|full|u?random)$/.test(file));
