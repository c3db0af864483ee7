// S21 at a real terminal: a pty made by script(1), with somebody (or something) typing at it.
import { expect, test } from "vitest";
import { atTerminal, codeIn } from "./at-terminal.ts";
import { ces, rows, scene } from "./run-ces.ts";

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
