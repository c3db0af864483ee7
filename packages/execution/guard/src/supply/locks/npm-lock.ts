// package-lock.json, npm-shrinkwrap.json and npm's own note of what is installed (lockfile versions 1 to 3).
import { member, members, textMember } from "../foreign-json.ts";
import { hostOf, lockEntry, readEntries, sourceOfUrl, type LockEntry, type LockReading } from "./lock-entry.ts";

const MAX_TEXT = 4_000;
const MAX_DEPTH = 40;

/** Reads it. Versions 2 and 3 by `packages`, version 1 by `dependencies`. */
export function readNpmLock(text: string): LockReading {
  const value = parsed(text);
  if (value === undefined) return { kind: "unreadable", why: "it is no JSON" };
  const packages = member(value, "packages");
  if (packages !== undefined) return readEntries(members(packages).flatMap(([path, one]) => packageEntry(path, one)));
  return readEntries(nested(value, MAX_DEPTH));
}

// npm reads it by the very same function: of a member that stands twice both see the last. Own members only are read below.
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function packageEntry(path: string, one: unknown): readonly LockEntry[] {
  const place = path.lastIndexOf("node_modules/");
  if (place === -1) return [];
  const folder = path.slice(place + "node_modules/".length);
  if (member(one, "link") === true) return [lockEntry("npm", folder, null, { source: "workspace" })];
  // An alias is installed under another name; `name` is what it really is.
  return [entryOf(textMember(one, "name", 400) ?? folder, one)];
}

function nested(value: unknown, depth: number): readonly LockEntry[] {
  if (depth === 0) return [];
  return members(member(value, "dependencies")).flatMap(([name, one]) => [
    entryOf(name, one),
    ...nested(one, depth - 1),
  ]);
}

function entryOf(folder: string, one: unknown): LockEntry {
  const said = textMember(one, "version", MAX_TEXT) ?? null;
  const alias = /^npm:(@?[^@]+)@(.+)$/.exec(said ?? "");
  const pinned = alias?.[2] ?? said;
  const bundled = member(one, "bundled") === true || member(one, "inBundle") === true;
  const resolved = textMember(one, "resolved", MAX_TEXT) ?? (pinned !== null && /[:/]/.test(pinned) ? pinned : "");
  return lockEntry("npm", alias?.[1] ?? folder, pinned !== null && /^\d/.test(pinned) ? pinned : null, {
    source: resolved === "" ? "registry" : sourceOfUrl(resolved),
    host: hostOf(resolved),
    // What comes inside another tarball is covered by that tarball's hash.
    integrity: textMember(one, "integrity", MAX_TEXT) ?? (bundled ? "bundled" : null),
    scripts: member(one, "hasInstallScript") === true,
    deprecated: textMember(one, "deprecated", MAX_TEXT) ?? null,
  });
}
