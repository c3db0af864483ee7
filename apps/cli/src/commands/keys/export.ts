// `ces keys export NAME`: what to publish for whoever verifies: every public half of a name with its window. A private half is never exported.
import { CesError } from "@ces/kernel";
import type { KeyFacts } from "@ces/keys";
import { defineCommand } from "../../define-command.ts";
import { jwkOf } from "../../receipts/jwk-of.ts";
import { keyHomeOf, publicKeyIn } from "../../receipts/key-home-of.ts";
import { formsOf } from "../../receipts/public-key-of.ts";
import { settleRotation } from "../../receipts/rotate-key.ts";
import { shownKeyLines } from "../../receipts/shown-key-lines.ts";
import { keysOf } from "../../receipts/shown-keys.ts";
import { plainData } from "../../story/plain-data.ts";

const formats = ["jwks", "pem", "hex"] as const;

export const command = defineCommand({
  summary: "the public halves of a receipt key, to publish for whoever verifies",
  group: "Operations",
  args: [{ name: "name", summary: "a key of `ces keys list`", required: true }],
  options: [
    {
      name: "format",
      kind: "choice",
      choices: formats,
      summary: "jwks: every key with its window; pem and hex: the current one",
      fallback: "jwks",
    },
  ],
  examples: [
    { line: "ces keys export operator", note: "to publish as acta-keys.json" },
    { line: "ces keys export operator --format pem", note: "for a verifier that takes one key" },
  ],
  exits: [0, 2, 3, 5],
  run: async (ctx) => {
    const [home, name] = [keyHomeOf(ctx), ctx.args["name"] ?? ""];
    settleRotation(home, name);
    const record = home.find(name);
    if (record === undefined)
      throw new CesError("KEY_MISSING", `you have no key \`${name}\``, { remedy: `ces keys generate ${name}` });
    const format = formats.find((one) => one === ctx.text("format")) ?? "jwks";
    const jwks = { keys: record.keys.map((one) => jwkOf(publicKeyIn(one), one)) };
    return {
      exit: 0,
      data: plainData({ receipt_keys: keysOf(record), jwks }),
      blockers: [],
      next: null,
      document: printed(record.keys, format),
    };
  },
  view: ({ data }) => shownKeyLines(data.receipt_keys),
});

function printed(keys: readonly KeyFacts[], format: (typeof formats)[number]): string {
  const current = formsOf(publicKeyIn(keys.at(-1) as KeyFacts)); // a record has at least one
  switch (format) {
    case "jwks":
      return `${JSON.stringify({ keys: keys.map((one) => jwkOf(publicKeyIn(one), one)) }, null, 2)}\n`;
    case "pem":
      return current.pem;
    case "hex":
      return `${current.hex}\n`;
  }
}
