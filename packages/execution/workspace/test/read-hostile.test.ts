// S06: the one reader, against everything a sandbox can put where a transcript should be.
import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readHostile } from "../src/index.ts";
import { scratch, write } from "./repository.ts";

const KEY = "LEDGER-HMAC-KEY-00112233";

function home(): { readonly root: string; readonly secret: string } {
  const secret = join(scratch(), "audit.hmac");
  writeFileSync(secret, KEY);
  const root = join(scratch(), "home");
  write(root, { "p/real.jsonl": "{}\n" });
  return { root, secret };
}

describe("reading what a sandbox wrote", () => {
  test("gives the bytes of a plain file, and says when there is none", () => {
    const { root } = home();
    expect(readHostile("p/real.jsonl", { root, maxBytes: 100 })).toEqual({ kind: "read", bytes: Buffer.from("{}\n") });
    expect(readHostile("p/none", { root, maxBytes: 100 })).toEqual({ kind: "absent" });
    expect(readHostile("q/none", { root, maxBytes: 100 })).toEqual({ kind: "absent" });
  });

  test.each([
    ["a link to the ledger key", "link", (root: string, secret: string) => write(root, { x: { link: secret } })],
    ["a dangling link", "link", (root: string) => write(root, { x: { link: "nowhere" } })],
    ["a link to a real file inside", "link", (root: string) => write(root, { x: { link: "p/real.jsonl" } })],
    ["a link into /proc", "link", (root: string) => write(root, { x: { link: "/proc/self/environ" } })],
    [
      "a second name of a file elsewhere",
      "second_name",
      (root: string, secret: string) => linkSync(secret, join(root, "x")),
    ],
    ["a FIFO", "not_a_file", (root: string) => void execFileSync("mkfifo", [join(root, "x")])],
    ["a folder", "not_a_file", (root: string) => mkdirSync(join(root, "x"))],
    ["more than the cap", "too_large", (root: string) => write(root, { x: "y".repeat(101) })],
  ])("refuses %s", (_what, why, plant) => {
    const { root, secret } = home();
    plant(root, secret);
    const answer = readHostile("x", { root, maxBytes: 100 });
    expect(answer).toEqual({ kind: "refused", code: "HOSTILE_FILE", why });
    expect(JSON.stringify(answer)).not.toContain(KEY);
  });

  test("refuses a link in any parent, and paths that are not plain", () => {
    const { root, secret } = home();
    write(root, { l: { link: join(secret, "..") }, inner: { link: "p" } });
    for (const path of ["l/audit.hmac", "inner/real.jsonl"])
      expect(readHostile(path, { root, maxBytes: 100 })).toEqual({
        kind: "refused",
        code: "HOSTILE_FILE",
        why: "link",
      });
    for (const path of ["../x", "/etc/passwd", "p/../p/real.jsonl", "", "p//x", "x\0y", "."])
      expect(readHostile(path, { root, maxBytes: 100 })).toEqual({
        kind: "refused",
        code: "HOSTILE_FILE",
        why: "path",
      });
    expect(readHostile("p/real.jsonl/x", { root, maxBytes: 100 })).toEqual({
      kind: "refused",
      code: "HOSTILE_FILE",
      why: "not_a_file",
    });
  });
});
