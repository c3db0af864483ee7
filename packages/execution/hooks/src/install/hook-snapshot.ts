// The hook as a snapshot of node's heap: everything loaded, proven and compiled once, at installation. From the bundled entry,
// which is one file that imports nothing but node's own modules.
import { CesError } from "@ces/kernel";

/** The name under which the entry finds whoever builds its snapshot. */
export const SNAPSHOT_HOOK = "__ces_guard_snapshot";

/** What the entry hands over. `main` runs in each process that starts from the snapshot; `warm` once, before it is made. */
export interface SnapshotParts {
  readonly main: (entry: OpenEntry) => void;
  readonly warm: (entry: string) => void;
  /** Told to the entry of the snapshot: how the bundled file looked, so that a changed one is not answered for by an old snapshot. */
  readonly of: (stamp: EntryStamp) => void;
}

/** A file as it was: bytes and milliseconds since 1970. */
export interface EntryStamp {
  readonly size: number;
  readonly mtime: number;
}

/** The bundled file, from which parts are read that the snapshot does not hold. SECURITY: opened once, then checked, then read. */
export interface OpenEntry {
  fd: number | null;
}

/** What stands at the end of a bundle: where its parts are, as offsets in bytes, `from-to,from-to`. */
export const PARTS_MARK = "//# ces-parts=";

/**
 * Flags with which the snapshot is built, and those with which a process starts from it. What is compiled while it is built stays in it
 * as bytecode, and nothing that a compiler would make of it, nor what it would have noted.
 */
export const BUILD_FLAGS: readonly string[] = [
  "--disable-warning=ExperimentalWarning",
  "--no-opt",
  "--no-sparkplug",
  "--invocation-count-for-feedback-allocation=100000000",
];
// The seed of the hash tables stays the one of the build, which only this account can read; renewing it costs ten milliseconds. What runs
// less than some hundred times is over before notes about it could help.
export const START_FLAGS: readonly string[] = [
  "--no-rehash-snapshot",
  "--invocation-count-for-feedback-allocation=300",
];

/**
 * The script that `node --build-snapshot` runs, made of the bundle's text: node's snapshots take no modules, so the imports at
 * its top become calls of `require`, and its parts are left in the file: every byte of the snapshot is read by every call.
 * Throws CesError `GUARD_SNAPSHOT` when it is not such a bundle.
 */
export function snapshotScript(bundle: string, entry: { readonly path: string; readonly stamp: EntryStamp }): string {
  const whole = withoutParts(bundle);
  const body = whole.replaceAll(
    // With or without white space: entries are bundled without.
    /(?<=^|[;\n])import\s*(\{[^{}]*\})\s*from\s*"(node:[a-z/_]+)";?/g,
    (_, names: string, module: string) =>
      `const ${names.replaceAll(/ as /g, ": ")}=__ces_require(${JSON.stringify(module)});`,
  );
  const script = narrow(body.replace(/(^|[;\n])export\s*\{\s*\};?\s*$/, "$1"));
  // Whatever else of a module is left does not compile as a script, and node says so.
  if (body === whole || !script.includes(SNAPSHOT_HOOK))
    throw new CesError("GUARD_SNAPSHOT", "the guard's hook is not a bundle that a snapshot can be made of", {
      remedy: "npx -y pnpm@12 build",
    });
  return [
    '"use strict";',
    "const __ces_require = require;",
    'const __ces_fs = __ces_require("node:fs");',
    "const __ces_entry = { fd: null };",
    "const __ces_read = (from, to) => {",
    "  const bytes = Buffer.alloc(to - from);",
    '  if (__ces_fs.readSync(__ces_entry.fd, bytes, 0, bytes.length, from) !== bytes.length) throw new Error("a part is missing");',
    '  return bytes.toString("utf8");',
    "};",
    "let __ces_hook;",
    `globalThis.${SNAPSHOT_HOOK} = (parts) => { __ces_hook = parts; };`,
    // A function of its own: the bundle may have a name that a script already has.
    "(() => {",
    // In this function, so that a part sees the names that it saw in the bundle.
    "const __ces_part = (from, to) => eval(`(()=>{${__ces_read(from, to)}})()`);",
    script,
    "})();",
    `__ces_hook.of(${JSON.stringify(entry.stamp)});`,
    // What only ran to get here is dropped; what is compiled from now on stays.
    'const __ces_v8 = __ces_require("node:v8");',
    '__ces_v8.setFlagsFromString("--stress-flush-code");',
    "for (let times = 0; times < 3; times += 1) __ces_v8.queryObjects(class {});",
    '__ces_v8.setFlagsFromString("--no-stress-flush-code");',
    '__ces_v8.setFlagsFromString("--no-flush-bytecode");',
    `__ces_entry.fd = __ces_fs.openSync(${JSON.stringify(entry.path)});`,
    `__ces_hook.warm(${JSON.stringify(entry.path)});`,
    "__ces_fs.closeSync(__ces_entry.fd);",
    "__ces_entry.fd = null;",
    "__ces_v8.startupSnapshot.setDeserializeMainFunction(() => __ces_hook.main(__ces_entry));",
    "",
  ].join("\n");
}

/** The bundle with each part's text replaced by a call that reads it. */
function withoutParts(bundle: string): string {
  const at = bundle.lastIndexOf(PARTS_MARK);
  const ranges =
    at < 0
      ? []
      : bundle
          .slice(at + PARTS_MARK.length)
          .trim()
          .split(",");
  const bytes = new TextEncoder().encode(bundle.slice(0, at < 0 ? undefined : at));
  const decoder = new TextDecoder();
  let end = 0;
  const kept = ranges.map((range) => {
    const [from = 0, to = 0] = range.split("-").map(Number);
    const before = decoder.decode(bytes.subarray(end, from));
    end = to;
    return `${before}return __ces_part(${from},${to})`;
  });
  return kept.join("") + decoder.decode(bytes.subarray(end));
}

// One character above U+00FF makes node keep the whole text in twice the bytes. In a text, a pattern and a template the escape
// means the same; after a backslash it would not, and then nothing is changed.
function narrow(text: string): string {
  if (/\\[^\u0000-\u00ff]/.test(text)) return text;
  return text.replaceAll(/[\u0100-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
