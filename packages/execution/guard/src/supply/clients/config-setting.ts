// Settings of a client that are written for good: what protects installs is not switched off, and nothing is run in its place.
import { type Arg, HOLE } from "../../arg.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import { shownWord } from "../specs/requirement.ts";
import { settingMeaning } from "./setting-meaning.ts";

/** `key=value` or `key value` words of `config set`, as pairs. */
export function settingPairs(words: readonly Arg[]): readonly (readonly [key: string, value: Arg | undefined])[] {
  const operands = words.filter(({ text }) => !text.startsWith("-"));
  const [first, second] = operands;
  if (first !== undefined && !first.text.includes("=")) return [[first.text, second]];
  return operands.map((arg) => {
    const [key = "", value] = arg.text.split(/=(.*)/s);
    return [key, value === undefined ? undefined : { ...arg, text: value }];
  });
}

/** What setting `key` means when a command writes it. Keys that touch no source and no script are a write to a file of the account. */
export function settingOutcome(on: Evaluation, key: string, value: Arg | undefined): Outcome {
  if (key.includes(HOLE))
    return on.effect("unknown.option", "change a setting of which only the run will tell the name");
  const found = settingMeaning(key, value);
  if (found !== undefined) return on.effect(found.kind, found.what);
  return on.effect("unknown.outside-write", `change \`${shownWord(key)}\` in the client's configuration`);
}
