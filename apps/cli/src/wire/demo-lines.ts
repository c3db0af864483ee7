// The demo as something one would show a colleague: three scenes, what happened in each, and the proof behind it.
import type { Outcome } from "../define-command.ts";
import { attention, bad, blank, dim, good, line, type Line, plain, strong } from "../view/line.ts";
import type { DeliveryData } from "./delivery-command.ts";
import { overviewLines } from "../story/story-lines.ts";
import { storySteps } from "../story/story-steps.ts";
import type { DemoData } from "./play-demo.ts";

/** The closing lines. */
export function demoLines({ data }: Outcome<DemoData>): readonly Line[] {
  return [
    blank,
    ...data.scenes.flatMap(sceneLines),
    line(dim`$ `, strong`ces explain`, dim`   (the first one)`),
    ...overviewLines(data.story, storySteps(data.story)),
    blank,
    line(dim`$ `, strong`git log -1`),
    ...data.log
      .trimEnd()
      .split("\n")
      .map((text) => line(dim`  ${text}`)),
    blank,
    line(dim`$ `, strong`ces audit verify`),
    line(
      data.ledger["kind"] === "valid" ? good`valid` : bad`broken`,
      plain`  ${String(data.ledger["entries"])} entries, chain and signed head`,
    ),
    line(
      data.receipts.faults === 0 ? good`valid` : bad`broken`,
      plain`  ${String(data.receipts.count)} signed receipts, one chain, each as its row says`,
    ),
    blank,
    line(dim`Recordings were played through the real sandbox, tool gate, checks and merge. No model was asked.`),
    ...(data.kept ? [line(dim`left for you: `, plain`${data.folder}`)] : []),
  ];
}

function sceneLines(scene: DeliveryData, index: number): readonly Line[] {
  const merged = scene["happened"] === "merged";
  const verdict = merged ? good`merged` : bad`refused`;
  const surprise = scene["as_expected"] === true ? [] : [attention`  (expected: ${String(scene["expected"])})`];
  return [
    line(strong`${index + 1}. ${String(scene["title"])}`),
    line(dim`   asked   `, plain`${String(scene["request"])}`),
    line(
      dim`   ended   `,
      verdict,
      ...surprise,
      merged ? dim`  commit ${String(scene["merged_commit"]).slice(0, 12)}` : dim``,
    ),
    ...reasons(scene).map((text) => line(dim`   because `, plain`${text}`)),
    line(dim`   gate    `, plain`${gateText(scene["tool_gate"])}`),
    blank,
  ];
}

function reasons(scene: DeliveryData): readonly string[] {
  const blockers = scene["blockers"];
  if (!Array.isArray(blockers)) return [];
  return blockers.map((one: { code?: string; text?: string }) => `${one.code ?? ""}: ${one.text ?? ""}`);
}

function gateText(gate: unknown): string {
  const counts =
    typeof gate === "object" && gate !== null ? (gate as { asked?: number; allowed?: number; denied?: number }) : {}; // counts of a report
  return `${counts.asked ?? 0} calls asked, ${counts.allowed ?? 0} allowed, ${counts.denied ?? 0} denied`;
}
