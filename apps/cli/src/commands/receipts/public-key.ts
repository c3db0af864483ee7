// `ces receipts public-key FILE`: what to hand to whoever verifies. Never the private half.
import { resolve } from "node:path";
import { type CommandContext, defineCommand } from "../../define-command.ts";
import { projectReceipts } from "../../receipts/project-receipts.ts";
import { formsOf, publicKeyOf, type PublicKeyForms } from "../../receipts/public-key-of.ts";
import { plainData } from "../../story/plain-data.ts";
import { dim, line, plain, strong } from "../../view/line.ts";

const formats = ["jwks", "pem", "hex", "kid"] as const;

export const command = defineCommand({
  summary: "the public half of a receipt key, in the form a verifier wants",
  group: "Execution",
  args: [
    {
      name: "file",
      summary: "a private key (PEM, 0600), or a public one in any form; the keys of this project without it",
      required: false,
    },
  ],
  options: [{ name: "format", kind: "choice", choices: formats, summary: "print this form alone" }],
  examples: [
    { line: "ces receipts public-key --format jwks", note: "the keys of this project, to publish as acta-keys.json" },
    { line: "ces receipts public-key operator.pem", note: "its names and its bytes" },
    { line: "ces receipts public-key operator.pem --format jwks", note: "to publish as acta-keys.json" },
  ],
  exits: [0, 2, 3, 4, 5],
  run: async (ctx) => {
    const file = ctx.args["file"];
    const keys = file === undefined ? await projectKeys(ctx) : publicKeyOf(resolve(ctx.cwd, file));
    const format = formats.find((one) => one === ctx.text("format"));
    const outcome = { exit: 0 as const, data: plainData({ keys }), blockers: [], next: null };
    return format === undefined ? outcome : { ...outcome, document: printed(keys, format) };
  },
  view: ({ data }) =>
    data.keys.flatMap((key) => [
      line(strong`${key.kid}`),
      line(dim`thumbprint  `, plain`${key.thumbprint}`),
      line(dim`hex         `, plain`${key.hex}`),
      line(dim`x           `, plain`${key.jwk["x"] ?? ""}`),
    ]),
});

// With the windows in which each of them signed.
async function projectKeys(ctx: CommandContext): Promise<readonly PublicKeyForms[]> {
  const { keys } = await projectReceipts(ctx);
  return keys.map((jwk) => ({ ...formsOf(new Uint8Array(Buffer.from(jwk["x"] ?? "", "base64url"))), jwk }));
}

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
