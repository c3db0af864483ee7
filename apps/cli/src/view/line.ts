// What views are made of. SECURITY: S30 — a span holds only text that went through `printable`; the tags below are the
// way to make one, and the compiler refuses a plain string.
import { printable, type Printable } from "@ces/kernel";

/** Colour by meaning: good is green, attention yellow, bad red. */
export type Tone = "plain" | "strong" | "good" | "attention" | "bad" | "dim";
export type Span = { readonly text: Printable; readonly tone: Tone };
/** One line on the screen. No line holds a line break. */
export type Line = readonly Span[];

/** A value that may stand in a line; strings are foreign until `printable` has seen them. */
export type Shown = string | number;
type Tag = (parts: TemplateStringsArray, ...values: readonly Shown[]) => Span;

const most = 2_000;

/** `plain` is for whole sentences; one value of it never fills the screen. */
export const plain: Tag = tag("plain");
export const strong: Tag = tag("strong");
export const good: Tag = tag("good");
export const attention: Tag = tag("attention");
export const bad: Tag = tag("bad");
export const dim: Tag = tag("dim");

/** A span of any tone from foreign text. */
export function span(tone: Tone, text: Shown): Span {
  return { tone, text: printable(String(text), { max: most }) };
}

/** A line of spans. */
export function line(...spans: readonly Span[]): Line {
  return spans;
}

/** The empty line. */
export const blank: Line = [];

/** The characters of a line, without colour. */
export function lineText(one: Line): string {
  return one.map(({ text }) => text).join("");
}

function tag(tone: Tone): Tag {
  return (parts, ...values) => {
    const shown = values.map((value) => printable(String(value), { max: most }));
    return {
      tone,
      text: printable(
        parts.reduce((text, part, index) => text + (shown[index - 1] ?? "") + part),
        { max: 4 * most },
      ),
    };
  };
}
