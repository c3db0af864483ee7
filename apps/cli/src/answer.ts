// Who answers a question: `--yes` where there is a default, a person where there is a terminal, else nobody (DESIGN §2).
import type { Ask } from "@ces/ports";
import type { Answer, Question } from "@ces/records";

/** What a person types, judged: the answer's value, or why it is asked again. */
export type Typed =
  | { readonly kind: "value"; readonly value: string }
  | { readonly kind: "again"; readonly why: string };

/** Who is there: `person` asks at the terminal, null when there is none; `agent`: an agent opened this shell. */
export type Answerers = { readonly yes: boolean; readonly person: Ask | null; readonly agent: boolean };

/** An asker over those who are there. */
export function answerer({ yes, person, agent }: Answerers): Ask {
  return async (question) => {
    const consent = question.kind === "tool" || question.kind === "challenge";
    // SECURITY: `--yes` was typed before anyone saw the tool call or the evidence; it consents to neither. Nor does an
    // agent that sits at a terminal of its own making (S21).
    if (consent && agent) return nobody(question);
    if (yes && !consent && question.default_answer !== null)
      return { id: question.id, value: question.default_answer, by: "yes" };
    return person ? await person(question) : nobody(question);
  };
}

/** No answer: nobody was there. */
export function nobody(question: Question): Answer {
  return { id: question.id, value: null, by: "nobody" };
}

/** Judges a typed line; an empty one takes the default. Confirmations become `yes` or `no`, choices their full name. */
export function judgeTyped(question: Question, text: string): Typed {
  const typed = text.trim();
  if (typed === "" && question.default_answer !== null) return { kind: "value", value: question.default_answer };
  if (isYesNo(question)) return judgeYesNo(typed);
  if (question.choices.length > 0) return judgeChoice(question.choices, typed);
  return typed === "" ? { kind: "again", why: "an answer is needed" } : { kind: "value", value: typed };
}

/** What stands behind a question: the choices, or the default. */
export function questionHint(question: Question): string {
  const { choices, default_answer } = question;
  if (isYesNo(question)) return default_answer === "yes" ? "Y/n" : default_answer === "no" ? "y/N" : "y/n";
  if (choices.length > 0)
    return choices
      .map((choice, index) => `${index + 1} ${choice}${choice === default_answer ? " (default)" : ""}`)
      .join(", ");
  return default_answer === null ? "" : default_answer === "" ? "enter for none" : `enter for: ${default_answer}`;
}

function isYesNo({ kind, choices }: Question): boolean {
  return kind === "confirm" || (kind === "tool" && choices.length === 0);
}

function judgeYesNo(typed: string): Typed {
  if (/^y(es)?$/i.test(typed)) return { kind: "value", value: "yes" };
  return /^no?$/i.test(typed) ? { kind: "value", value: "no" } : { kind: "again", why: "type yes or no" };
}

function judgeChoice(choices: readonly string[], typed: string): Typed {
  const byNumber = /^\d{1,3}$/.test(typed) ? choices[Number(typed) - 1] : undefined;
  const begun = typed === "" ? [] : choices.filter((choice) => choice.startsWith(typed.toLowerCase()));
  const chosen = choices.find((choice) => choice === typed) ?? byNumber ?? (begun.length === 1 ? begun[0] : undefined);
  return chosen === undefined
    ? { kind: "again", why: `type one of ${choices.join(", ")}` }
    : { kind: "value", value: chosen };
}
