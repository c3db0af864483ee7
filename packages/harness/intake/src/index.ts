// Intake: from a request to a brief.
export { briefQuestions, type BriefQuestionId, type GivenAnswers } from "./brief-questions.ts";
export { inferAcceptance } from "./infer-acceptance.ts";
export { makeBrief, splitAnswer, type BriefInput } from "./make-brief.ts";
export { detectProjectMode } from "./project-mode.ts";
