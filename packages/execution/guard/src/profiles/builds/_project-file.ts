// The file that a build reads: the project's own is allowed; what this very line wrote is read or refused; what lies elsewhere is asked.
import { type Arg, HOLE, isKnownStream, literal, type Stream } from "../../arg.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import { shown } from "../_words.ts";

/** What a build file that is known as text means; null where nobody reads that kind of file. */
export type ReadText = ((text: string) => Outcome) | null;

/** Files that a build reads when none is named: only what this line made of them counts. */
export function projectFiles(on: Evaluation, names: readonly string[], read: ReadText, dir = ""): Outcome {
  return on.join(on.fine(), ...names.map((name) => literal(dir + name)).flatMap((file) => made(on, file, read)));
}

/** A build file that is named. */
export function buildFile(on: Evaluation, file: Arg, read: ReadText): Outcome {
  if (file.stream !== null) return fromStream(on, file, { ...file.stream, from: "pipe" }, read);
  if (file.text.includes(HOLE))
    return on.effect("unknown.script", `build from \`${shown(file)}\`, which is only known when it runs`);
  if (/^https?:/.test(file.text)) return on.effect("remote-exec.run-url", `build from \`${shown(file)}\``);
  const inside = on.places(file).every(({ real_zone }) => real_zone.startsWith("workspace"));
  return on.join(
    ...made(on, file, read),
    inside ? on.fine() : on.effect("unknown.script", `build from \`${shown(file)}\`, which is outside the workspace`),
  );
}

function made(on: Evaluation, file: Arg, read: ReadText): readonly Outcome[] {
  const stream = on.contents([file]);
  // A file of the disk has its content as its only source; anything else was written by this line.
  if (stream.text === null && [...stream.taints].every((taint) => taint === "file")) return [];
  return [fromStream(on, file, stream, read)];
}

/** Rules that arrive on a stream. */
export function fromStream(on: Evaluation, file: Arg, stream: Stream, read: ReadText): Outcome {
  const what = `build from \`${shown(file)}\``;
  if (isKnownStream(stream))
    return read === null ? on.effect("unknown.script", `${what}, which this command writes`) : read(stream.text);
  if (stream.taints.has("network")) return on.effect("remote-exec.download-run", `${what}, which this command fetches`);
  if (stream.taints.has("decoded")) return on.effect("code-injection.decoded", `${what}, which this command decodes`);
  if (stream.files.length > 0 && !stream.taints.has("output")) return on.fine();
  return on.effect("code-injection.created-run", `${what}, which this command makes`);
}
