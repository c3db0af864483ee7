// Where git talks to: a plain URL or path, or a helper that runs a program.
import { type Arg, HOLE } from "../arg.ts";
import type { Evaluation, Outcome } from "../profile.ts";

/** Null for a plain remote name, path or URL; else what naming this place would do. */
export function transportEffect(on: Evaluation, place: Arg): Outcome | null {
  const { text } = place;
  const what = `talk to \`${text.replaceAll(HOLE, "…").slice(0, 120)}\``;
  if (/^(?:ext|fd)::/i.test(text)) return on.effect("code-injection.tool-exec", `${what}, which runs a program`);
  // SECURITY: a host that starts with a dash is an option of ssh (CVE-2017-1000117).
  if (/^(?:[a-z+]+:\/\/)(?:[^/@]*@)?-/i.test(text) || /^-/.test(text))
    return on.effect("code-injection.tool-exec", what);
  if (text.startsWith(HOLE)) return on.effect("unknown.option", what);
  if (/^[a-z\d+.-]+::/i.test(text)) return on.effect("unknown.option", what);
  return null;
}

/** True for what is no name of a remote but a place: a URL, `host:path`, or a path. */
export const isPlace = (text: string): boolean => /:\/\/|^[^/]+:(?!:)|^[./~]|\\/.test(text);
