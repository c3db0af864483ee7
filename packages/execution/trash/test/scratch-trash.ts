// A scratch home with a trash of its own, on the disk or on another device, and trees to delete.
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { homeAt, type Home } from "./home-at.ts";

export { asCommand, homeAt, rm, words, type Home } from "./home-at.ts";

/** A scratch folder; gone when the test is. `on`: below which folder. */
export function scratch(on: string = tmpdir()): string {
  const dir = mkdtempSync(join(realpathSync(on), "ces-trash-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Makes one; `by` changes who calls, `key` is the journal's. */
export function scratchHome(given: { on?: string; command?: string; session?: string; key?: Buffer } = {}): Home {
  const home = scratch(given.on);
  mkdirSync(join(home, "work"));
  mkdirSync(join(home, "state/ces/guard"), { recursive: true, mode: 0o700 });
  return homeAt(home, given);
}

/** Everything in a tree: type, mode, time, bytes or target, by path (latin1). Two equal pictures are the same tree. */
export function picture(root: string | Buffer, times: "times" | "no times" = "times"): Record<string, string> {
  const seen: Record<string, string> = {};
  const visit = (path: Buffer, name: string): void => {
    const facts = lstatSync(path, { bigint: true });
    const mode = (facts.mode & 0o7777n).toString(8);
    const time = times === "times" && !facts.isSymbolicLink() ? ` ${facts.mtimeNs / 10_000n}` : "";
    if (facts.isSymbolicLink()) seen[name] = `link ${readlinkSync(path, "latin1")}`;
    else if (facts.isDirectory()) {
      seen[name] = `folder ${mode}${time}`;
      for (const child of readdirSync(path, { encoding: "buffer" }))
        visit(Buffer.concat([path, Buffer.from("/"), child]), `${name}/${child.toString("latin1")}`);
    } else
      seen[name] = facts.isFile()
        ? `file ${mode}${time} ${readFileSync(path, "base64")}`
        : `other ${mode} ${(facts.mode >> 12n).toString(8)}`;
  };
  // A root that is a link stands for where it leads: a picture of a link alone would be the same whatever is lost.
  visit(realpathSync(root, { encoding: "buffer" }), "");
  return seen;
}

/** A tree with what trees have: odd names, modes, links that lead nowhere, hard links, empty folders. */
export function plant(root: string): void {
  mkdirSync(join(root, "deep/er/still"), { recursive: true });
  mkdirSync(join(root, "empty"));
  writeFileSync(join(root, "plain.txt"), "plain\n");
  writeFileSync(join(root, "deep/er/run.sh"), "#!/bin/sh\n", { mode: 0o755 });
  writeFileSync(Buffer.concat([Buffer.from(`${root}/bytes-`), Buffer.from([0xff, 0xfe, 0x0a, 0x25])]), "odd");
  writeFileSync(join(root, "sécret ünd spaces"), "x".repeat(50));
  chmodSync(join(root, "sécret ünd spaces"), 0o600);
  chmodSync(join(root, "deep/er/still"), 0o1750);
  for (const [name, target] of [
    ["dangling", "/no/such/place"],
    ["up", "../.."],
    ["abs", "/etc/passwd"],
  ] as const)
    symlinkSync(target, join(root, name));
  evenTimes(root);
}

/** Gives everything in a tree a time of whole seconds: node sets times as floating-point numbers, and these it keeps exactly. */
export function evenTimes(root: string): void {
  let second = 1_600_000_000;
  const visit = (path: Buffer): void => {
    const facts = lstatSync(path);
    if (facts.isSymbolicLink()) return;
    if (facts.isDirectory())
      for (const child of readdirSync(path, { encoding: "buffer" }))
        visit(Buffer.concat([path, Buffer.from("/"), child]));
    utimesSync(path, second, second);
    second += 1;
  };
  visit(Buffer.from(root));
}
