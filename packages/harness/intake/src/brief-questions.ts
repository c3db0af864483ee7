// The questions that turn a request into a brief (spec/ces §10.3), as data. Flags answer them beforehand, `--yes` takes defaults.
import type { ProjectMode, Question } from "@ces/records";
import { inferAcceptance } from "./infer-acceptance.ts";

/** What the command line has answered already. An empty list is not an answer. */
export interface GivenAnswers {
  readonly request?: string;
  readonly constraints?: readonly string[];
  readonly acceptance_criteria?: readonly string[];
  readonly must_not_break?: readonly string[];
  readonly source_of_truth?: string;
  readonly critical_flows?: readonly string[];
}

/** Ids of the questions: the fields of a brief that they fill. */
export type BriefQuestionId =
  | "request"
  | "constraints"
  | "acceptance_criteria"
  | "must_not_break"
  | "source_of_truth"
  | "critical_flows";

const several = "Several answers: one per line, or separated by `;`. Empty for none.";

/** The questions that are still open, in order. Only the request has no default. */
export function briefQuestions(mode: ProjectMode, given: GivenAnswers): readonly Question[] {
  const brownfield = mode === "brownfield";
  const open = [
    ask("request", "What do you want to change?", "One sentence is enough.", null),
    ask("constraints", "Which stack or constraint has to be respected?", several, ""),
    ask(
      "acceptance_criteria",
      "What must be true when it is finished?",
      several,
      inferAcceptance(given.request ?? "").join("\n"),
    ),
    ask(
      "must_not_break",
      brownfield ? "What must be preserved: which behaviour has to keep working?" : "What must stay working?",
      several,
      "",
    ),
    ...(brownfield
      ? [
          ask(
            "source_of_truth",
            "What reflects today's behaviour best?",
            "A document, a test suite, the code itself.",
            "",
          ),
          ask("critical_flows", "Which workflows matter most?", several, ""),
        ]
      : []),
  ];
  return open.filter((question) => !isGiven(given[question.id]));
}

function ask(
  id: BriefQuestionId,
  text: string,
  detail: string,
  default_answer: string | null,
): Question & { readonly id: BriefQuestionId } {
  return { id, text, detail, kind: "text", choices: [], default_answer };
}

function isGiven(value: string | readonly string[] | undefined): boolean {
  return typeof value === "string" ? value.trim() !== "" : value !== undefined && value.length > 0;
}
