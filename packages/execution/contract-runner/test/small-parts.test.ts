// The parts that have laws of their own.
import * as fc from "fast-check";
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { boxUser } from "@ces/sandbox";
import { captureStreams, defaultRunnerConfig, receiptChain, reserveReceipt } from "../src/index.ts";
import { RunnerConfig } from "../src/runner-config.schema.ts";
import { pipelineExit } from "../src/command-outcome.ts";
import { grantScope } from "../src/grant-scope.ts";
import { lendOwnership, returnOldLoans } from "../src/lend-ownership.ts";
import { realPrefixes } from "../src/real-prefixes.ts";
import { redactSecrets } from "../src/redact-secrets.ts";
import { policy, put, scratchRoot } from "./scratch-run.ts";

describe("the exit of a pipeline", () => {
  test("is zero exactly when every segment was, a writer without a reader aside", () => {
    const code = fc.constantFrom(0, 1, 2, 141, 137);
    fc.assert(
      fc.property(fc.array(code, { minLength: 1, maxLength: 10 }), (codes) => {
        const exit = pipelineExit(codes, 141);
        const failures = codes.filter((one, at) => one !== 0 && (one !== 141 || at === codes.length - 1));
        expect(exit).toBe(failures[0] ?? 0);
      }),
    );
  });
});

describe("redaction", () => {
  test("no spelling of a value is left, wherever it stands and wherever the cap cut", () => {
    const value = fc
      .uint8Array({ minLength: 6, maxLength: 24 })
      .filter((bytes) => bytes.every((byte) => byte !== 10 && byte !== 13));
    fc.assert(
      fc.property(
        value,
        fc.uint8Array({ maxLength: 40 }),
        fc.uint8Array({ maxLength: 40 }),
        (secret, before, after) => {
          const plain = Buffer.from(secret);
          for (const spelled of [plain, Buffer.from(plain.toString("base64")), Buffer.from(plain.toString("hex"))]) {
            const text = redactSecrets(Buffer.concat([before, spelled, after]), [{ name: "S", value: plain }], false);
            expect(text.includes(spelled)).toBe(false);
          }
          const cut = redactSecrets(
            Buffer.concat([before, plain.subarray(0, plain.length - 1)]),
            [{ name: "S", value: plain }],
            true,
          );
          expect(cut.subarray(-4).equals(plain.subarray(plain.length - 5, plain.length - 1))).toBe(false);
        },
      ),
    );
  });

  test("text without a value stays as it is", () => {
    const bytes = Buffer.from("nothing to hide\n");
    expect(redactSecrets(bytes, [{ name: "S", value: Buffer.from("abcdef") }], true)).toEqual(bytes);
  });
});

describe("capturing", () => {
  test("keeps a prefix, counts everything, and says when something was left out", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { maxLength: 20 }),
        fc.nat(200),
        async (chunks, most) => {
          const capture = captureStreams([Readable.from(chunks.map((chunk) => Buffer.from(chunk)))], most);
          await capture.done;
          const whole = Buffer.concat(chunks);
          expect(capture.captured()).toEqual({
            kept: whole.subarray(0, most),
            bytes: whole.length,
            truncated: whole.length > most,
          });
        },
      ),
    );
  });
});

describe("a receipt's place", () => {
  test("F-29: is taken before, filled at once and whole, and given up without a trace", () => {
    const root = scratchRoot();
    const path = join(root, "new/folder/receipt.json");
    const place = reserveReceipt(path);
    expect(existsSync(path)).toBe(false);
    place.write("text\n");
    expect(readFileSync(path, "utf8")).toBe("text\n");
    reserveReceipt(path).release();
    expect(readdirSync(join(root, "new/folder"))).toEqual(["receipt.json"]);
  });

  test("F-29: a folder, a file in the way, or somebody else's file under our name is refused", () => {
    const root = scratchRoot();
    put(root, { file: "x", "there/": "" });
    const places = [join(root, "there"), join(root, "file/receipt.json"), join(root, "file/a/receipt.json")];
    // Node's own recursive `mkdir` hangs on the last two.
    for (const path of [...places, "/proc/receipt.json", "/proc/none/receipt.json", "/proc/none/a/receipt.json"])
      expect(() => reserveReceipt(path)).toThrow(expect.objectContaining({ code: "RECEIPT_UNWRITABLE" }));
    const place = reserveReceipt(join(root, "r.json"));
    const [temporary = ""] = readdirSync(root).filter((name) => name.startsWith(".r.json"));
    renameSync(join(root, temporary), join(root, "moved"));
    writeFileSync(join(root, temporary), "forged");
    expect(() => place.write("true")).toThrow(expect.objectContaining({ code: "RECEIPT_UNWRITABLE" }));
    place.release();
    expect(existsSync(join(root, "r.json"))).toBe(false);
  });
});

describe("the chain of receipts", () => {
  test("F-19: each names the one before it", () => {
    const folder = join(scratchRoot(), "chain");
    mkdirSync(folder);
    const named: (string | undefined)[] = [];
    for (const hash of ["a", "b", "c"].map((letter) => letter.repeat(64)))
      receiptChain(folder)((previous) => {
        named.push(previous);
        return { receipt: {} as never, hash };
      });
    expect(named).toEqual([undefined, "a".repeat(64), "b".repeat(64)]);
  });
});

describe("the configuration", () => {
  test("of somebody who has none is what the schema says", () => {
    expect(defaultRunnerConfig).toEqual(RunnerConfig.parse({ schema: "ces.contracts/v1" }));
    const bad = [
      { secrets: { "../x": { file: "/k" } } },
      { secrets: { A: { file: "relative" } } },
      { path: ["/a/../b"] },
      { more: 1 },
    ];
    for (const one of bad) expect(RunnerConfig.safeParse({ schema: "ces.contracts/v1", ...one }).success).toBe(false);
  });
});

describe("granting", () => {
  test("no declared path, however it is spelled and linked, is granted outside the real prefixes", () => {
    const root = scratchRoot();
    put(root, { "w/a/b/c.txt": "c", "w/a/d.log": "d", "outside/x.log": "x" });
    symlinkSync(join(root, "outside"), join(root, "w/a/out"));
    symlinkSync("../../outside/x.log", join(root, "w/a/x.log"));
    symlinkSync("..", join(root, "w/a/up"));
    symlinkSync("b", join(root, "w/a/in"));
    const { read } = realPrefixes(policy(root));
    const part = fc.constantFrom(
      "w",
      "a",
      "b",
      "out",
      "up",
      "in",
      "c.txt",
      "x.log",
      "d.log",
      "*",
      "**",
      "?",
      "*.log",
      "",
      "outside",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 7 }), fc.constantFrom("read", "write"), (parts, access) => {
        const answer = grantScope(`${root}/${parts.join("/")}`, { access, prefixes: read });
        if (answer.kind !== "granted") return;
        for (const { source } of answer.grants) expect(`${source}/`.startsWith(`${root}/w/`)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe.skipIf(process.geteuid?.() !== 0)("lending, as root", () => {
  const grantOf = (path: string, access: "read" | "write") => {
    const { dev, ino } = statSync(path, { bigint: true });
    return { inside: path, source: path, kind: "dir", access, dev, ino } as const;
  };

  test("everything has its old owner afterwards, also when the run died, and new files belong to the place's owner", () => {
    const root = scratchRoot();
    put(root, { "w/a.txt": "a", "w/sub/b.txt": "b", "ro/private.txt": "p", "ro/open.txt": "o", "loans/": "" });
    chmodSync(join(root, "ro/private.txt"), 0o600);
    const user = boxUser("lend-test");
    const ground = { folder: join(root, "loans"), keepOut: [] };
    const owner = (path: string): number => lstatSync(join(root, path)).uid;
    const owners = () => ["w", "w/a.txt", "w/sub/b.txt", "ro/private.txt", "ro/open.txt"].map(owner);
    const grants = [grantOf(join(root, "w"), "write"), grantOf(join(root, "ro"), "read")];
    const loan = lendOwnership(grants, user, ground);
    expect(owners()).toEqual([user.uid, user.uid, user.uid, user.uid, 0]);
    loan.giveBack();
    expect(owners()).toEqual([0, 0, 0, 0, 0]);
    lendOwnership(grants, user, ground);
    put(root, { "w/made.txt": "m" });
    returnOldLoans(ground.folder, () => true);
    expect(owner("w")).toBe(user.uid);
    returnOldLoans(ground.folder, () => false);
    expect([...owners(), owner("w/made.txt")]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(readdirSync(ground.folder)).toEqual([]);
  });

  test("a file with a second name, and one with set-id bits, is not lent for writing", () => {
    const root = scratchRoot();
    put(root, { "w/two.txt": "2", "w/suid": "s", "loans/": "" });
    symlinkSync("/etc/passwd", join(root, "w/link"));
    linkSync(join(root, "w/two.txt"), join(root, "other-name.txt"));
    chmodSync(join(root, "w/suid"), 0o4755);
    const user = boxUser("lend-test");
    const loan = lendOwnership([grantOf(join(root, "w"), "write")], user, { folder: join(root, "loans"), keepOut: [] });
    expect(["w/two.txt", "w/suid", "w/link"].map((name) => lstatSync(join(root, name)).uid)).toEqual([0, 0, 0]);
    expect(statSync(join(root, "w/suid")).mode & 0o7777).toBe(0o4755);
    expect(statSync("/etc/passwd").uid).toBe(0);
    loan.giveBack();
  });
});
