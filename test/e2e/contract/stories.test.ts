// The faults of the reference and the attacks of its list (spec/csc.md §7, §8.4), each against the real bubblewrap: as whoever runs this,
// and, where that is root, once more as an ordinary user. What needs the program itself is in program.test.ts; what needs no machine is
// in packages/execution/contract.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { closeInheritedDescriptors } from "@ces/sandbox";
import { bwrapOrSkip } from "../../support/requirements.ts";
import { tell } from "./scenario.ts";
import { stories, titleOf } from "./stories.ts";

const UID = 12_345;
const asRoot = process.geteuid?.() === 0;

closeInheritedDescriptors();

describe.skipIf(bwrapOrSkip())("as whoever runs this", () => {
  test.each(stories.map((story) => [titleOf(story), story] as const))("%s", async (_title, story) => {
    await tell(story);
  });
});

describe.skipIf(bwrapOrSkip() || !asRoot)("as an ordinary user", () => {
  const told = asRoot ? tellAsUser() : Promise.resolve(new Map<string, string | null>());

  test.each(stories.map((story) => [titleOf(story)] as const))("%s", { timeout: 240_000 }, async (title) => {
    expect((await told).get(title)).toBe(null);
  });
});

// One process for all of them: its start costs as much as several stories.
async function tellAsUser(): Promise<ReadonlyMap<string, string | null>> {
  const driver = join(import.meta.dirname, "stories-driver.ts");
  if (!existsSync(driver)) throw new Error("the driver is missing");
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", driver], {
    uid: UID,
    gid: UID,
    cwd: "/",
    env: { PATH: process.env["PATH"] ?? "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) text += chunk as string; // setEncoding
  const lines = text.split("\n").filter((line) => line !== "");
  return new Map(
    lines.map((line) => {
      const { title, why } = JSON.parse(line) as { title: string; why: string | null };
      return [title, why];
    }),
  );
}
