// `ces receipts public-key FILE`: what to hand to whoever verifies. Never the private half.
import { resolve } from "node:path";
import { defineCommand } from "../../define-command.ts";
import { publicKeyOf, type PublicKeyForms } from "../../receipts/public-key-of.ts";
import { plainData } from "../../story/plain-data.ts";
import { dim, line, plain, strong } from "../../view/line.ts";

const formats = ["jwks", "pem", "hex", "kid"] as const;

export const command = defineCommand({
  summary: "the public half of a receipt key, in the form a verifier wants",
  group: "Execution",
  args: [{ name: "file", summary: "a private key (PEM, 0600), or a public one in any form", required: true }],
  options: [{ name: "format", kind: "choice", choices: formats, summary: "print this form alone" }],
  examples: [
    { line: "ces receipts public-key operator.pem", note: "its names and its bytes" },
    { line: "ces receipts public-key operator.pem --format jwks", note: "to publish as acta-keys.json" },
  ],
  exits: [0, 2, 5],
  run: async (ctx) => {
    const keys = publicKeyOf(resolve(ctx.cwd, ctx.args["file"] ?? ""));
    const format = formats.find((one) => one === ctx.text("format"));
    const outcome = { exit: 0 as const, data: plainData({ keys }), blockers: [], next: null };
    return format === undefined ? outcome : { ...outcome, document: printed(keys, format) };
  },
  view: ({ data }) =>
    data.keys.flatMap((key) => [
      line(strong`${key.kid}`),
      line(dim`thumbprint  `, plain`${key.thumbprint}`),
      line(dim`hex         `, plain`${key.hex}`),
      line(dim`x           `, plain`${key.jwk.x}`),
    ]),
});

function printed(keys: readonly PublicKeyForms[], format: (typeof formats)[number]): string {
  switch (format) {
    case "jwks":
      return `${JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }, null, 2)}\n`;
    case "pem":
      return keys.map(({ pem }) => pem).join("");
    case "hex":
      return keys.map(({ hex }) => `${hex}\n`).join("");
    case "kid":
      return keys.map(({ kid }) => `${kid}\n`).join("");
  }
}
