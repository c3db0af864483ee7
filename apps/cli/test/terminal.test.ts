// S21 at a real terminal: a pty made by script(1), with somebody (or something) typing at it.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ces, rows, scene, type Scene } from "./run-ces.ts";

const main = join(import.meta.dirname, "../src/main.ts");

/** Runs `ces` on a pty; `type` says what to type when the screen so far holds something. */
function atTerminal(
  place: Scene,
  words: readonly string[],
  type: (screen: string) => string | null,
  env: Record<string, string> = {},
): Promise<{ code: number; screen: string }> {
  const line = [process.execPath, main, ...words].map((word) => `'${word}'`).join(" ");
  const child = spawn("/usr/bin/script", ["-qec", line, "/dev/null"], {
    cwd: place.project,
    env: { ...place.env, TERM: "xterm", ...env },
  });
  let screen = "";
  const typed = new Set<string>();
  child.stdout.on("data", (bytes) => {
    screen += bytes;
    const answer = type(screen);
    if (answer !== null && !typed.has(answer)) {
      typed.add(answer);
      child.stdin.write(answer);
    }
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code: code ?? -1, screen })));
}

const codeIn = (screen: string): string | undefined => /type ([0-9a-f]{6}) to confirm/.exec(screen)?.[1];

test("a code typed at the terminal is a person; a wrong one is not", async () => {
  const place = scene();
  await ces(place, ["emergency", "declare", "incident"]);
  const wrong = await atTerminal(place, ["emergency", "resolve"], (screen) => (codeIn(screen) ? "000000x\r" : null));
  expect(wrong).toMatchObject({ code: 3 });
  const right = await atTerminal(place, ["emergency", "resolve"], (screen) =>
    codeIn(screen) ? `${codeIn(screen)}\r` : null,
  );
  expect(right).toMatchObject({ code: 0 });
  const recorded = await ces(place, ["audit", "-e", "recovery", "--json"]);
  expect(rows(recorded, "entries").map(({ proof }) => proof)).toEqual(["tty"]);
});

test("an agent's shell is not asked, on a terminal of its own making either", async () => {
  const place = scene();
  await ces(place, ["emergency", "declare", "incident"]);
  for (const marker of ["CLAUDECODE", "CODEX_SANDBOX"]) {
    const { code, screen } = await atTerminal(
      place,
      ["emergency", "resolve", "--yes"],
      (shown) => (codeIn(shown) ? `${codeIn(shown)}\r` : null),
      { [marker]: "1" },
    );
    expect({ code, screen }).toMatchObject({ code: 3 });
    expect(codeIn(screen)).toBeUndefined();
  }
});

test("Ctrl-C ends a watch with 130; colours are there, NO_COLOR takes them away", async () => {
  const place = scene();
  const stopped = await atTerminal(place, ["status", "--watch"], (screen) =>
    screen.includes("next:") ? "\u0003" : null,
  );
  expect(stopped).toMatchObject({ code: 130 });
  expect(stopped.screen).toContain("\u001B[1mshop");
  const grey = await atTerminal(place, ["status"], () => null, { NO_COLOR: "1" });
  expect(grey.screen).not.toContain("\u001B[");
  expect(grey.screen).toContain("shop");
});
