// Reading a host's JSON field by field. SECURITY: every byte is attacker-controlled as far as the agent's tool call goes;
// what two readers could read differently (a member twice, bad UTF-8) is refused before anyone looks at it.
import { type Json, type JsonObject, parseJson } from "@ces/kernel";
import type { FileTouch, HookCall, JudgedCall } from "./hook-call.ts";

/** Most bytes of a hook's input. */
export const MAX_INPUT = 1024 * 1024;
/** Most paths of one call. */
const MAX_TOUCHES = 64;

/** The input as an object, or why it is none. */
export function readObject(bytes: Uint8Array): JsonObject | string {
  const read = parseJson(bytes, { maxBytes: MAX_INPUT, maxDepth: 64 });
  if (read.kind === "refused") return `not one JSON document (${read.cause} at ${read.at})`;
  return objectOr(read.value) ?? "not a JSON object";
}

/** An object, or undefined. */
export const objectOr = (value: Json | undefined): JsonObject | undefined =>
  // SAFETY: an object that is no list is a JsonObject.
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;

/** A string, or undefined. */
export const textOr = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);

/** The first of these members that is a string. */
export function firstText(input: JsonObject, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = own(input, name);
    if (typeof value === "string") return value;
  }
  return undefined;
}

/** A member of the object itself, not of its prototype. */
export const own = (object: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** All strings of a list, or undefined when it is no list of strings. */
export function textsOr(value: Json | undefined): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((one): one is string => typeof one === "string");
  return texts.length === value.length ? texts : undefined;
}

/** What is common to every call; a text says why the call cannot be read. */
export type Base = Pick<JudgedCall, "tool" | "cwd" | "session" | "id" | "roots" | "input">;

/** Checks the folder of a call. A relative or missing folder is refused: every path would mean something else. */
export function baseOf(
  given: Omit<Base, "cwd" | "roots" | "id"> & {
    readonly cwd: Json | undefined;
    readonly roots?: Json | undefined;
    readonly id?: Json | undefined;
  },
): Base | string {
  const cwd = textOr(given.cwd);
  if (cwd === undefined || !cwd.startsWith("/") || cwd.includes("\0")) return "`cwd` is not an absolute path";
  const roots = (textsOr(given.roots) ?? []).filter((root) => root.startsWith("/") && !root.includes("\0"));
  return { tool: given.tool, session: given.session, id: textOr(given.id) ?? "", input: given.input, cwd, roots };
}

/** A call of the shell; without a command it is malformed. `dialect` names the shell when it is no POSIX one. */
export function shellCall(base: Base | string, command: Json | undefined, dialect?: "foreign"): HookCall {
  if (typeof base === "string") return malformed(base);
  // An argument vector means exactly these words: each is quoted, so that the shell reading gives them back.
  const text = textOr(command) ?? textsOr(command)?.map(quoteWord).join(" ");
  if (text === undefined) return malformed(`\`${base.tool}\` came without a command`);
  return { ...base, kind: dialect ?? "shell", command: text };
}

/** A call that touches files; a missing path is malformed, since nothing could be said of it. */
export function filesCall(base: Base | string, touches: readonly (FileTouch | undefined)[]): HookCall {
  if (typeof base === "string") return malformed(base);
  const found = touches.filter((touch) => touch !== undefined);
  if (found.length === 0 || found.length < touches.length) return malformed(`\`${base.tool}\` came without a path`);
  if (found.length > MAX_TOUCHES) return malformed(`\`${base.tool}\` names more than ${MAX_TOUCHES} paths`);
  return { ...base, kind: "files", touches: found };
}

/** A touch of one path; undefined without one. */
export const touch = (verb: FileTouch["verb"], path: string | undefined): FileTouch | undefined =>
  path === undefined || path === "" ? undefined : { verb, path };

/** Refused input. */
export const malformed = (why: string): HookCall => ({ kind: "malformed", why });

/** One word in single quotes, as a POSIX shell reads it back. */
export const quoteWord = (word: string): string =>
  /^[A-Za-z0-9_./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

const word = (words: string): RegExp => new RegExp(`(?:^|[_-])(?:${words})(?:$|[_-])`, "i");
const shellish = word("bash|sh|shell|exec|execute|command|cmd|terminal|console|run");
const verbs: readonly (readonly [FileTouch["verb"], RegExp])[] = [
  ["delete", word("delete|remove|unlink|rmdir")],
  ["write", word("write|edit|create|append|save|move|rename|copy|patch|update|replace|insert")],
  ["read", word("read|open|view|cat|load|get|search|grep")],
];

// `executeShell` and `execute_shell` are the same two words.
const asWords = (tool: string): string => tool.replaceAll(/([a-z])([A-Z])/g, "$1_$2");

/** The shell text of a tool that is not the host's own (MCP, plugins) but is named like a shell; undefined for all others. */
export function foreignShellText(tool: string, input: JsonObject): string | undefined {
  if (!shellish.test(asWords(tool))) return undefined;
  return firstText(input, ["command", "cmd", "script", "shell_command"]);
}

/**
 * The files of a tool that is not the host's own but is named for what it does to files. Whole paths only: what a relative one
 * means is known to its server alone.
 */
export function foreignTouches(tool: string, input: JsonObject): readonly FileTouch[] {
  const verb = verbs.find(([, names]) => names.test(asWords(tool)))?.[0];
  if (verb === undefined) return [];
  const named = ["path", "file_path", "filePath", "file", "filename", "source", "destination", "target", "uri"].flatMap(
    (name) => {
      const value = own(input, name);
      return typeof value === "string" ? [value.replace(/^file:\/\//, "")] : [];
    },
  );
  const several = textsOr(own(input, "paths")) ?? [];
  return [...named, ...several].filter((path) => /^(?:\/|~\/)/.test(path)).map((path) => ({ verb, path }));
}
