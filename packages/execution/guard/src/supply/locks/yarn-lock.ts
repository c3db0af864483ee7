// yarn.lock of yarn 1 and of berry: blocks under a line of descriptors; both are read by lines.
import { hostOf, lockEntry, readEntries, sourceOfUrl, type LockEntry, type LockReading } from "./lock-entry.ts";

/** Reads it. */
export function readYarnLock(text: string): LockReading {
  if (!/^# yarn lockfile v1|^__metadata:/m.test(text)) return { kind: "unreadable", why: "it is no lockfile of yarn" };
  const blocks = text.split(/\n(?=\S)/).filter((block) => /^["@\w]/.test(block) && !block.startsWith("__metadata"));
  return readEntries(blocks.map(entryOf));
}

function entryOf(block: string): LockEntry {
  const fields = new Map(block.split("\n").flatMap((line) => fieldOf(line)));
  const field = (name: string): string | undefined => fields.get(name);
  const resolution = field("resolution");
  return resolution === undefined ? classic(block, field) : berry(resolution, field);
}

function classic(block: string, field: (name: string) => string | undefined): LockEntry {
  const descriptor = /^"?((?:@[^@/\s]+\/)?[^@\s",]+)@([^\s",]*)/.exec(block);
  const alias = /^npm:((?:@[^@/]+\/)?[^@]+)/.exec(descriptor?.[2] ?? "")?.[1];
  const resolved = field("resolved") ?? "";
  return lockEntry("npm", alias ?? descriptor?.[1] ?? block.slice(0, 100), field("version") ?? null, {
    source: resolved === "" ? "registry" : sourceOfUrl(resolved),
    host: hostOf(resolved),
    // Old entries carry the hash behind the URL.
    integrity: field("integrity") ?? /#([0-9a-f]{40})$/.exec(resolved)?.[1] ?? null,
  });
}

// `lodash@npm:4.17.21`, `x@workspace:.`, `y@https://…#commit=…`, `z@patch:…`
function berry(resolution: string, field: (name: string) => string | undefined): LockEntry {
  const [, name = resolution, protocol = "", rest = ""] =
    /^((?:@[^@/]+\/)?[^@]+)@(?:([a-z]+):)?(.*)$/s.exec(resolution) ?? [];
  const workspace = protocol === "workspace" || protocol === "link" || protocol === "portal";
  const registry = protocol === "npm" || protocol === "patch" || protocol === "virtual";
  return lockEntry("npm", name, workspace ? null : (field("version") ?? null), {
    source: workspace ? "workspace" : registry ? "registry" : sourceOfBerry(protocol, rest),
    host: hostOf(`${protocol}:${rest}`),
    integrity: field("checksum") ?? null,
  });
}

function sourceOfBerry(protocol: string, rest: string): LockEntry["source"] {
  if (protocol === "file") return "file";
  return protocol.startsWith("git") || protocol === "ssh" || /\.git|commit=/.test(rest) ? "git" : "url";
}

function fieldOf(line: string): readonly (readonly [string, string])[] {
  const [, name, value] = /^ {2}([a-z]+):? "?([^"\n]+?)"?$/.exec(line) ?? [];
  return name === undefined || value === undefined ? [] : [[name, value]];
}
