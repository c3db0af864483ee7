// The text that a program is handed in a file or on its input: what this line wrote, what lies in the workspace, or nothing that is known.
import { type Arg, isKnownStream, type Stream } from "../arg.ts";
import type { Evaluation } from "../profile.ts";

/** Most of a file that is read, in bytes. */
const MOST = 256 * 1024;

/** Text of a stream: known itself, or one readable file of the workspace or a temporary folder. Null: not known. */
export function textOfStream(on: Evaluation, stream: Stream): string | null {
  if (isKnownStream(stream)) return stream.text;
  if (stream.text !== null) return null;
  const [file] = stream.files;
  if (file === undefined || stream.files.length > 1 || stream.taints.has("network") || stream.taints.has("decoded"))
    return null;
  return on.facts.read(file, MOST) ?? null;
}

/** Text of a file by its name; null when it is not known. */
export const textOfFile = (on: Evaluation, path: Arg): string | null => textOfStream(on, on.contents([path]));
