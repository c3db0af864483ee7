// Codex runs a user's hook only once its exact definition is trusted: a hash in `config.toml`, under a key made of file and index.
import { sha256 } from "../sha256.ts";
import { memberOf, placeJson, plainOf } from "./json-text.ts";
import { isOurs } from "./json-hook-file.ts";

/** Key and hash that make our hook trusted, as codex 0.169.0 computes them; undefined when the hook is not in the text. */
export interface HookTrust {
  readonly key: string;
  readonly hash: string;
}

/** The trust of our hook in this text of `hooks.json`. */
export function codexTrust(path: string, text: string): HookTrust | undefined {
  const list = memberOf(memberOf(placeJson(text, path), "hooks")?.value, "PreToolUse")?.value;
  const groups = list === undefined ? [] : plainOf(list);
  if (!Array.isArray(groups)) return undefined;
  const index = groups.findIndex(isOurs);
  return index === -1
    ? undefined
    : { key: `${path}:pre_tool_use:${index}:0`, hash: `sha256:${sha256(identity(groups[index]))}` };
}

// Canonical JSON of the normalised definition: defaults written out, members sorted.
function identity(group: { readonly matcher?: unknown; readonly hooks?: readonly object[] }): string {
  const [hook = {}] = group.hooks ?? [];
  const whole = { async: false, timeout: 600, ...hook };
  const matcher = group.matcher === undefined ? {} : { matcher: group.matcher };
  return JSON.stringify(sorted({ event_name: "pre_tool_use", ...matcher, hooks: [whole] }));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  );
}
