// A judgement as data for documents, and as lines for people.
import type { Ground, Judgement, Part } from "@ces/guard";
import { attention, bad, dim, good, line, type Line, plain, type Span, span } from "../view/line.ts";

/** The five answers as they are printed: a rewrite says what it is for. */
export type Answer = "allow" | "ask" | "deny" | "rewrite-trash" | "rewrite-install";

/** The answer of a judgement. */
export const answerOf = ({ decision, rewrite }: Judgement): Answer =>
  decision === "rewrite" ? (rewrite?.kind === "install" ? "rewrite-install" : "rewrite-trash") : decision;

/** A reason as it is printed. */
export const reasonData = ({ code, class: kind, text, instead }: Ground) => ({ code, class: kind, text, instead });

/** A judgement as data. */
export function judgementData(command: string, judgement: Judgement) {
  return {
    command,
    decision: answerOf(judgement),
    reasons: judgement.reasons.map(reasonData),
    rewrite: judgement.rewrite?.text ?? null,
    rescues: judgement.rescues.map((one) => (one.kind === "path" ? one.path : `${one.dir} (work tree)`)),
  };
}

export type JudgementData = ReturnType<typeof judgementData>;

const tones: Readonly<Record<Answer, (parts: TemplateStringsArray, ...values: readonly (string | number)[]) => Span>> =
  {
    allow: good,
    "rewrite-trash": good,
    "rewrite-install": good,
    ask: attention,
    deny: bad,
  };

/** The answer, why, and what would run. */
export function judgementLines({ decision, reasons, rewrite, rescues }: JudgementData): readonly Line[] {
  return [
    line(tones[decision]`${decision}`),
    ...reasons.map(({ code, text }) => line(plain`  ${text}`, dim` [${code}]`)),
    ...(rewrite === null ? [] : [line(dim`  runs as: `, span("strong", rewrite))]),
    ...rescues.map((path) => line(dim`  kept first: `, span("plain", path))),
  ];
}

/** A part of the explanation as data. */
export type PartData = {
  readonly text: string;
  readonly program: string;
  readonly effects: readonly { readonly kind: string; readonly what: string }[];
  readonly parts: readonly PartData[];
};

/** The tree of parts as data. */
export const partData = ({ text, as, effects, parts }: Part): PartData => ({
  text,
  program: as,
  effects: effects.map(({ kind, what }) => ({ kind, what })),
  parts: parts.map(partData),
});

/** The tree of parts, indented. */
export function partLines(parts: readonly PartData[], depth = 0): readonly Line[] {
  const indent = "  ".repeat(depth + 1);
  return parts.flatMap(({ text, effects, parts: inner }) => [
    line(dim`${indent}`, span("strong", text.replaceAll(/\s+/g, " ").slice(0, 200))),
    ...effects.map(({ kind, what }) => line(dim`${indent}  ${kind} `, span("plain", what))),
    ...partLines(inner, depth + 1),
  ]);
}
