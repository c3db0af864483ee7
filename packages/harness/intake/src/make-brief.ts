// Flags and answers become one brief; what nobody said is said to be a default.
import type { Answer, Brief, ProjectMode } from "@ces/records";
import { CesError } from "@ces/kernel";
import type { BriefQuestionId, GivenAnswers } from "./brief-questions.ts";
import { inferAcceptance } from "./infer-acceptance.ts";

/** Everything a brief is made of. `answers` belong to `briefQuestions`. */
export interface BriefInput {
  readonly brief_id: string;
  readonly mode: ProjectMode;
  readonly given: GivenAnswers;
  readonly answers: readonly Answer[];
  /** ISO instant. */
  readonly at: string;
}

/** Splits an answer on line breaks and `;`, without blanks. */
export function splitAnswer(text: string): string[] {
  return text
    .split(/[\n;]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** The brief. `defaulted` names the questions that no person answered. Throws CesError `BRIEF_NO_REQUEST`. */
export function makeBrief({ brief_id, mode, given, answers, at }: BriefInput): Brief {
  const request = (given.request ?? answerTo(answers, "request")).trim();
  if (request === "")
    throw new CesError("BRIEF_NO_REQUEST", "there is no request", { remedy: 'ces build "what you want to change"' });
  return {
    brief_id,
    request,
    project_mode: mode,
    constraints: listOf(given, answers, "constraints"),
    acceptance_criteria: acceptanceOf(given, answers, request),
    must_not_break: listOf(given, answers, "must_not_break"),
    source_of_truth: given.source_of_truth ?? answerTo(answers, "source_of_truth").trim(),
    critical_flows: listOf(given, answers, "critical_flows"),
    defaulted: answers.filter(({ by }) => by === "yes" || by === "nobody").map(({ id }) => id),
    created_at: at,
  };
}

function answerTo(answers: readonly Answer[], id: BriefQuestionId): string {
  return answers.find((answer) => answer.id === id)?.value ?? "";
}

// A default is taken from the request as it finally is, not from the text of the question.
function acceptanceOf(given: GivenAnswers, answers: readonly Answer[], request: string): string[] {
  const answer = answers.find(({ id }) => id === "acceptance_criteria");
  const defaulted = answer?.by === "yes" || answer?.by === "nobody";
  return defaulted ? [...inferAcceptance(request)] : listOf(given, answers, "acceptance_criteria");
}

function listOf(
  given: GivenAnswers,
  answers: readonly Answer[],
  id: "constraints" | "acceptance_criteria" | "must_not_break" | "critical_flows",
): string[] {
  const flags = given[id] ?? [];
  return flags.length > 0 ? [...flags] : splitAnswer(answerTo(answers, id));
}
