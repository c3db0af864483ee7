// From attacker-controlled bytes to the body that is forwarded: parsed strictly, rebuilt from the allow-list, clamped (S09).
import { parseJson } from "@ces/kernel";
import { AnthropicCountTokens, AnthropicMessages } from "./anthropic-body.schema.ts";
import { OpenAiResponses } from "./openai-body.schema.ts";
import type { Route } from "./route-request.ts";

/** A body that may be forwarded once its output is clamped. `system` and `opening` name the conversation (S16). */
export interface ShapedRequest {
  readonly kind: "shaped";
  readonly route: Route;
  readonly model: string;
  readonly stream: boolean;
  /** The client's own limit on output tokens; null: none given. */
  readonly wanted_output: number | null;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Why a body goes no further. `member` is a path of member names, never content. */
export interface RefusedBody {
  readonly kind: "refused";
  readonly code: "MODEL_BODY" | "MODEL_UNKNOWN";
  readonly member: string;
  readonly text: string;
}

const SCHEMAS = {
  messages: AnthropicMessages,
  count_tokens: AnthropicCountTokens,
  responses: OpenAiResponses,
} as const;
/** Members that are taken only at values that cost no more or tell the vendor nothing it needs. */
const DROPPED: ReadonlySet<string> = new Set(["service_tier", "client_metadata"]);

/** Judges the bytes of one request for a route that has a body. Never throws on input. */
export function shapeRequest(route: Route, bytes: Uint8Array, models: readonly string[]): ShapedRequest | RefusedBody {
  const read = parseJson(bytes, { maxBytes: bytes.length + 1, maxDepth: 100 });
  if (read.kind === "refused") return refused("$", `body is not strict json (${read.cause})`);
  const shaped = SCHEMAS[route as keyof typeof SCHEMAS].safeParse(read.value);
  if (!shaped.success) return refusedBy(shaped.error.issues);
  const { model } = shaped.data;
  if (!models.includes(model)) {
    return {
      kind: "refused",
      code: "MODEL_UNKNOWN",
      member: "model",
      text: `model \`${clip(model)}\` is not one of this run's`,
    };
  }
  const data: Readonly<Record<string, unknown>> = shaped.data;
  const body = Object.fromEntries(Object.entries(data).filter(([name]) => !DROPPED.has(name)));
  if (route === "responses") body["store"] = false;
  return { kind: "shaped", route, model, stream: data["stream"] === true, wanted_output: wantedOutput(data), body };
}

/** The same body with its output clamped to `output` tokens (and the thinking budget kept below it). */
export function clampOutput(request: ShapedRequest, output: number): Readonly<Record<string, unknown>> {
  if (request.route === "count_tokens") return request.body;
  if (request.route === "responses") return { ...request.body, max_output_tokens: output };
  const thinking = request.body["thinking"] as AnthropicMessages["thinking"]; // as: `body` was parsed by that schema
  const clamped =
    thinking?.type === "enabled" && thinking.budget_tokens >= output
      ? { ...thinking, budget_tokens: Math.max(1024, output - 1024) }
      : thinking;
  return { ...request.body, max_tokens: output, ...(clamped === undefined ? {} : { thinking: clamped }) };
}

function wantedOutput(data: Readonly<Record<string, unknown>>): number | null {
  const wanted = data["max_tokens"] ?? data["max_output_tokens"];
  return typeof wanted === "number" ? wanted : null;
}

type Issue = NonNullable<ReturnType<typeof AnthropicMessages.safeParse>["error"]>["issues"][number];

/** Names the first offending member; unions are followed to the branch that came furthest. */
function refusedBy(issues: readonly Issue[]): RefusedBody {
  const issue = deepest(issues);
  const at = issue.path.map(String).map(clip);
  if (issue.code === "unrecognized_keys") {
    const member = [...at, clip(issue.keys[0] ?? "")].join(".");
    return refused(member, `member \`${member}\` is not forwarded`);
  }
  const member = at.join(".") || "$";
  return refused(member, `member \`${member}\` has a value that is not forwarded`);
}

function deepest(issues: readonly Issue[]): Issue {
  const leaves = issues.flatMap((issue) => leavesOf(issue, []));
  const [first] = leaves.toSorted((a, b) => b.path.length - a.path.length);
  if (first === undefined) throw new Error("a failed parse has an issue");
  return first;
}

function leavesOf(issue: Issue, before: readonly PropertyKey[]): Issue[] {
  const path = [...before, ...issue.path];
  const branches = issue.code === "invalid_union" ? issue.errors.filter((errors) => errors.length > 0) : [];
  if (branches.length === 0) return [{ ...issue, path }];
  return branches.flatMap((errors) => errors.flatMap((inner) => leavesOf(inner, path)));
}

const clip = (text: string): string => text.slice(0, 80).replace(/[^\x21-\x7e]/g, "?");
const refused = (member: string, text: string): RefusedBody => ({ kind: "refused", code: "MODEL_BODY", member, text });
