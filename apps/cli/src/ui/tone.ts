// Tones as Ink's properties; none at all when colour is not wanted.
import { createContext } from "react";
import type { Tone } from "../view/line.ts";

/** What Ink's `Text` takes for a tone. */
export type TextStyle = { readonly color?: string; readonly bold?: boolean; readonly dimColor?: boolean };

const styles: Readonly<Record<Tone, TextStyle>> = {
  plain: {},
  strong: { bold: true },
  good: { color: "green" },
  attention: { color: "yellow" },
  bad: { color: "red" },
  dim: { dimColor: true },
};

/** Whether colour is wanted (NO_COLOR). */
export const Colour = createContext(true);

/** The style of a tone. */
export function toneStyle(tone: Tone, colour: boolean): TextStyle {
  return colour ? styles[tone] : {};
}
