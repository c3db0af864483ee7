// Which paths a call may name. Reads stay inside the box's own places; writes stay inside the contract's scope.
import { type Glob, compileGlob } from "@ces/kernel";
import { type Manifest, type ToolCall, type Verdict, allow, deny, strictest } from "@ces/records";

/** Where the tree is mounted in every box. */
export const WORKSPACE = "/workspace";
const scratch = ["/tmp", "/home/agent", "/dev/null"] as const;
const readable = [
  ...scratch,
  "/usr",
  "/bin",
  "/lib",
  "/lib64",
  "/etc",
  "/opt",
  "/proc/cpuinfo",
  "/proc/meminfo",
  "/run/kept",
] as const;

/** The verdict on the paths that a call names; commands name none that can be trusted, the walls hold those. */
export function judgePaths(call: ToolCall, manifest: Manifest): Verdict {
  if (call.kind !== "edit" && call.kind !== "read")
    return allow("NO_PATHS", "the call names no path that the gate judges");
  if (call.kind === "edit" && call.paths.length === 0)
    return deny("PATH_MISSING", "an edit that names no file is not judged");
  const verdicts = call.paths.map((path) =>
    call.kind === "edit" ? judgeWrite(path, manifest) : judgeRead(path, manifest),
  );
  return verdicts.length === 0 ? allow("NO_PATHS", "the call names no path") : strictest(verdicts);
}

function judgeWrite(named: string, manifest: Manifest): Verdict {
  const place = locate(named);
  if (place === null) return deny("PATH_UNREADABLE", `\`${named}\` is not a plain path`);
  if (place.inside === null)
    return isUnder(place.absolute, scratch)
      ? allow("SCRATCH", "scratch is never merged")
      : deny("SCOPE_OUTSIDE", `\`${named}\` is outside the project`);
  const forbidden = manifest.forbidden_files.find((glob) => matches(glob, place.inside ?? ""));
  if (forbidden !== undefined) return deny("SCOPE_FORBIDDEN", `\`${place.inside}\` is forbidden by \`${forbidden}\``);
  const granted = manifest.affected_files.some((glob) => matches(glob, place.inside ?? ""));
  return granted
    ? allow("SCOPE_GRANTED", `\`${place.inside}\` is in scope`)
    : deny("SCOPE_NOT_GRANTED", `\`${place.inside}\` is not in the contract's scope`);
}

function judgeRead(named: string, _manifest: Manifest): Verdict {
  const place = locate(named);
  if (place === null) return deny("PATH_UNREADABLE", `\`${named}\` is not a plain path`);
  if (place.inside !== null || place.absolute === WORKSPACE || isUnder(place.absolute, readable))
    return allow("READ_INSIDE", "inside the box");
  return deny("READ_OUTSIDE", `\`${named}\` is outside the project`);
}

/** Folds `.` and `..` lexically; null for what is not a plain path. Links do not matter: the walls resolve them. */
function locate(named: string): { readonly absolute: string; readonly inside: string | null } | null {
  if (named === "" || named.length > 4096 || /[\u0000-\u001f\u007f\\]/.test(named) || named.startsWith("~"))
    return null;
  const parts: string[] = [];
  for (const part of (named.startsWith("/") ? named : `${WORKSPACE}/${named}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const absolute = `/${parts.join("/")}`;
  return { absolute, inside: absolute.startsWith(`${WORKSPACE}/`) ? absolute.slice(WORKSPACE.length + 1) : null };
}

const isUnder = (path: string, roots: readonly string[]): boolean =>
  roots.some((root) => path === root || path.startsWith(`${root}/`));

const compiled = new Map<string, Glob>();
function matches(pattern: string, path: string): boolean {
  const known = compiled.get(pattern) ?? compileGlob(pattern);
  compiled.set(pattern, known);
  return known.test(path);
}
