// The classification on the frozen delta (S20): what was really changed, whatever the request said. Raises only.
import type { Classification, Delta, Hazard } from "@ces/records";
import { addedLines, type FileFacts } from "@ces/sensors";
import { raiseTo } from "./axes.ts";
import { unique } from "./classify.ts";
import { pathHazards } from "./find-paths.ts";
import { hazardContents } from "./hazard-contents.ts";

/** A frozen change. `contents` are the bytes of its files; without them only paths and sizes are judged. */
export interface ReclassifyInput {
  readonly previous: Classification;
  readonly delta: Delta;
  readonly contents?: readonly FileFacts[];
  /** ISO instant. */
  readonly at?: string;
}

const MAX_LINES = 500;
const MAX_MODULES = 5;

/** `previous` raised by paths, protected surfaces, added content and size. INVARIANT: no axis is ever lower than before. */
export function reclassify(input: ReclassifyInput): Classification {
  const files = [...input.delta.in_scope, ...input.delta.out_of_scope];
  const found = [
    ...files.flatMap((file) => pathHazards(file.path)),
    ...files.flatMap((file) => (file.mode === "120000" ? [linkHazard(file.path)] : [])),
    ...(input.contents ?? []).flatMap(contentHazards),
    ...sizeHazards(input.delta),
  ];
  const axes = raiseTo(input.previous, found);
  return {
    ...input.previous,
    ...axes,
    hazards: unique([...input.previous.hazards, ...found]),
    classified_at: input.at ?? input.previous.classified_at,
  };
}

function contentHazards(file: FileFacts): readonly Hazard[] {
  const lines = addedLines(file);
  return hazardContents.flatMap(({ rule, pattern, risk_tier, behavior_confidence }) => {
    const line = lines.find(({ text }) => pattern.test(text));
    const detail = `\`${file.path.slice(0, 300)}\` line ${line?.number ?? 0}`;
    return line === undefined ? [] : [{ kind: "content" as const, detail, rule, risk_tier, behavior_confidence }];
  });
}

function linkHazard(path: string): Hazard {
  return {
    kind: "surface",
    detail: `\`${path.slice(0, 300)}\` is a symbolic link`,
    rule: "surface_symbolic_link",
    risk_tier: "A",
    behavior_confidence: "BC2",
  };
}

// spec/ces §3.5: more than 500 lines or more than 5 modules have to be considered again. A module is a folder.
function sizeHazards(delta: Delta): readonly Hazard[] {
  const lines = delta.in_scope.reduce((sum, file) => sum + file.added_lines + file.deleted_lines, 0);
  const modules = new Set(delta.in_scope.map(({ path }) => path.split("/").slice(0, -1).join("/")));
  const floor = { kind: "size", risk_tier: "B", behavior_confidence: "BC2" } as const;
  return [
    ...(lines > MAX_LINES ? [{ ...floor, rule: "size_lines", detail: `${lines} changed lines` }] : []),
    ...(modules.size > MAX_MODULES ? [{ ...floor, rule: "size_modules", detail: `${modules.size} folders` }] : []),
  ];
}
