// The hook as a snapshot of node's heap: everything loaded, proven and compiled once, at installation. From the bundled entry,
// which is one file that imports nothing but node's own modules.
import { CesError } from "@ces/kernel";

/** The name under which the entry finds whoever builds its snapshot. */
export const SNAPSHOT_HOOK = "__ces_guard_snapshot";

/** What the entry hands over. `main` runs in each process that starts from the snapshot; `prove` and `warm` once, before it is made. */
export interface SnapshotParts {
  readonly main: () => void;
  readonly prove: () => void;
  readonly warm: () => void;
  /** Told to the entry of the snapshot: how the bundled file looked, so that a changed one is not answered for by an old snapshot. */
  readonly of: (stamp: EntryStamp) => void;
}

/** A file as it was: bytes and milliseconds since 1970. */
export interface EntryStamp {
  readonly size: number;
  readonly mtime: number;
}

/** Flags with which the snapshot is built, and those with which a process starts from it. */
export const BUILD_FLAGS: readonly string[] = ["--expose-gc", "--stress-flush-code"];
// The seed of the hash tables stays the one of the build, which only this account can read; renewing it costs ten milliseconds.
export const START_FLAGS: readonly string[] = ["--no-rehash-snapshot"];

/**
 * The script that `node --build-snapshot` runs, made of the bundle's text: node's snapshots take no modules, so the imports at
 * its top become calls of `require`. Throws CesError `GUARD_SNAPSHOT` when it is not such a bundle.
 */
export function snapshotScript(bundle: string, stamp: EntryStamp): string {
  const body = bundle.replaceAll(
    // With or without white space: entries are bundled without.
    /(?<=^|[;\n])import\s*(\{[^{}]*\})\s*from\s*"(node:[a-z/_]+)";?/g,
    (_, names: string, module: string) => {
      const pattern = names.replaceAll(/ as /g, ": ");
      return `const ${pattern}=__ces_require(${JSON.stringify(module)});`;
    },
  );
  const script = narrow(body.replace(/(^|[;\n])export\s*\{\s*\};?\s*$/, "$1"));
  // Whatever else of a module is left does not compile as a script, and node says so.
  if (body === bundle || !script.includes(SNAPSHOT_HOOK))
    throw new CesError("GUARD_SNAPSHOT", "the guard's hook is not a bundle that a snapshot can be made of", {
      remedy: "npx -y pnpm@12 build",
    });
  return [
    '"use strict";',
    "const __ces_require = require;",
    `globalThis.${SNAPSHOT_HOOK} = ({ main, prove, warm, of }) => {`,
    `  of(${JSON.stringify(stamp)});`,
    "  prove();",
    // What only the proofs needed is dropped again: every byte of the snapshot is read by every call.
    "  for (let times = 0; times < 6; times += 1) globalThis.gc?.();",
    "  warm();",
    '  __ces_require("node:v8").startupSnapshot.setDeserializeMainFunction(main);',
    "};",
    // A function of its own: the bundle may have a name that a script already has.
    "(() => {",
    script,
    "})();",
    "",
  ].join("\n");
}

// One character above U+00FF makes node keep the whole text in twice the bytes. In a text, a pattern and a template the escape
// means the same; after a backslash it would not, and then nothing is changed.
function narrow(text: string): string {
  if (/\\[^\u0000-\u00ff]/.test(text)) return text;
  return text.replaceAll(/[\u0100-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
