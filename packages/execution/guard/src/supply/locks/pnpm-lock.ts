// pnpm-lock.yaml, versions 5 to 9: the `packages:` block has one shape, so lines are read, not YAML.
import { hostOf, lockEntry, readEntries, sourceOfUrl, type LockEntry, type LockReading } from "./lock-entry.ts";

const KEY = /^ {2}(?:'([^']+)'|"([^"]+)"|([^\s#'"][^#]*?)):\s*$/;

/** Reads it; unreadable when the file has no block `packages:` although it pins something. */
export function readPnpmLock(text: string): LockReading {
  const lines = text.split("\n");
  if (!lines.some((line) => /^lockfileVersion:/.test(line)))
    return { kind: "unreadable", why: "it names no lockfile version" };
  const entries: LockEntry[] = [];
  let inside = false;
  let key: string | undefined;
  let body: string[] = [];
  const close = (): void => {
    if (key !== undefined) entries.push(entryOf(key, body.join("\n")));
    [key, body] = [undefined, []];
  };
  for (const line of lines) {
    if (/^\S/.test(line)) {
      close();
      inside = /^packages:\s*$/.test(line);
    } else if (inside) {
      const found = KEY.exec(line);
      if (found !== null) {
        close();
        key = found[1] ?? found[2] ?? found[3];
      } else body.push(line);
    }
  }
  close();
  return readEntries(entries);
}

// `/lodash/4.17.21`, `/lodash@4.17.21(react@18.0.0)`, `lodash@4.17.21`, `name@https://…`, `https://codeload…/x`
function entryOf(key: string, body: string): LockEntry {
  const bare = key.replace(/\(.*$/s, "").replace(/^\//, "");
  const [, name = bare, version = ""] =
    /^(@[^/@]+\/[^/@]+|[^/@]+)[@/](\d[^_]*)/.exec(bare) ?? /^(@[^/@]+\/[^/@]+|[^/@:]+)@(.+)$/s.exec(bare) ?? [];
  const tarball = /tarball:\s*['"]?([^\s'",}]+)/.exec(body)?.[1];
  const repository = /repo:\s*['"]?([^\s'",}]+)/.exec(body)?.[1];
  const place = repository ?? tarball ?? (/[:/]/.test(version) ? version : "");
  return lockEntry("npm", name, /^\d/.test(version) ? version : null, {
    source: repository === undefined ? sourceOfPlace(version, place, body) : "git",
    host: hostOf(place),
    integrity: /integrity:\s*([^\s,}]+)/.exec(body)?.[1] ?? null,
    scripts: /^\s+requiresBuild:\s*true/m.test(body),
    deprecated: /^\s+deprecated:\s*(.+)$/m.exec(body)?.[1] ?? null,
  });
}

function sourceOfPlace(version: string, place: string, body: string): LockEntry["source"] {
  if (/directory:/.test(body) || /^(?:file|link):/.test(version)) return "file";
  if (/^\d/.test(version)) return "registry";
  return /\.git(?:#|$)|^git|codeload/.test(place)
    ? "git"
    : sourceOfUrl(place) === "registry"
      ? "url"
      : sourceOfUrl(place);
}
