// How a hop reports and asks. Whoever answers (terminal, `--yes`, nobody) is the caller's affair.
import type { Answer, Progress, Question } from "@ces/records";

export type Report = (progress: Progress) => void;
export type Ask = (question: Question) => Promise<Answer>;
