// The script that a snapshot is made of, and the snapshot itself: the same answers, from whatever build it is.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BUILD_FLAGS, SNAPSHOT_HOOK, snapshotScript, START_FLAGS } from "../src/install/hook-snapshot.ts";
import { folder } from "./folder.ts";

const bundle = `import { readSync as read, writeSync } from "node:fs";
import { basename } from "node:path";
// import * as x from 'a comment'
const require = "a name that a script already has";
let stamp;
const proven = new Map();
function main() {
  const bytes = Buffer.alloc(100);
  const size = read(0, bytes);
  writeSync(1, [proven.get("é–😀"), /^[–]$/u.test("–"), bytes.toString("utf8", 0, size), process.argv.slice(2), stamp?.size, basename("/a/b"), process.env.NAME].join("|"));
}
const hook = globalThis["${SNAPSHOT_HOOK}"];
if (hook) hook({ main, prove: () => proven.set("é–😀", "proven"), warm: () => {}, of: (given) => (stamp = given) });
else main();
export {};
`;

describe("a snapshot", () => {
  test("starts where the bundle would have got to, with the words, the environment and the input of its own process", () => {
    const { root } = folder();
    const [script, blob] = [join(root, "hook.cjs"), join(root, "hook.blob")];
    writeFileSync(script, snapshotScript(bundle, { size: 7, mtime: 1.5 }));
    const built = spawnSync(process.execPath, [...BUILD_FLAGS, "--snapshot-blob", blob, "--build-snapshot", script], {
      encoding: "utf8",
    });
    expect([built.status, built.stderr]).toEqual([0, ""]);
    const words = [...START_FLAGS, "--snapshot-blob", blob, "/dist/hook.js", "claude"];
    const ran = spawnSync(process.execPath, words, { input: "the call", encoding: "utf8", env: { NAME: "own" } });
    expect(ran.stdout).toBe("proven|true|the call|claude|7|b|own");
  });

  test("is not made of something else", () => {
    for (const text of ["", 'import { a } from "node:fs";\n', bundle.replaceAll(SNAPSHOT_HOOK, "other")])
      expect(() => snapshotScript(text, { size: 0, mtime: 0 })).toThrow(
        expect.objectContaining({ code: "GUARD_SNAPSHOT" }),
      );
  });

  test("keeps its text narrow, unless an escape would mean something else", () => {
    const wide = /[\u0100-\uffff]/;
    expect(snapshotScript(bundle, { size: 0, mtime: 0 })).not.toMatch(wide);
    expect(snapshotScript(`${bundle}\nconst x = "\\–";`, { size: 0, mtime: 0 })).toMatch(wide);
  });
});
