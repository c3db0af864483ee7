// A started program that the code feeds: said as the shell would say it, so that what reaches an interpreter is judged there.
import { HOLE } from "../../arg.ts";
import type { Site } from "./dialect.ts";
import { knownText, type Value, wordOf } from "./value.ts";

const quoted = (text: string): string =>
  /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

// An unknown stretch becomes a variable that nothing sets.
const shellWord = (value: Value): string =>
  wordOf(value)
    .split(HOLE)
    .map((part) => (part === "" ? "" : quoted(part)))
    .join('"$unknown"') || "''";

const fedBy = (input: Value | undefined): string => (input === undefined ? '"$unknown"' : shellWord(input));

/** A shell text that gets `input`, or something computed, on its standard input. */
export function reportFedShell(site: Pick<Site, "walk" | "what">, text: Value | undefined, input?: Value): void {
  const known = knownText(text);
  if (known === null) site.walk.report({ kind: "spawn-unknown", what: site.what });
  else site.walk.report({ kind: "shell", text: `printf %s ${fedBy(input)} | {\n${known}\n}` });
}

/** The same for a program and its arguments. */
export function reportFedSpawn(site: Pick<Site, "walk" | "what">, words: readonly Value[] | null, input?: Value): void {
  const [program] = words ?? [];
  if (words === null || knownText(program) === null) site.walk.report({ kind: "spawn-unknown", what: site.what });
  else site.walk.report({ kind: "shell", text: `printf %s ${fedBy(input)} | ${words.map(shellWord).join(" ")}` });
}
