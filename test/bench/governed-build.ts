// One governed build by the real claude against a scripted model, taken apart by when its progress lines arrive: what ran in
// a box, and what was CES's own time around it.
import { createInterface } from "node:readline";
import { type ScriptedModel, REQUEST } from "../support/e2e/client-lab.ts";
import type { ScratchShop } from "../support/e2e/scratch-shop.ts";

/** Milliseconds. `stages`: CES's own time in each, boxes taken out; `before` and `after` are start and end of the process. */
export interface TakenApart {
  readonly total: number;
  readonly boxes: number;
  readonly own: number;
  /** From the agent stage's beginning to its end, box and all. */
  readonly agent: number;
  readonly stages: Readonly<Record<string, number>>;
}

interface Line {
  readonly at: number;
  readonly kind?: string;
  readonly stage?: string;
  readonly status?: string;
  readonly run_id?: string;
}

/** Builds once. Throws when the delivery did not end as merged (a replay: as approved). */
export async function build(shop: ScratchShop, model: ScriptedModel | null): Promise<TakenApart> {
  const start = performance.now();
  const client = model === null ? ["--runtime", "replay"] : [];
  const child = shop.start(["build", REQUEST, "--yes", "--as", "tester", "--jsonl", ...client], model?.env ?? {});
  const lines: Line[] = [];
  let last = "";
  if (child.stdout === null) throw new Error("no output");
  child.stderr?.resume();
  const code = new Promise<number | null>((resolve) => child.once("close", resolve));
  for await (const text of createInterface({ input: child.stdout })) {
    // Our own program's lines; a line of another shape has none of these members.
    lines.push({ ...(JSON.parse(text) as Omit<Line, "at">), at: performance.now() });
    last = text;
  }
  if ((await code) !== (model === null ? 3 : 0)) throw new Error(`the build ended differently: ${last}`);
  return takeApart(lines, start, performance.now());
}

function takeApart(lines: readonly Line[], start: number, end: number): TakenApart {
  const stages: Record<string, number> = {};
  let stage = "before";
  let at = start;
  let boxes = 0;
  let agent = 0;
  const open = new Set<string>();
  const pass = (now: number): void => {
    if (open.size > 0) boxes += now - at;
    else stages[stage] = (stages[stage] ?? 0) + (now - at);
    if (stage === "agent") agent += now - at;
    at = now;
  };
  for (const line of lines) {
    pass(line.at);
    if (line.kind === "run" && line.status === "started") open.add(line.run_id ?? "");
    if (line.kind === "run" && line.status === "ended") open.delete(line.run_id ?? "");
    if (line.kind === "stage" && line.status === "started") stage = line.stage ?? stage;
    else if (line.kind === "stage") stage = `after ${line.stage}`;
  }
  pass(end);
  return { total: end - start, boxes, own: end - start - boxes, agent, stages };
}
