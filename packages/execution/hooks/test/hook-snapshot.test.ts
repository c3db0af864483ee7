// The script that a snapshot is made of, and the snapshot itself: the same answers, from whatever build it is.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BUILD_FLAGS, PARTS_MARK, SNAPSHOT_HOOK, snapshotScript, START_FLAGS } from "../src/install/hook-snapshot.ts";
import { folder } from "./folder.ts";

const bundle = `import { openSync, readSync as read, writeSync } from "node:fs";
import { basename } from "node:path";
import { hash as digest } from "node:crypto";
// import * as x from 'a comment'
const require = "a name that a script already has";
let stamp;
const proven = new Map();
function part() {"ces part";return [stamp, "part–é"]}
function main(opened) {
  opened.fd = openSync(process.argv[1]);
  const bytes = Buffer.alloc(100);
  const size = read(0, bytes);
  writeSync(1, [proven.get("é–😀"), /^[–]$/u.test("–"), bytes.toString("utf8", 0, size), process.argv.slice(2), stamp?.size, basename("/a/b"), process.env.NAME, part()[1], digest("sha256", "").slice(0, 4)].join("|"));
}
const hook = globalThis["${SNAPSHOT_HOOK}"];
if (hook) hook({ main, warm: () => proven.set("é–😀", part()[1] && "proven"), of: (given) => (stamp = given) });
else main({ fd: null });
export {};
`;

/** The bundle with the place of its part at its end, and what its own process needs to be started with. */
function withPart(text: string): string {
  const bytes = (until: string) => Buffer.byteLength(text.slice(0, text.indexOf(until)));
  const from = bytes('"ces part";return') + '"ces part";'.length;
  return `${text}${PARTS_MARK}${from}-${bytes("}\nfunction main")}\n`;
}

const of = (path: string) => ({ path, stamp: { size: 7, mtime: 1.5 } });

describe("a snapshot", () => {
  test("starts where the bundle would have got to, with the words, the environment and the input of its own process", () => {
    const { root } = folder();
    const [entry, script, blob] = [join(root, "hook.js"), join(root, "hook.cjs"), join(root, "hook.blob")];
    writeFileSync(entry, withPart(bundle));
    const text = snapshotScript(withPart(bundle), of(entry));
    expect(text).not.toContain("part–é");
    writeFileSync(script, text);
    const built = spawnSync(process.execPath, [...BUILD_FLAGS, "--snapshot-blob", blob, "--build-snapshot", script], {
      encoding: "utf8",
    });
    expect([built.status, built.stderr]).toEqual([0, ""]);
    const words = [...START_FLAGS, "--snapshot-blob", blob, entry, "claude"];
    const ran = spawnSync(process.execPath, words, { input: "the call", encoding: "utf8", env: { NAME: "own" } });
    expect(ran.stdout).toBe("proven|true|the call|claude|7|b|own|part–é|e3b0");
  });

  test("is not made of something else", () => {
    for (const text of ["", 'import { a } from "node:fs";\n', bundle.replaceAll(SNAPSHOT_HOOK, "other")])
      expect(() => snapshotScript(text, of("/x"))).toThrow(expect.objectContaining({ code: "GUARD_SNAPSHOT" }));
  });

  test("keeps its text narrow, unless an escape would mean something else", () => {
    const wide = /[\u0100-\uffff]/;
    expect(snapshotScript(bundle, of("/x"))).not.toMatch(wide);
    expect(snapshotScript(`${bundle}\nconst x = "\\–";`, of("/x"))).toMatch(wide);
  });
});
