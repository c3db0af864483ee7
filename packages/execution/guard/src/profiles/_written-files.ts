// Writing for programs that make, copy and move files: what is replaced can be brought back, what is made is seen by later parts of the line.
import { type Arg, HOLE, isKnown, type Stream } from "../arg.ts";
import type { Effect } from "../effect.ts";
import { keepEdit } from "../keep-edit.ts";
import { foldPath, lastName } from "../paths/fold-path.ts";
import type { Call, Evaluation, Outcome, WriteMode } from "../profile.ts";
import { packageConfigEffects } from "../supply/config-files.ts";
import { isStdout } from "./_read-files.ts";

const heldElsewhere: ReadonlySet<string> = new Set(["outside", "home"]);

/** Writes a file; one that is emptied is copied to the trash before the command runs, where that can be written into it. */
export function writeFile(call: Pick<Call, "at">, on: Evaluation, path: Arg, mode: WriteMode): Outcome {
  const written = on.write(path, mode);
  if (mode !== "empty") return written;
  // Some file of a folder, nobody knows which: there is nothing to keep.
  const places = on.places(path);
  const blind = places.every(
    ({ any_child, kind, zone }) => any_child && kind === "unknown" && !heldElsewhere.has(zone),
  );
  if (blind && places.length > 0)
    return on.join(
      written,
      on.effect("delete.overwrite-empty", `empty files like \`${path.text.replaceAll(HOLE, "…")}\``),
    );
  if (call.at === null) return written;
  const emptied = written.rescues.flatMap((rescue) => (rescue.kind === "path" ? [rescue.path] : []));
  return { ...written, edits: keepEdit(emptied, on.setting) };
}

/** A result written to a file: the whole of it, seen by whatever reads it later in the line. */
export function writeResult(call: Pick<Call, "at">, on: Evaluation, path: Arg, content: Stream): Outcome {
  if (isStdout(path)) return on.fine();
  const written = writeFile(call, on, path, content.text === "" ? "empty" : "overwrite");
  on.created(path, { content, copy_of: null });
  return written;
}

/** What the text means where the file is one from which a package manager takes its settings. */
export function configWritten(on: Evaluation, path: Arg, { text }: Stream): Outcome {
  const places = on.places(path).flatMap(({ real }) => (real === null ? [] : [real]));
  return { ...on.fine(), effects: places.flatMap((real) => packageConfigEffects(real, text)) };
}

/** The path of `name` below a folder. */
export const pathBelow = (folder: Arg, name: string): Arg => ({
  ...folder,
  text: `${folder.text.replace(/\/+$/, "")}/${name}`,
  at: null,
});

/** Where each source goes: the target itself, or a file of its name below it when it is a folder. */
export function targetsOf(
  on: Evaluation,
  sources: readonly Arg[],
  target: Arg,
  how: { readonly folder: boolean | "look" },
): readonly (readonly [Arg, Arg])[] {
  const into =
    how.folder === "look"
      ? sources.length > 1 ||
        target.text.endsWith("/") ||
        on.places(target).some(({ kind, real, exists }) => exists && isFolder(on, kind, real))
      : how.folder;
  return sources.map((source) => [source, into ? pathBelow(target, nameOf(source)) : target]);
}

const isFolder = (on: Evaluation, kind: string, real: string | null): boolean =>
  kind === "dir" || (kind === "link" && real !== null && on.facts.lstat(real)?.kind === "dir");

const nameOf = (path: Arg): string => {
  const name = lastName(path.text);
  return name === "" || name === "." || name === ".." || (path.glob && !isKnown(path))
    ? path.glob
      ? HOLE
      : name
    : name;
};

/** What a copy of `source` is: known content, or a copy of that very file. */
export function copyOf(
  on: Evaluation,
  source: Arg,
): { readonly content: Stream | null; readonly copy_of: string | null } {
  const content = on.contents([source]);
  const [place] = on.places(source);
  const special =
    content.text !== null ||
    content.taints.has("network") ||
    content.taints.has("decoded") ||
    content.taints.has("secret");
  return special ? { content, copy_of: null } : { content: null, copy_of: place?.real ?? null };
}

/** A file leaves its place, but is not lost: moved, compressed, sent to the trash. What may not be deleted may not leave either. */
export function takesAway(on: Evaluation, path: Arg): Outcome {
  const removed = on.remove(path, { recursive: true });
  const kept: Effect[] = removed.effects.filter(({ kind }) => kind !== "delete.trash");
  const outside = on.places(path).some(({ zone }) => heldElsewhere.has(zone));
  if (outside) kept.push({ kind: "unknown.outside-write", what: `take \`${path.text.replaceAll(HOLE, "…")}\` away` });
  return { ...removed, effects: kept, rescues: [] };
}

/** True for `/dev/null` as a place to put things. */
export const isNowhere = ({ text }: Arg): boolean => isKnownNowhere(text);
const isKnownNowhere = (text: string): boolean => text.startsWith("/") && foldPath(text, "/") === "/dev/null";
