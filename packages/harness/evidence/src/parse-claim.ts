// Finds the agent's `ces:completion` block in its last words (spec/ces §8.4). Attacker-controlled; it counts for nothing by itself.
import { parseJson, type Json, type JsonObject } from "@ces/kernel";
import { Claim } from "@ces/records";

/** What was found. `malformed` says why the last block that was meant could not be read. */
export type ClaimRead =
  | { readonly kind: "claim"; readonly claim: Claim }
  | { readonly kind: "missing" }
  | { readonly kind: "malformed"; readonly why: string };

const MAX_BLOCK = 256 * 1024;
const MAX_BLOCKS = 64;

/**
 * The last valid block whose `task_id` is `task_id`; the reference took the first, so that an agent that quoted its
 * instructions was held to the example in them.
 */
export function parseClaim(text: string, task_id: string): ClaimRead {
  const reads = blocksOf(text)
    .slice(-MAX_BLOCKS)
    .map((block) => readBlock(block, task_id))
    .reverse();
  return reads.find(({ kind }) => kind === "claim") ?? reads[0] ?? { kind: "missing" };
}

// A fence is a line of at least three backticks; the block ends at the next line of as many. One pass, no backtracking.
function blocksOf(text: string): readonly string[] {
  const blocks: string[] = [];
  let fence = "";
  let lines: string[] | null = null;
  for (const line of text.split("\n")) {
    const trimmed = line.trim();
    if (lines === null) {
      const opening = /^(`{3,16}) {0,4}ces:completion(?: .{0,200})?$/.exec(trimmed);
      if (opening !== null) [fence, lines] = [opening[1] ?? "```", []];
    } else if (trimmed === fence) {
      blocks.push(lines.join("\n"));
      lines = null;
    } else lines.push(line);
  }
  return lines === null ? blocks : [...blocks, lines.join("\n")];
}

function readBlock(block: string, task_id: string): ClaimRead {
  const read = parseJson(block, { maxBytes: MAX_BLOCK, maxDepth: 16 });
  if (read.kind === "refused") return { kind: "malformed", why: `not JSON (${read.cause} at ${read.at})` };
  if (!isObject(read.value)) return { kind: "malformed", why: "not a JSON object" };
  const claim = Claim.safeParse(lenient(read.value));
  if (!claim.success)
    return {
      kind: "malformed",
      why: claim.error.issues
        .slice(0, 3)
        .map((issue) => `${issue.path.join(".")}: ${issue.message}`)
        .join("; "),
    };
  if (claim.data.task_id !== task_id) return { kind: "malformed", why: "the block is about another task" };
  return { kind: "claim", claim: claim.data };
}

// Missing lists are empty lists and unknown members are dropped; a member of the wrong kind is still an error.
function lenient(value: JsonObject): JsonObject {
  return {
    task_id: value["task_id"] ?? "",
    summary: cut(value["summary"] ?? ""),
    files_changed: value["files_changed"] ?? [],
    criteria_satisfied: mapList(value["criteria_satisfied"], (item) => ({
      criterion: item["criterion"] ?? "",
      evidence: item["evidence"] ?? "",
      evidence_kind: item["evidence_kind"] ?? "manual_inspection",
    })),
    open_questions: value["open_questions"] ?? [],
    scope_deviations: value["scope_deviations"] ?? [],
    verification_commands: mapList(value["verification_commands"], (item) => ({
      command: item["command"] ?? "",
      exit_code: item["exit_code"] ?? null,
      summary: item["summary"] ?? "",
    })),
  };
}

function mapList(value: Json | undefined, map: (item: JsonObject) => JsonObject): Json {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map((item: Json) => (isObject(item) ? map(item) : item)) : value;
}

function cut(value: Json): Json {
  return typeof value === "string" ? value.slice(0, 4000) : value;
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
