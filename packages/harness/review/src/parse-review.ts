// Reads a reviewer's answer (spec/ces §5.2; DESIGN §5). Clean means that every changed file was examined; whatever is missing or
// unreadable is a finding, never silence.
import { redactText, type Json, type JsonObject } from "@ces/kernel";
import { Severity, type Finding, type ReviewRun } from "@ces/records";
import { findJsonObject, isObject } from "./find-json.ts";
import type { PlantedDefect } from "./plant-defect.ts";
import type { ShownFile } from "./review-prompt.ts";

/** What an answer is held against. `files` are the changed files; the planted one may be among them. */
export interface ParseReviewInput {
  readonly reviewer_id: string;
  readonly files: readonly ShownFile[];
  readonly planted: PlantedDefect | null;
}

/** The part of a review run that its answer decides. Findings about the planted file are taken out. */
export type ReviewRead = Pick<ReviewRun, "outcome" | "examined" | "findings">;

/** Reads `text`, the last words of the reviewer. Total: never throws. */
export function parseReview(text: string, input: ParseReviewInput): ReviewRead {
  const answer = findJsonObject(text);
  if (answer === undefined || !Array.isArray(answer["examined"]) || !Array.isArray(answer["findings"])) {
    return {
      outcome: "incomplete",
      examined: [],
      findings: [
        incomplete(input, "the answer is not the JSON object that was asked for", redactText(text.slice(0, 2000))),
      ],
    };
  }
  const raw = answer["findings"].map((item: Json, index: number) => readFinding(item, index, input));
  const all = readExamined(answer["examined"], input);
  const examined = all.filter(({ path }) => path !== input.planted?.path);
  return judge(examined, raw, missingFiles(all, input), input);
}

type Item =
  | { readonly kind: "finding"; readonly finding: Finding }
  | { readonly kind: "malformed"; readonly text: string };

function judge(
  examined: ReviewRun["examined"],
  items: readonly Item[],
  missing: readonly string[],
  input: ParseReviewInput,
): ReviewRead {
  const findings = items.flatMap((item) => (item.kind === "finding" ? [item.finding] : []));
  const malformed = items.flatMap((item) => (item.kind === "malformed" ? [item.text] : []));
  const credible = input.planted === null || findings.some((finding) => reportsPlanted(finding, input.planted));
  const kept = findings.filter(({ path }) => input.planted === null || path !== input.planted.path);
  const doubts = [
    ...(credible
      ? []
      : [doubt(input, "REVIEW_NOT_CREDIBLE", "the reviewer did not report a defect that was planted for it", "")]),
    ...(missing.length > 0
      ? [incomplete(input, `${missing.length} changed files were not examined`, missing.slice(0, 20).join("\n"))]
      : []),
    ...(malformed.length > 0
      ? [
          incomplete(
            input,
            `${malformed.length} findings could not be read`,
            redactText(malformed.slice(0, 5).join("\n")),
          ),
        ]
      : []),
  ];
  const outcome = !credible ? "not_credible" : doubts.length > 0 ? "incomplete" : "complete";
  return { outcome, examined, findings: [...doubts, ...kept] };
}

// A finding at the decoy's path that is meant seriously. Its wording is the reviewer's own.
function reportsPlanted(finding: Finding, planted: PlantedDefect | null): boolean {
  return planted !== null && finding.path === planted.path && ["critical", "high", "medium"].includes(finding.severity);
}

function readExamined(items: readonly Json[], input: ParseReviewInput): ReviewRun["examined"] {
  return items.flatMap((item) => {
    if (!isObject(item)) return [];
    const [path, note] = [text(item, "path", 4096), text(item, "note", 1000)];
    return path === "" || note.trim() === ""
      ? []
      : [{ path: realPath(path, input), note: redactText(note).slice(0, 1000) }];
  });
}

function missingFiles(examined: ReviewRun["examined"], input: ParseReviewInput): readonly string[] {
  const seen = new Set(examined.map(({ path }) => path));
  return input.files.map(({ path }) => path).filter((path) => path !== input.planted?.path && !seen.has(path));
}

// A severity that is none is taken for high: the reference took it for info.
function readFinding(item: Json, index: number, input: ParseReviewInput): Item {
  const title = isObject(item) ? text(item, "title", 300).trim() : "";
  const description = isObject(item) ? text(item, "description", 4000).trim() : "";
  if (!isObject(item) || (title === "" && description === ""))
    return { kind: "malformed", text: JSON.stringify(item).slice(0, 300) };
  const severity = Severity.safeParse(item["severity"]);
  const path = text(item, "path", 4096);
  const finding: Finding = {
    finding_id: `${input.reviewer_id}#${index + 1}`,
    source: input.reviewer_id,
    severity: severity.success ? severity.data : "high",
    category: redactText(text(item, "category", 100)) || "review",
    path: path === "" ? null : realPath(path, input),
    line: lineOf(item["line"]),
    title: redactText(title === "" ? description : title).slice(0, 300),
    description: redactText(description).slice(0, 4000),
    recommendation: redactText(text(item, "recommendation", 2000)).slice(0, 2000),
  };
  return { kind: "finding", finding };
}

function text(item: JsonObject, name: string, max: number): string {
  const value = item[name];
  return typeof value === "string" ? value.slice(0, max) : "";
}

function lineOf(value: Json | undefined): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 1 ? value : null;
}

// Reviewers name files as they were shown, sometimes with the folder in front.
function realPath(path: string, input: ParseReviewInput): string {
  const planted = input.planted === null ? [] : [{ path: input.planted.path, shown_as: input.planted.path }];
  const plain = path.trim().replace(/^(?:\.\/)+/, "");
  const shown = [...input.files, ...planted];
  const found =
    shown.find(({ shown_as }) => shown_as === plain) ??
    shown.find(({ shown_as }) => plain.startsWith("/") && plain.endsWith(`/${shown_as}`));
  return found?.path ?? plain;
}

function incomplete(input: ParseReviewInput, title: string, description: string): Finding {
  return doubt(input, "REVIEW_INCOMPLETE", title, description);
}

function doubt(input: ParseReviewInput, category: string, title: string, description: string): Finding {
  return {
    finding_id: `${input.reviewer_id}#${category.toLowerCase()}-${title.length}`,
    source: input.reviewer_id,
    severity: "high",
    category,
    path: null,
    line: null,
    title,
    description: description.slice(0, 4000),
    recommendation: "Have it reviewed again, or read the change yourself.",
  };
}
