// A text that becomes a shell program: read like the line itself, one level deeper; refused where it cannot be known.
import { parse } from "unbash";
import { type Arg, emptyStream, HOLE, isKnown, literal, type Stream, type Taint, unknownArg } from "../arg.ts";
import type { Edit } from "../effect.ts";
import { zoneOf } from "../paths/zones.ts";
import { applyEdits, quoteWord } from "../rewrite.ts";
import type { ScriptHow } from "../profile.ts";
import { absorb, add, LIMITS, type Run } from "./run.ts";
import { type Shell, subshell } from "./shell.ts";
import { oneValue } from "./variable.ts";
import { runTraps } from "./builtins/running.ts";
import { streamKind } from "./streams.ts";
import { collect } from "./collect.ts";
import type { Walker } from "./walker.ts";

const unknownOutput: Stream = { text: null, taints: new Set<Taint>(["output"]), files: [], from: "pipe" };

/** Runs `source` as a shell program; what it prints. */
export function runScriptText(walk: Walker, shell: Shell, source: Arg, how: ScriptHow): Stream {
  const { run } = walk;
  if (shell.depth >= LIMITS.depth) {
    add(walk.into, "unknown.too-deep", "run programs nested deeper than are read");
    return unknownOutput;
  }
  if (source.glob && source.text.includes(HOLE) === false)
    return runScriptText(walk, shell, { ...source, glob: false }, how);
  if (source.taints.has("number"))
    add(walk.into, "unknown.command-word", "run a shell program with a number in it that is only known when it runs");
  const text = source.text.replaceAll(HOLE, `"$${HOLE_NAME}"`);
  if (text !== source.text && !acceptHoles(walk, source)) return unknownOutput;
  run.nested_text += text.length;
  if (run.nested_text > LIMITS.nested_text) {
    add(walk.into, "unknown.too-large", "run a longer program than is read");
    return unknownOutput;
  }
  return walkText(walk, shell, { text, source, how });
}

/** Stands for an unknown stretch inside a nested program; as a command word it is code that nobody read. */
const HOLE_NAME = "CES_UNKNOWN_STRETCH";

/** False, with the effect, when what is not known is the program itself. */
function acceptHoles(walk: Walker, { text, taints }: Arg): boolean {
  if (taints.has("network")) add(walk.into, "remote-exec.fetch-run", "run what a network answers as a shell program");
  else if (taints.has("decoded"))
    add(walk.into, "code-injection.decoded", "run what a decoder prints as a shell program");
  else if (/^(?:\.\/)?$/.test(text.replaceAll(HOLE, "").trim())) {
    add(
      walk.into,
      isGenerated(taints) ? "code-injection.local-generator" : "code-injection.dynamic",
      "run a text that is only known when it runs as a shell program",
    );
  } else {
    add(walk.into, "unknown.command-word", "run a shell program with parts that are only known when it runs");
    return true;
  }
  return false;
}

interface Program {
  readonly text: string;
  readonly source: Arg;
  readonly how: ScriptHow;
}

function walkText(walk: Walker, shell: Shell, { text, source, how }: Program): Stream {
  const script = parse(text);
  const foreign = foreignShells.has(how.shell ?? "");
  if (script.errors !== undefined && script.errors.length > 0) {
    add(
      walk.into,
      foreign ? "unknown.shell" : "unknown.not-parsed",
      `run \`${text.slice(0, 120)}\`, which cannot be read`,
    );
    return unknownOutput;
  }
  if (foreign) add(walk.into, "unknown.shell", `run a program of \`${how.shell}\``);
  const known = isKnown(source);
  // Where the whole text is one word of the top-level text, its own edits become an edit of that word.
  const editable = shell.top && known && source.at !== null;
  const saved =
    how.here === true
      ? {
          source: shell.source,
          top: shell.top,
          depth: shell.depth,
          ...(how.args === undefined ? {} : { positional: shell.positional }),
          ...(how.stdin === undefined || how.stdin === shell.stdin ? {} : { stdin: shell.stdin }),
        }
      : null;
  const inner = how.here === true ? shell : subshell(shell, { traps: [], exits: [], ended: null });
  Object.assign(inner, {
    source: text,
    top: editable,
    depth: shell.depth + 1,
    stdin: how.stdin ?? shell.stdin,
    elsewhere: shell.elsewhere || how.elsewhere === true,
    ...(how.here === true && how.args === undefined
      ? {}
      : {
          positional: how.args?.slice(how.here === true ? 0 : 1) ?? [],
          zero: how.here === true ? shell.zero : (how.args?.[0] ?? null),
        }),
  });
  if (!known) inner.vars.set(HOLE_NAME, oneValue(unknownArg("input")));
  const { found, stdout } = collect(walk, () => {
    const printed = walk.script(inner, script);
    if (how.here !== true) runTraps(walk, inner);
    return printed;
  });
  if (saved !== null) Object.assign(shell, saved);
  const edits = editable && source.at !== null ? requoted(text, found.edits, source.at) : [];
  absorb(walk.into, { ...found, edits });
  return stdout;
}

const foreignShells: ReadonlySet<string> = new Set([
  "fish",
  "csh",
  "tcsh",
  "pwsh",
  "powershell",
  "powershell.exe",
  "nu",
  "xonsh",
  "elvish",
  "rc",
  "es",
  "cmd",
  "cmd.exe",
]);

function requoted(
  text: string,
  edits: readonly Edit[],
  at: { readonly start: number; readonly end: number },
): readonly Edit[] {
  const [first] = edits;
  if (first === undefined) return [];
  return [{ at, text: quoteWord(applyEdits(text, edits)), kind: first.kind }];
}

/** Runs what arrives on a stream as a shell program. */
export function runScriptStream(walk: Walker, shell: Shell, stream: Stream, how: ScriptHow): Stream {
  if (stream.text !== null && stream.from !== "none") {
    const source: Arg = { ...literal(stream.text), taints: stream.taints };
    return runScriptText(walk, shell, source, { ...how, stdin: emptyStream });
  }
  if (stream.from === "none") {
    add(walk.into, "unknown.script", "start a shell that reads its program from whoever is connected");
    return unknownOutput;
  }
  const [file] = stream.files;
  if (file !== undefined && isReadable(walk, stream) && !foreignShells.has(how.shell ?? ""))
    return walk.programFile(shell, {
      path: file,
      language: "shell",
      args: how.args?.slice(1) ?? [],
      stdin: emptyStream,
      started: false,
    });
  const kind = isGenerated(stream.taints) ? "code-injection.local-generator" : streamKind(stream.taints);
  add(walk.into, kind, "run what arrives on standard input as a shell program");
  return unknownOutput;
}

// One file of the workspace, whole, and as it stands there.
const isReadable = ({ run }: Walker, { files, taints }: Stream): boolean =>
  files.length === 1 &&
  files.every((file) => zoneOf(file, run.setting) === "workspace" && isThere(run, file)) &&
  !taints.has("network") &&
  !taints.has("decoded");

const isThere = (run: Run, file: string): boolean => run.created.has(file) || run.facts.lstat(file)?.kind === "file";

// What a program of this machine prints for a shell, and nothing else.
const isGenerated = (taints: ReadonlySet<Taint>): boolean =>
  taints.size > 0 && [...taints].every((taint) => taint === "generator");
