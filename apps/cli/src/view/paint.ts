// From spans to terminal text: our own colours are the only escapes that ever leave (S30).
import type { Environment } from "../secrets.ts";
import type { Line, Tone } from "./line.ts";

const codes: Readonly<Record<Tone, string>> = {
  plain: "",
  strong: "1",
  good: "32",
  attention: "33",
  bad: "31",
  dim: "2",
};

/** Turns a line into text. */
export type Paint = (line: Line) => string;

/** Colour for a terminal, none for a pipe, NO_COLOR (https://no-color.org) or a dumb terminal. */
export function painter(env: Environment, terminal: boolean): Paint {
  const colour = wantsColour(env, terminal);
  return (line) =>
    line
      .map(({ text, tone }) => (colour && codes[tone] !== "" ? `\u001B[${codes[tone]}m${text}\u001B[0m` : text))
      .join("");
}

/** Whether colour is wanted there. */
export function wantsColour(env: Environment, terminal: boolean): boolean {
  return terminal && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
}
