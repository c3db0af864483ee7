// A line of spans in Ink. The only place where text enters a frame, so that nothing enters it raw (S30).
import { Text } from "ink";
import { useContext, type ReactNode } from "react";
import type { Line } from "../view/line.ts";
import { Colour, toneStyle } from "./tone.ts";

/** One line, cut at the terminal's edge; `wrap` breaks it instead. */
export function ShownLine({ line, wrap = false }: { readonly line: Line; readonly wrap?: boolean }): ReactNode {
  const colour = useContext(Colour);
  return (
    <Text wrap={wrap ? "wrap" : "truncate-end"}>
      {line.map(({ text, tone }, index) => (
        <Text key={index} {...toneStyle(tone, colour)}>
          {text}
        </Text>
      ))}
    </Text>
  );
}

/** Lines below each other. */
export function ShownLines({ lines }: { readonly lines: readonly Line[] }): ReactNode {
  return lines.map((line, index) => <ShownLine key={index} line={line} />);
}
