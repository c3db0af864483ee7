// One line, whoever writes; the old tail or the new one, whatever fails.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { nodeCrypto } from "@ces/crypto-node";
import { verifyReceipts } from "@ces/receipts";
import { chainFolder, clockAt, codeOf, filesOf, first, judged, namesIn, NOON, open, second } from "./chains.ts";
import type { ChainMemory, Standing } from "@ces/receipt-store";
import { decision } from "./decision.ts";

const read = (folder: string, name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const edit = (path: string, change: (text: string) => string): void =>
  writeFileSync(path, change(readFileSync(path, "utf8")));

/** A chain of four receipts: one, two together, one. */
function four(): string {
  const folder = chainFolder();
  const chain = open(folder);
  chain.append([decision("1")]);
  chain.append([decision("2"), decision("3")]);
  chain.append([decision("4")]);
  return folder;
}

describe("a chain", () => {
  test("is one line in numbered files of our own, and a stranger verifies it", () => {
    const folder = four();
    expect(namesIn(folder)).toEqual(["000.json", "001.json", "003.json"]);
    expect(judged(folder)).toMatchObject({
      outcome: "valid",
      count: 4,
      breaks: 0,
      terminal_hash: open(folder).head().terminal_hash,
    });
    expect([statSync(folder).mode & 0o777, statSync(join(folder, "001.json")).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  test("is gone on with by the next process, and by two stores side by side", () => {
    const folder = four();
    const [one, other] = [open(folder), open(folder)];
    one.append([decision("5")]);
    other.append([decision("6")]);
    one.append([decision("7")]);
    expect(judged(folder)).toMatchObject({ outcome: "valid", count: 7, breaks: 0 });
    expect(other.head()).toEqual(one.head());
  });

  test("many receipts of one turn are one file", async () => {
    const folder = chainFolder();
    const chain = open(folder);
    const stored = await Promise.all(Array.from({ length: 100 }, (_, i) => chain.enqueue(decision(String(i)))));
    expect(namesIn(folder)).toEqual(["000.json"]);
    expect(new Set(stored.map(({ hash }) => hash)).size).toBe(100);
    expect(judged(folder)).toMatchObject({ outcome: "valid", count: 100, breaks: 0 });
  });

  test("a group that is too large for one file is several", () => {
    const folder = chainFolder();
    const large = { ...decision("x"), session_id: "s".repeat(120) };
    open(folder).append(Array.from({ length: 400 }, () => large));
    expect(namesIn(folder).length).toBeGreaterThan(1);
    for (const name of namesIn(folder)) expect(statSync(join(folder, name)).size).toBeLessThan(1024 * 1024);
    expect(judged(folder)).toMatchObject({ outcome: "valid", count: 400, breaks: 0 });
  });

  test("a draft that is refused leaves nothing, and of a group only itself", async () => {
    const folder = chainFolder();
    const chain = open(folder);
    const bad = { ...decision("x"), tool_name: "" };
    expect(codeOf(() => chain.append([decision("1"), bad]))).toBe("RECEIPT_REFUSED");
    expect(chain.head().count).toBe(0);
    const ends = await Promise.allSettled([decision("1"), bad, decision("2")].map(chain.enqueue));
    expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(judged(folder)).toMatchObject({ outcome: "valid", count: 2 });
  });
});

describe("a chain that is none is not gone on with", () => {
  test.each<readonly [string, (folder: string) => void, string]>([
    ["the first is missing", (f) => rmSync(join(f, "000.json")), "`000.json` is missing before `001.json`"],
    ["the middle is missing", (f) => rmSync(join(f, "001.json")), "`001.json` to `002.json` are missing"],
    [
      "a group lost one",
      (f) => edit(join(f, "001.json"), (text) => JSON.stringify(JSON.parse(text)[0])),
      "`002.json` is missing",
    ],
    [
      "a second file takes a place that a group holds",
      (f) => copyFileSync(join(f, "003.json"), join(f, "002.json")),
      "a fork",
    ],
    ["a number is spelled twice", (f) => copyFileSync(join(f, "003.json"), join(f, "0003.json")), "a fork"],
    [
      "two follow the same",
      (f) => writeFileSync(join(f, "004.json"), readFileSync(join(f, "003.json")), { mode: 0o600 }),
      "a fork",
    ],
    [
      "one in the middle was changed",
      (f) => edit(join(f, "000.json"), (t) => t.replace('"iteration_id":"1"', '"iteration_id":"9"')),
      "is not the one after receipt 1",
    ],
    [
      "the last was changed",
      (f) => edit(join(f, "003.json"), (t) => t.replace('"iteration_id":"4"', '"iteration_id":"9"')),
      "does not verify under this key (invalid_signature)",
    ],
    [
      "the last is another's",
      (f) => copyFileSync(join(f, "000.json"), join(f, "003.json")),
      "is not the one after receipt 3",
    ],
    ["a file is empty", (f) => writeFileSync(join(f, "003.json"), ""), "is no receipt and no list"],
    ["a file is half", (f) => edit(join(f, "003.json"), (t) => t.slice(0, 200)), "is no receipt and no list"],
    [
      "two in a list were swapped",
      (f) => edit(join(f, "001.json"), (t) => JSON.stringify(JSON.parse(t).toReversed())),
      "is not the one after receipt 1",
    ],
  ])("%s", (_, harm, says) => {
    const folder = four();
    harm(folder);
    const before = namesIn(folder);
    expect(() => open(folder)).toThrow(says);
    expect(codeOf(() => open(folder))).toBe("CHAIN_BROKEN");
    expect(namesIn(folder)).toEqual(before);
  });

  test("a tail that goes while the chain is open", () => {
    const folder = four();
    const chain = open(folder);
    rmSync(join(folder, "003.json"));
    expect(codeOf(() => chain.append([decision("5")]))).toBe("CHAIN_BROKEN");
    expect(namesIn(folder)).toEqual(["000.json", "001.json"]);
  });

  test("another's key", () => {
    expect(codeOf(() => open(four(), { signer: second }))).toBe("CHAIN_BROKEN");
    expect(codeOf(() => open(four(), { signer: second, earlier: [first.public_key] }))).toBe("CHAIN_BROKEN");
  });

  test.each<readonly [string, (folder: string) => void]>([
    ["others may read it", (f) => chmodSync(f, 0o755)],
    ["a file of it can be read by others", (f) => chmodSync(join(f, "003.json"), 0o644)],
    [
      "it is a link",
      (f) => {
        const real = join(dirname(f), "real");
        mkdirSync(real, { mode: 0o700 });
        rmSync(f, { recursive: true });
        symlinkSync(real, f);
      },
    ],
  ])("a folder that is not ours alone: %s", (_, harm) => {
    const folder = four();
    harm(folder);
    expect(codeOf(() => open(folder).append([decision("5")]))).toBe("STATE_UNSAFE");
  });
});

describe("the clock", () => {
  test("a step back within ten seconds is lifted to the tail's time", () => {
    const folder = chainFolder();
    open(folder).append([decision("1")]);
    open(folder, { at: { ms: NOON - 9_000 } }).append([decision("2")]);
    expect(read(folder, "001.json").payload.issued_at).toBe(read(folder, "000.json").payload.issued_at);
    expect(judged(folder).warnings.map(({ code }) => code)).not.toContain("issued_at_not_monotonic");
  });

  test("a longer one signs nothing", () => {
    const folder = chainFolder();
    open(folder).append([decision("1")]);
    const chain = open(folder, { at: { ms: NOON - 11_000 } });
    expect(codeOf(() => chain.append([decision("2")]))).toBe("CHAIN_CLOCK");
    expect(codeOf(() => chain.checkpoint())).toBe("CHAIN_CLOCK");
    expect(namesIn(folder)).toEqual(["000.json"]);
  });
});

describe("handing over", () => {
  test("the old key's last word names the new one, and the chain goes on across keys", () => {
    const folder = four();
    const old = open(folder);
    const { receipt } = old.handOver(second, "scheduled");
    expect(receipt.payload).toMatchObject({
      type: "ces:key_rotation",
      issuer_id: first.kid,
      new_kid: second.kid,
      issued_at: "2026-07-15T12:00:00.000Z",
      effective_at: "2026-07-15T12:00:00.001Z",
    });
    open(folder, { signer: second, earlier: [first.public_key] }).append([decision("6")]);
    // The same millisecond by the clock: the new key's window has begun all the same.
    expect(read(folder, "005.json").payload.issued_at).toBe("2026-07-15T12:00:00.001Z");
    const report = judged(folder, [first, second]);
    expect(report).toMatchObject({ outcome: "valid", count: 6, breaks: 0 });
    expect(report.warnings.map(({ code }) => code)).not.toContain("key_changed_without_rotation");
  });

  test("the old key signs no more of it, here or in any other store", () => {
    const folder = four();
    const [old, other] = [open(folder), open(folder)];
    old.handOver(second, "scheduled");
    for (const chain of [old, other]) expect(codeOf(() => chain.append([decision("6")]))).toBe("CHAIN_ROTATED");
    expect(codeOf(() => open(folder))).toBe("CHAIN_ROTATED");
    expect(judged(folder)).toMatchObject({ count: 5 });
  });

  test("a rotation that another key signed hands nothing over", () => {
    const folder = chainFolder();
    open(folder, { signer: second }).handOver(first, "scheduled");
    expect(codeOf(() => open(folder))).toBe("CHAIN_BROKEN");
    expect(codeOf(() => open(folder, { earlier: [second.public_key] }))).toBeUndefined();
  });
});

describe("a checkpoint", () => {
  test("vouches for all that is stored, and shows that a tail is gone", () => {
    const folder = four();
    const checkpoint = JSON.parse(open(folder).checkpoint());
    const options = { crypto: nodeCrypto, anchors: { key: first.public_key }, checkpoint };
    const texts = () => namesIn(folder).flatMap((name) => [read(folder, name)].flat().map((value) => ({ value })));
    expect(verifyReceipts(texts(), options)).toMatchObject({
      outcome: "valid",
      completeness: "established_to_count",
      established_count: 4,
    });
    rmSync(join(folder, "003.json"));
    expect(verifyReceipts(texts(), options).causes.map(({ code }) => code)).toEqual(["chain_truncated"]);
  });

  test("of nothing is none", () => {
    expect(codeOf(() => open(chainFolder()).checkpoint())).toBe("RECEIPT_REFUSED");
  });
});

describe("a disk that fails leaves the old tail", () => {
  const failing = (folder: string, code: string, when: "before" | "alone") => {
    const files = filesOf(folder);
    const fail = (): never => {
      throw Object.assign(new Error(code), { code });
    };
    return when === "alone" ? { ...files, alone: fail } : { ...files, create: fail };
  };

  test.each([
    ["ENOSPC", "the disk is full"],
    ["EDQUOT", "the disk is full"],
    ["EROFS", "it is read-only"],
    ["EACCES", "EACCES"],
    ["EIO", "EIO"],
  ] as const)("%s", async (code, says) => {
    const folder = four();
    const { head } = open(folder);
    const before = head();
    for (const when of ["before", "alone"] as const) {
      const chain = open(folder, { files: failing(folder, code, when) });
      expect(() => chain.append([decision("5")])).toThrow(says);
      expect(codeOf(() => chain.append([decision("5")]))).toBe("CHAIN_UNWRITABLE");
      await expect(chain.enqueue(decision("5"))).rejects.toThrow(says);
    }
    expect(head()).toEqual(before);
    open(folder).append([decision("5")]);
    expect(judged(folder)).toMatchObject({ outcome: "valid", count: 5 });
  });

  test("somebody who does not see the lock takes the number: the receipt is signed anew after theirs", () => {
    const folder = four();
    const files = filesOf(folder);
    let raced = false;
    const chain = open(folder, {
      files: {
        ...files,
        create: (name, text) => {
          if (!raced) {
            raced = true;
            const other = open(folder, { files: { ...files, alone: (work) => work() } });
            other.append([decision("theirs")]);
          }
          return files.create(name, text);
        },
      },
    });
    expect(chain.append([decision("ours")])[0]?.name).toBe("005.json");
    expect(judged(folder)).toMatchObject({ outcome: "valid", count: 6, breaks: 0 });
  });
});

test("what a killed writer left is no part of the chain and goes with the next writing", () => {
  const folder = four();
  const stray = join(folder, ".004.json.0123456789abcdef");
  writeFileSync(stray, '{"half', { mode: 0o600 });
  open(folder).append([decision("5")]);
  expect(existsSync(stray)).toBe(false);
  expect(readdirSync(join(folder, ".lock")).filter((name) => name.startsWith("."))).toEqual([]);
  expect(judged(folder)).toMatchObject({ outcome: "valid", count: 5 });
  expect(clockAt({ ms: 0 }).now()).toBe("1970-01-01T00:00:00.000Z");
});

describe("a chain whose place was kept", () => {
  /** A memory that keeps everything, and files that count what is read. */
  const remembering = () => {
    let kept: Standing | undefined;
    const memory: ChainMemory = { recall: () => kept, keep: (standing) => void (kept = standing) };
    return { memory, kept: () => kept, keep: (standing: Standing | undefined) => void (kept = standing) };
  };
  const counting = (folder: string) => {
    const [files, reads] = [filesOf(folder), [] as string[]];
    return { reads, files: { ...files, read: (name: string) => (reads.push(name), files.read(name)) } };
  };

  test("is gone on with by reading its last file and what came since", () => {
    const folder = chainFolder();
    const { memory } = remembering();
    const chain = open(folder, { memory });
    for (let i = 0; i < 6; i += 1) chain.append([decision(String(i))]);
    open(folder).append([decision("other")]);
    const { files, reads } = counting(folder);
    const again = open(folder, { files, memory });
    expect(reads).toEqual(["005.json", "006.json"]);
    again.append([decision("next")]);
    expect(judged(folder)).toMatchObject({ outcome: "valid", count: 8, breaks: 0 });
  });

  test.each<readonly [string, (folder: string) => void]>([
    [
      "its last receipt was changed",
      (folder) => edit(join(folder, "003.json"), (text) => text.replace("allow", "deny")),
    ],
    ["its last file is gone", (folder) => rmSync(join(folder, "003.json"))],
    [
      "what came since does not follow",
      (folder) => writeFileSync(join(folder, "004.json"), readFileSync(join(folder, "000.json"))),
    ],
  ])("is judged like any other when %s", (_, attack) => {
    const folder = chainFolder();
    const { memory } = remembering();
    const chain = open(folder, { memory });
    for (let i = 0; i < 4; i += 1) chain.append([decision(String(i))]);
    attack(folder);
    const outcome = (more: object): unknown => {
      try {
        return open(folder, more).head();
      } catch (error) {
        return error instanceof Error && "code" in error ? error.code : error;
      }
    };
    expect(outcome({ memory })).toEqual(outcome({}));
  });

  test("is read from the beginning when what is remembered is another chain's", () => {
    const [folder, other] = [four(), four()];
    const { memory, kept, keep } = remembering();
    open(other, { memory }).append([decision("5")]);
    const standing = kept();
    keep(standing && { ...standing, name: "003.json", head: { ...standing.head, count: 4 } });
    expect(open(folder, { memory }).head()).toEqual(open(folder).head());
  });
});
