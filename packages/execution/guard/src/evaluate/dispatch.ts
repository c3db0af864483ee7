// Which program a list of words starts, and what that program would do: functions, builtins, links, copies, then its profile.
import { type Arg, emptyStream, HOLE, isKnown, type Stream } from "../arg.ts";
import type { CalledProgram } from "../allowed-by.ts";
import type { Effect, Span } from "../effect.ts";
import { lastName } from "../paths/fold-path.ts";
import { resolvePlaces } from "../paths/resolve-places.ts";
import type { Call, Evaluation, Outcome, Profile } from "../profile.ts";
import { changesUnseen, runsFetched, runsFetchedFile } from "./fetched-folder.ts";
import { movesTrash } from "./environment.ts";
import { identify, type Identity } from "./identity.ts";
import { isDangerousName, isDoubled, profileOf } from "./profile-book.ts";
import { believe } from "./believe-profile.ts";
import { absorb, add, LIMITS, type Run } from "./run.ts";
import { removesGuard } from "./removes-guard.ts";
import { writtenTests } from "./written-tests.ts";
import { startInShell } from "./start-in-shell.ts";
import { type Shell, subshell } from "./shell.ts";
import { oneValue } from "./variable.ts";
import type { Walker } from "./walker.ts";

/** A command about to start. */
export interface Start {
  readonly words: readonly Arg[];
  readonly env: ReadonlyMap<string, Arg>;
  readonly stdin: Stream;
  readonly at: Span | null;
  /** Names are looked up past functions and aliases: behind `command`, and by programs. */
  readonly passes?: "functions";
}

const unknownOutput: Stream = { text: null, taints: new Set(["output"]), files: [], from: "pipe" };

/** Starts the words as a command; what it prints. */
export function startWords(walk: Walker, shell: Shell, start: Start): Stream {
  const [head, ...args] = start.words;
  if (head === undefined) return emptyStream;
  if (shell.depth > LIMITS.depth) {
    add(walk.into, "unknown.too-deep", "run commands wrapped deeper than are read");
    return unknownOutput;
  }
  if (
    args.length > LIMITS.words ||
    (args.length > LIMITS.patterns && args.filter(({ glob }) => glob).length > LIMITS.patterns)
  ) {
    add(walk.into, "unknown.too-large", "run a command with more words than are read");
    return unknownOutput;
  }
  if (!isKnown(head) || (head.taints.has("number") && !head.text.startsWith("/proc/")))
    return startComputed(walk, shell, head, start);
  const name = head.text;
  if (name === "") return emptyStream;
  if (!name.includes("/")) {
    const inShell = startInShell(walk, shell, name, start);
    if (inShell !== null) return inShell;
  }
  return startProgram(walk, shell, { identity: identify(walk, shell, name), head, args, start });
}

// SECURITY: `x=sudo sh -c '$x id'`: the program sees what stands before its name.
function withExported(shell: Shell, env: Start["env"]): Shell {
  const inner = subshell(shell);
  for (const [name, value] of env) {
    inner.vars.set(name, oneValue(value));
    inner.exported.add(name);
  }
  return inner;
}

interface Program {
  readonly identity: Identity;
  readonly head: Arg;
  readonly args: readonly Arg[];
  readonly start: Start;
}

function startProgram(walk: Walker, outside: Shell, { identity, head, args, start }: Program): Stream {
  const shell = start.env.size === 0 ? outside : withExported(outside, start.env);
  for (const effect of identity.effects) add(walk.into, effect.kind, effect.what);
  let printed: Stream = unknownOutput;
  const word: Arg = identity.copied === true ? { ...head, at: null } : head;
  for (const name of identity.names) printed = startNamed(walk, shell, { name, head: word, args, start });
  if (identity.file !== null)
    printed = walk.programFile(shell, {
      path: identity.file,
      language: null,
      args,
      stdin: start.stdin,
      started: true,
    });
  if (identity.names.length > 0 || identity.file !== null || identity.effects.length > 0) return printed;
  // A name that still holds shell syntax was meant to be read as another one.
  if (/[^\w.+@:/~,=-]/.test(head.text) && !head.text.includes("/"))
    add(walk.into, "bypass.hidden-name", `run \`${shown(head)}\`, which is no program's name`);
  add(walk.into, "unknown.program", `run \`${shown(head)}\``);
  return blockedWords(walk, args, start);
}

// SECURITY: an unknown wrapper that names a blocked program is most likely about to run it.
function blockedWords(walk: Walker, args: readonly Arg[], _start: Start): Stream {
  const [first] = args.filter((arg) => isKnown(arg) && !arg.text.startsWith("-"));
  if (first !== undefined && alwaysDenied.has(lastName(first.text)))
    add(walk.into, "bypass.hidden-name", `have another program run \`${first.text}\``);
  const device = args.find(({ text }) =>
    /(?:^|=)\/dev\/(?:r?disk\d|sd[a-z]|hd[a-z]|[vx]d[a-z]|nvme\d|mmcblk\d|md\d|dm-\d|loop\d|nbd\d|mtd\d|mapper\/|sr\d|sg\d)/.test(
      text,
    ),
  );
  if (device !== undefined)
    add(walk.into, "disk.device-write", `hand the device \`${device.text}\` to a program that nobody knows`);
  return unknownOutput;
}

const alwaysDenied: ReadonlySet<string> = new Set("sudo su doas pkexec run0 mkfs fdisk wipefs".split(" "));

function startNamed(
  walk: Walker,
  shell: Shell,
  {
    name,
    head,
    args,
    start,
  }: { readonly name: string; readonly head: Arg; readonly args: readonly Arg[]; readonly start: Start },
): Stream {
  const profile = profileOf(name);
  if (profile === undefined) return unknownOutput;
  const broken = isDoubled(name) ? "two profiles claim the name" : believe(profile);
  if (broken !== null) {
    add(walk.into, "unknown.profile-broken", `run \`${name}\`, whose profile fails: ${broken}`);
    return unknownOutput;
  }
  const fetched = runsFetched(walk, shell, name, args);
  if (fetched !== null)
    add(walk.into, "remote-exec.run-url", `run \`${name}\` on \`${fetched}\`, which this command fetches`);
  const ownCode = runsFetchedFile(walk, shell, { name, args });
  if (ownCode !== null)
    add(walk.into, "remote-exec.download-run", `run \`${name}\` on \`${ownCode}\`, which this command fetches`);
  removesGuard(walk, { name, args });
  movesTrash(walk, shell, { name, args, env: start.env });
  const judged = walk.evaluation(shell, start.stdin);
  if (!shell.elsewhere)
    absorb(walk.into, { ...judged.fine(), effects: writtenTests(walk, shell, judged, { name, args }) });
  const on: Evaluation = {
    ...judged,
    run: (words, how) => judged.join(...hiddenBehind(judged, { name, args }, words), judged.run(words, how)),
  };
  const outcome = profile.judge({ name, args, word: head, stdin: start.stdin, env: start.env, at: start.at }, on);
  absorb(walk.into, { ...outcome, effects: settled(walk, shell, { profile, name, args, outcome }) });
  if (!shell.elsewhere) {
    walk.run.unseen ??= changesUnseen(name, args);
    walk.run.fetched ||= outcome.stdout.taints.has("network") || outcome.effects.some(({ kind }) => fetches.has(kind));
  }
  return outcome.stdout;
}

// Wrappers with an option that takes any word for its value; other wrappers refuse one that is no number.
const takesAnything = /^g?(?:xargs|flock|strace|ltrace)$/;

// SECURITY: `flock $x echo sudo id` with an empty `$x` locks the file `echo` and runs the next word.
function hiddenBehind(on: Evaluation, { name, args }: Pick<Call, "name" | "args">, words: readonly Arg[]): Outcome[] {
  const [first] = words;
  if (first === undefined || !takesAnything.test(name)) return [];
  const before = args.slice(0, Math.max(0, args.indexOf(first)));
  const hidden = words.slice(1, 3).find((arg) => isKnown(arg) && alwaysDenied.has(lastName(arg.text)));
  if (hidden === undefined || !before.some(({ splits, glob }) => splits || glob)) return [];
  return [on.effect("unknown.command-word", `perhaps run \`${hidden.text}\``)];
}

const fetches: ReadonlySet<string> = new Set(["harmless.fetch", "remote-exec.remote-host", "remote-exec.run-url"]);

interface Judged {
  readonly profile: Profile;
  readonly name: string;
  readonly args: readonly Arg[];
  readonly outcome: Outcome;
}

// A delete or an install that no edit covers is stuck; what is asked is tied to its call, for rules that a person added.
function settled({ run }: Walker, shell: Shell, { name, args, outcome }: Judged): readonly Effect[] {
  const { effects, edits } = outcome;
  if (effects.length === 0) return effects;
  const trash = edits.some(({ kind }) => kind === "trash");
  const install = edits.some(({ kind }) => kind === "install");
  const call = run.setting.allow_rules.length === 0 ? null : calledProgram(run, shell, name, args);
  return effects.map((effect) => {
    const needs =
      effect.kind === "delete.trash" || effect.kind === "delete.overwrite-empty"
        ? !trash
        : effect.kind === "supply-chain.rewrite" && !install;
    const stuck = needs ? { ...effect, unrewritten: true as const } : effect;
    return call === null || effect.call !== undefined ? stuck : { ...stuck, call };
  });
}

function calledProgram(run: Run, shell: Shell, name: string, args: readonly Arg[]): CalledProgram {
  const ground = { setting: run.setting, facts: run.facts, cwds: shell.cwds };
  return {
    program: name,
    words: args.map((arg) => (isKnown(arg) ? arg.text : null)),
    inside: args.map((arg) =>
      resolvePlaces(arg, ground).every(({ zone, real_zone }) => zone === "workspace" && real_zone === "workspace"),
    ),
  };
}

/** A command word that is not known: what it comes from decides. */
function startComputed(walk: Walker, shell: Shell, head: Arg, start: Start): Stream {
  const { taints } = head;
  if (taints.has("network")) add(walk.into, "remote-exec.fetch-run", "run what a network answers as a command");
  else if (taints.has("decoded")) add(walk.into, "code-injection.decoded", "run what a decoder prints as a command");
  else if (head.glob && !head.text.includes(HOLE)) return startPattern(walk, shell, head, start);
  else if (hides(head, start))
    add(walk.into, "bypass.hidden-name", `run \`${shown(head)}\`, a name that is put together`);
  else add(walk.into, "unknown.command-word", `run \`${shown(head)}\``);
  return unknownOutput;
}

// A known piece glued to an unknown one inside a name, or words that only a blocked program would be given.
function hides(head: Arg, { words }: Start): boolean {
  if (head.text.replaceAll(HOLE, "") !== "" && !head.text.includes("/")) return true;
  return words.slice(1).some((arg) => {
    const word = lastName(arg.text);
    return (
      alwaysDenied.has(word) ||
      /^(?:if|of)=\/dev\/|^\/dev\/(?:sd|nvme|hd|vd|mmcblk|disk)/.test(arg.text) ||
      isDangerousName(word)
    );
  });
}

function startPattern(walk: Walker, shell: Shell, head: Arg, start: Start): Stream {
  const places = walk.evaluation(shell, start.stdin).places(head);
  const hits = places.filter(({ any_child, exists, kind }) => any_child && exists && kind !== "unknown");
  const blocked = hits.some(
    ({ real, entry }) => isDangerousName(lastName(real ?? "")) || isDangerousName(lastName(entry ?? "")),
  );
  // `/bin/su?o`: what a pattern of a system folder could match counts, whether it is installed or not.
  const could = [...dangerousExamples].some((name) => patternCould(lastName(head.text), name));
  if (blocked || could) add(walk.into, "bypass.hidden-name", `run whatever \`${shown(head)}\` matches`);
  else add(walk.into, "unknown.command-word", `run whatever \`${shown(head)}\` matches`);
  return unknownOutput;
}

const dangerousExamples = "sudo su doas pkexec rm dd mkfs fdisk bash sh python3 shred".split(" ");

function patternCould(pattern: string, name: string): boolean {
  // Dynamic programming over two short strings: linear in their product, no backtracking.
  const row = Array.from({ length: name.length + 1 }, (_, index) => index === 0);
  for (let at = 0; at < Math.min(pattern.length, 64); at += 1) {
    const char = pattern[at];
    const end = char === "[" ? pattern.indexOf("]", at + 1) : -1;
    const set = end > at ? pattern.slice(at + 1, end) : null;
    const before = [...row];
    for (let index = 0; index <= name.length; index += 1) {
      const letter = name[index - 1];
      row[index] =
        char === "*"
          ? (before[index] ?? false) || (index > 0 && (row[index - 1] ?? false))
          : index > 0 && (before[index - 1] ?? false) && (char === "?" || set !== null || char === letter);
    }
    if (set !== null) at = end;
  }
  return row[name.length] ?? false;
}

const shown = (arg: Arg): string => arg.text.replaceAll(HOLE, "…").slice(0, 120);
