// A file of commands that a tool carries out: read where it is text of the workspace, refused where this line fetched it, asked where it is not known.
import { type Arg, literal, type Stream } from "../../arg.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import { textOfStream } from "../_known-text.ts";
import { shown } from "../_words.ts";

/** How a tool reads its commands. */
export type ReadCommands = (source: Arg) => Outcome;

/** Commands in a file. `name` is the tool's. */
export function commandFile(on: Evaluation, name: string, file: Arg, read: ReadCommands): Outcome {
  const outcome = commandStream(on, name, file.stream ?? on.contents([file]), read);
  if (outcome !== null) return outcome;
  const inside = file.stream === null && on.places(file).every(({ real_zone }) => real_zone === "workspace");
  return inside || file.text === "/dev/null"
    ? on.fine()
    : on.effect("unknown.script", `have \`${name}\` carry out \`${shown(file)}\``);
}

/** Commands on a stream; null when nothing is known of them and nothing is bad of where they come from. */
export function commandStream(on: Evaluation, name: string, stream: Stream, read: ReadCommands): Outcome | null {
  const text = textOfStream(on, stream);
  if (text !== null) return read(literal(text));
  if (stream.taints.has("network"))
    return on.effect("remote-exec.fetch-run", `have \`${name}\` carry out what a network answers`);
  if (stream.taints.has("decoded"))
    return on.effect("code-injection.decoded", `have \`${name}\` carry out what is decoded`);
  return null;
}
