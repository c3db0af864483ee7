// What `echo -e`, `printf` and `%b` print, against bash: every text that the guard believes to know is the one that bash prints.
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withEscapes } from "../src/evaluate/escapes-of-output.ts";
import { formatText } from "../src/evaluate/format-text.ts";
import { linesAre } from "./profiles/example-lines.ts";

const SEPARATOR = "<next>";
const pieces = String.raw`a # \n \0101 \101 \x41 \x4 \u0041 \c \' \" \? \z %s %d %% %5s %.2s %c %b %q %x %o \t \e 0 1 é \1018 \08 \x23 % \% \8`;
const values = String.raw`abc|12|0|007||-3|a b|é|\n|\0101|\101|'A|x\cy|99|0x1f| 5`;
const format = fc
  .array(fc.constantFrom(" ", "\\", ...pieces.split(" ")), { minLength: 1, maxLength: 6 })
  .map((all) => all.join(""));
const given = fc.array(fc.constantFrom(...values.split("|")), { maxLength: 3 });

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function bashPrints(commands: readonly string[]): readonly string[] {
  const input = commands.map((command) => `${command} 2>/dev/null; command printf '${SEPARATOR}'`).join("\n");
  const ran = spawnSync("bash", ["-s"], { input, env: { LC_ALL: "C.UTF-8" }, maxBuffer: 2 ** 27 });
  return ran.stdout.toString("utf8").split(SEPARATOR).slice(0, commands.length);
}

/** Those the guard claims to know, beside what bash says; a share of them must be known, or the law says nothing. */
function compared(commands: readonly string[], ours: readonly (string | null)[]): void {
  const printed = bashPrints(commands);
  expect(printed).toHaveLength(commands.length);
  const known = ours.flatMap((text, index) => (text === null ? [] : [[commands[index], text]]));
  expect(known.length).toBeGreaterThan(commands.length / 5);
  expect(known).toEqual(ours.flatMap((text, index) => (text === null ? [] : [[commands[index], printed[index]]])));
}

describe("printed text", () => {
  test("printf", () => {
    const cases = fc.sample(fc.tuple(format, given), 2_000);
    compared(
      cases.map(([text, words]) => `printf -- ${[text, ...words].map(quoted).join(" ")}`),
      cases.map(([text, words]) => formatText(text, words)),
    );
  });

  test.each([
    ["echo", "echo -en"],
    ["%b", "printf %b"],
  ] as const)("%s", (dialect, command) => {
    const cases = fc.sample(format, 2_000);
    compared(
      cases.map((text) => `${command} ${quoted(text)}`),
      cases.map((text) => withEscapes(text, dialect)),
    );
  });
});

describe("a text that some shell reads otherwise is not known", () => {
  const long = "a".repeat(5_000);
  linesAre(
    "deny",
    `
    x='echo ${long}X sudo id'; eval "\${x##*X}"
    x='😀#sudo id'; eval "\${x:2}"
    x='😀#sudo id'; eval "\${x#??}"
    x='ſudo id'; eval "\${x^^}"
    eval "$(echo '#\\nsudo id')"
    eval "$(printf 'ls /%1stmp' '')"
    eval "$(printf '\\x23;sudo id')"
    x=$(cat f); y='a#sudo id'; eval "\${y:\${#x}}"
    `,
  );
  linesAre(
    "allow",
    `
    s='héllo'; echo \${s:1:2} \${s^} \${#s}
    echo 'a\\nb' > notes.txt
    echo -e '\\033[31mred\\033[0m'
    printf '%-10s %5d\\n' name 5
    printf '✓ %s\\n' done
    `,
  );
});
