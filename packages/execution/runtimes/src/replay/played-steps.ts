// What the player gets to do, made from a cassette: texts joined, the claim written out with the task's own id.
import type { Json } from "@ces/kernel";
import type { AgentTask } from "../runtime.ts";
import { completionBlock } from "../completion-block.ts";
import type { Cassette, CassetteStep } from "./cassette.schema.ts";

/** The player's steps; none for a reviewer, whose answer is in the cassette. */
export function playedSteps(cassette: Cassette, task: AgentTask): Json {
  return task.purpose === "review" ? [] : cassette.steps.map((step) => played(step, task));
}

function played(step: CassetteStep, task: AgentTask): Json {
  if ("say" in step) return { kind: "say", text: step.say };
  if ("claim" in step) return { kind: "say", text: completionBlock({ task_id: taskId(task), ...step.claim }) };
  const { tool, ...input } = step;
  const texts = Object.entries(input).map(([name, value]) => [
    name,
    typeof value === "string" ? value : `${value.join("\n")}\n`,
  ]);
  return { kind: "call", tool, input: Object.fromEntries(texts) };
}

// A recording cannot know the id of the manifest it will be played under: the prompt says it.
function taskId(task: AgentTask): string {
  return /\bE?M-[0-9a-f]{12}\b/.exec(`${task.system}\n${task.prompt}`)?.[0] ?? "";
}
