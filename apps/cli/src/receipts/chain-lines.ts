// A chain as a person reads it: the verdict, a picture, whose key signed what, its head, and whether its end is vouched for.
import { pairs, table } from "../view/layout.ts";
import { attention, bad, dim, good, line, type Line, plain, span, type Span, strong } from "../view/line.ts";
import type { ChainSpan } from "./judge-chain.ts";

/** The part of the data that is shown. */
export type ShownChain = {
  readonly outcome: "valid" | "invalid" | "undecidable";
  readonly count: number;
  /** Null for the chain of a project, which lies in its records. */
  readonly files: number | null;
  readonly breaks: number;
  readonly head: string | null;
  readonly established_count: number | null;
  readonly causes: readonly { readonly code: string }[];
  readonly spans: readonly (ChainSpan & { readonly name: string | null })[];
  readonly checkpoint: { readonly path: string; readonly count: number } | null;
};

const MOST_SPANS = 20;

/** The lines of a chain. */
export function chainLines(chain: ShownChain): readonly Line[] {
  const rows = chain.spans
    .slice(0, MOST_SPANS)
    .map((one) => [
      plain`${one.from === one.to ? String(one.from) : `${one.from} – ${one.to}`}`,
      one.name === null ? dim`–` : strong`${one.name}`,
      plain`${one.kid ?? "no kid"}`,
      dim`${one.since ?? "–"}`,
      dim`${one.until ?? "–"}`,
      nextOf(one),
    ]);
  return [
    headLine(chain),
    ...picture(chain.spans.slice(0, MOST_SPANS)),
    ...table(["receipts", "key", "kid", "from", "to", "then"], rows),
    ...(chain.spans.length > MOST_SPANS ? [line(dim`… and ${chain.spans.length - MOST_SPANS} more parts`)] : []),
    ...pairs([
      ["head", chain.head === null ? null : span("plain", chain.head)],
      ["breaks", span(chain.breaks === 0 ? "plain" : "bad", String(chain.breaks))],
      ["complete", completeness(chain)],
      [
        "checkpoint",
        chain.checkpoint === null
          ? null
          : span("plain", `${chain.checkpoint.count} receipts, kept in ${chain.checkpoint.path}`),
      ],
    ]),
  ];
}

function headLine({ outcome, count, files }: ShownChain): Line {
  const place = files === null ? "this project" : files === 1 ? "1 file" : `${files} files`;
  const counted = plain`  ${count === 1 ? "1 receipt" : `${count} receipts`} in ${place}`;
  switch (outcome) {
    case "valid":
      return line(good`valid`, counted);
    case "invalid":
      return line(bad`invalid`, counted);
    case "undecidable":
      return line(attention`undecidable`, counted);
  }
}

// [0 … 5] ━▶ [6 … 9] ✕ [10 … 12]: handed over to another key, and a break.
function picture(spans: readonly ChainSpan[]): readonly Line[] {
  if (spans.length === 0) return [];
  const parts = spans.flatMap((one, index): readonly Span[] => {
    const block = span("strong", one.from === one.to ? `[${one.from}]` : `[${one.from} … ${one.to}]`);
    if (index === 0) return [span("plain", "  "), block];
    return [one.broken ? span("bad", " ✕ ") : span("good", " ━▶ "), block];
  });
  return [parts];
}

function nextOf({ handed_to }: ChainSpan): Span {
  return handed_to === null ? dim`` : plain`handed to ${handed_to}`;
}

function completeness({ established_count, count, causes }: ShownChain): Span {
  if (causes.some(({ code }) => code === "chain_truncated" || code === "chain_rewritten"))
    return span("bad", "no: this is not the chain that a checkpoint counted");
  if (established_count === null)
    return span("attention", "not shown: a missing tail is seen only against a checkpoint kept elsewhere");
  const rest = count - established_count;
  return span(
    "good",
    `none of the first ${established_count} is missing${rest > 0 ? `; ${rest} came after the checkpoint` : ""}`,
  );
}
