// Where converters put what they make.
import type { Arg, Stream } from "../../arg.ts";
import type { Call, Evaluation, Outcome } from "../../profile.ts";
import { isStdout, readFile } from "../_read-files.ts";
import { isLocalAddress } from "../_sent-data.ts";
import { writeResult } from "../_written-files.ts";
import { partOf, shown } from "../_words.ts";

/** True for an address of a network. */
export const isAddress = ({ text }: Arg): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && !/^file:/i.test(text);

/** Reading those of the words that are files. */
export const asFiles = (on: Evaluation, paths: readonly Arg[]): readonly Outcome[] =>
  paths.filter((path) => !isAddress(path)).map((path) => readFile(on, path));

/** A result: a file, an address that it is sent to, or standard output. */
export function result(call: Call, on: Evaluation, path: Arg, content: Stream): Outcome {
  if (isStdout(path) || /^pipe:/.test(path.text)) return on.fine();
  if (isAddress(path))
    return isLocalAddress(path) ? on.fine() : on.effect("infra.publish", `send the result to \`${shown(path)}\``);
  return writeResult(call, on, partOf(path, path.text.replace(/^file:(?:\/\/)?/i, "")), content);
}
