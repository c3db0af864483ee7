// A question in the live view. The person types a line; a paste with line breaks is one line, never two answers.
import { Box, useInput } from "ink";
import { useRef, useState, type ReactNode } from "react";
import type { Question } from "@ces/records";
import { judgeTyped, questionHint } from "../answer.ts";
import { attention, dim, line, plain, span, strong } from "../view/line.ts";
import { ShownLine } from "./shown-line.tsx";

/** What the box tells: an answer's value, or Ctrl-C. */
export type QuestionBoxProps = {
  readonly question: Question;
  readonly answer: (value: string) => void;
  readonly stop: () => void;
};

/** Shows the question and takes keys until an answer fits. */
export function QuestionBox({ question, answer, stop }: QuestionBoxProps): ReactNode {
  // A ref beside the state: two keys can arrive before the next frame.
  const current = useRef("");
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState("");
  const show = (text: string): void => {
    current.current = text;
    setTyped(text);
  };
  const submit = (text: string): void => {
    const judged = judgeTyped(question, text);
    if (judged.kind === "value") return answer(judged.value);
    show("");
    setWrong(judged.why);
  };
  useInput((input, key) => {
    if (key.ctrl && input === "c") return stop();
    if (key.return) return submit(current.current);
    if (key.backspace || key.delete) return show([...current.current].slice(0, -1).join(""));
    if (key.ctrl || key.meta || key.escape) return;
    const text = current.current + input.replace(/[\r\n]+$/, "").replace(/[\r\n]+/g, " ");
    // Keys that arrive together (a fast line, a paste) end the line for plain text; a consent takes an Enter of its own.
    if (question.kind === "text" && /[\r\n]$/.test(input)) return submit(text);
    show(text);
  });
  const hint = questionHint(question);
  return (
    <Box flexDirection="column" marginTop={1} borderStyle="round" paddingX={1}>
      <ShownLine wrap line={line(strong`${question.text}`)} />
      {question.detail !== "" && <ShownLine wrap line={line(span("dim", question.detail))} />}
      {wrong !== "" && <ShownLine line={line(attention`${wrong}`)} />}
      <ShownLine line={line(dim`${hint === "" ? "" : `(${hint}) `}`, plain`> ${typed}▏`)} />
    </Box>
  );
}
