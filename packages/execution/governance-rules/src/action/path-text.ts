// File paths as text: `.` and `..` are resolved before anything is matched, so that no prefix is passed by a detour.

/** The path without empty, `.` and resolvable `..` segments. A leading `/` and a trailing one stay; `..` that would leave a relative path stay. */
export function resolveDots(path: string): string {
  const rooted = path.startsWith("/");
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") kept.push(segment);
    else if (kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (!rooted) kept.push("..");
  }
  const body = kept.join("/");
  const folder = body !== "" && /\/(?:\.{1,2})?$/.test(path) && kept.at(-1) !== "..";
  return `${rooted ? "/" : ""}${body}${folder ? "/" : ""}`;
}
