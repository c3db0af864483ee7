// The oracle (spec/ces §3.2): which row of the decision table does a request resemble most? Deterministic, no model.
// SECURITY: the request is untrusted text. Scores that are as good as equal go to the
// strictest row; the reference took the first in the table.
import type { Classification } from "@ces/records";
import { strictness } from "./axes.ts";
import { decisionTable, type DecisionRow } from "./decision-table.ts";
import { inverseFrequency, similarity, termsOf, vectorOf } from "./text-vector.ts";

/** The strictest of the best rows when the score suffices, and always the three nearest, best first, ties in table order. */
export interface OracleAnswer {
  /** 0 to 1, rounded to six digits. */
  readonly confidence: number;
  readonly action: Classification["action"];
  readonly matched: DecisionRow | null;
  readonly top_matches: Classification["top_matches"];
}

const AUTO_ACCEPT = 0.9;
const HUMAN_REVIEW = 0.7;
// Rows that differ only in a word that the request does not use lie this close: "Change database schema" is 0.708 for
// adding a column (tier B) and 0.690 for modifying one (tier A). That is a tie, not an answer.
const TIE = 0.03;

const documents = decisionTable.map((row) => termsOf(row.text));
const idf = inverseFrequency(documents);
const vectors = documents.map((terms) => vectorOf(terms, idf));

/** Scores `text` against all rows: at least 0.90 is accepted, at least 0.70 needs a look, less matches nothing. */
export function consultOracle(text: string): OracleAnswer {
  const ranked = rank(text);
  const confidence = ranked[0]?.score ?? 0;
  const action =
    confidence >= AUTO_ACCEPT ? "auto_accept" : confidence >= HUMAN_REVIEW ? "human_review" : "human_classify";
  const tied = ranked.filter(({ score }) => score >= confidence - TIE).map(({ row }) => row);
  const top_matches = ranked.slice(0, 3).map(({ row, score }) => ({ rule: row.rule, text: row.text, score }));
  return { confidence, action, matched: action === "human_classify" ? null : strictestOf(tied), top_matches };
}

function strictestOf(rows: readonly DecisionRow[]): DecisionRow | null {
  return rows.reduce<DecisionRow | null>(
    (strictest, row) => (strictest === null || strictness(row) > strictness(strictest) ? row : strictest),
    null,
  );
}

type Ranked = { readonly row: DecisionRow; readonly score: number };

// INVARIANT: scores are rounded before they are compared, so that a tie is a tie whatever the order of the sum was.
function rank(text: string): readonly Ranked[] {
  const wanted = text.trim().toLowerCase();
  const vector = vectorOf(termsOf(text), idf);
  const scored = decisionTable.map((row, index) => {
    const exact = row.text.toLowerCase() === wanted;
    return { row, score: exact ? 1 : round(similarity(vector, vectors[index] ?? new Map())) };
  });
  return scored.sort((a, b) => b.score - a.score || a.row.rule - b.row.rule);
}

function round(score: number): number {
  return Math.round(score * 1e6) / 1e6;
}
