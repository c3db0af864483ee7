// The content of files as streams: small files of the workspace are known, the rest has a source.
import { type Arg, emptyStream, type Stream, type Taint } from "../arg.ts";
import type { Place } from "../paths/place.ts";
import type { Run } from "./run.ts";
import type { Shell } from "./shell.ts";
import { writtenFile } from "./written-files.ts";

/** The stream that carries the content of `places`, which one word named. */
export function streamOfFiles(run: Run, shell: Shell, places: readonly Place[], word: Arg): Stream {
  if (word.stream !== null) return word.stream;
  const taints = new Set<Taint>();
  const files: string[] = [];
  for (const place of places) {
    if (place.real === "/dev/null") continue;
    const created = place.real === null ? undefined : writtenFile(run, shell, place.real);
    if (created?.content != null) for (const taint of created.content.taints) taints.add(taint);
    taints.add(place.zone === "secret" || place.real_zone === "secret" ? "secret" : "file");
    // SECURITY: what this line writes is not what the disk holds now.
    if (place.real !== null && !place.any_child && (created === undefined || created.content !== null))
      files.push(place.real);
  }
  const only = places.length === 1 ? places[0] : undefined;
  if (only?.real === "/dev/null") return emptyStream;
  const made = only?.real == null ? undefined : writtenFile(run, shell, only.real);
  if (made?.content != null) return made.content;
  if (/^\/dev\/(?:stdin|fd\/\d+|tty)$/.test(only?.real ?? ""))
    return { text: null, taints: new Set(["input"]), files: [], from: "file" };
  return { text: null, taints, files, from: "file" };
}

/** What an unread program on a stream is, by where it comes from. */
export const streamKind = (
  taints: ReadonlySet<Taint>,
): "remote-exec.fetch-run" | "code-injection.decoded" | "code-injection.dynamic" =>
  taints.has("network")
    ? "remote-exec.fetch-run"
    : taints.has("decoded")
      ? "code-injection.decoded"
      : "code-injection.dynamic";
