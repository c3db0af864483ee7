// `ces keys rotate NAME --receipts-dir DIR`: the old key's last word in each chain names the next one, and the chain goes on across keys.
import { resolve } from "node:path";
import { CesError } from "@ces/kernel";
import { madeKey, type NewKey } from "@ces/keys";
import { type CommandContext, defineCommand, done } from "../../define-command.ts";
import { externalKey } from "../../receipts/external-key.ts";
import { keyHomeOf } from "../../receipts/key-home-of.ts";
import { externalOptions, passphraseFileOption } from "../../receipts/key-options.ts";
import { passphraseFor } from "../../receipts/passphrase.ts";
import { rotateKey } from "../../receipts/rotate-key.ts";
import { shownKeyLines } from "../../receipts/shown-key-lines.ts";
import { keysOf } from "../../receipts/shown-keys.ts";
import { plainData } from "../../story/plain-data.ts";
import { good, line } from "../../view/line.ts";

export const command = defineCommand({
  summary: "the next key of a name: a receipt of the old one hands each chain over to it",
  group: "Operations",
  args: [{ name: "name", summary: "a key of `ces keys list`", required: true }],
  options: [
    { name: "receipts-dir", kind: "list", value: "DIR", summary: "a chain that this key signs; once for each of them" },
    {
      name: "reason",
      kind: "choice",
      choices: ["scheduled", "compromised"],
      summary: "compromised: the old key is revoked from now on, too",
      fallback: "scheduled",
    },
    { name: "public-key", kind: "text", value: "FILE", summary: "with --external: the next key's public half" },
    ...externalOptions,
    passphraseFileOption,
  ],
  examples: [
    { line: "ces keys rotate operator --receipts-dir receipts", note: "then publish: ces keys export operator" },
    { line: "ces keys rotate operator", note: "finishes a rotation that was interrupted" },
  ],
  exits: [0, 2, 3, 4, 5],
  run: async (ctx) => {
    const [home, name] = [keyHomeOf(ctx), ctx.args["name"] ?? ""];
    const record = home.find(name);
    if (record === undefined)
      throw new CesError("KEY_MISSING", `you have no key \`${name}\``, { remedy: `ces keys generate ${name}` });
    const chains = [...new Set(ctx.list("receipts-dir").map((folder) => resolve(ctx.cwd, folder)))];
    if (chains.length === 0 && record.rotation === null) throw noChain(name);
    const locked = record.keys.at(-1)?.form === "locked";
    const passphrase = locked ? await passphraseFor(ctx, `the key \`${name}\``) : undefined;
    const { kind, record: rotated } = rotateKey(home, {
      name,
      chains,
      next: nextKey(ctx, passphrase),
      reason: ctx.text("reason") === "compromised" ? "compromised" : "scheduled",
      open: () => home.open(name, passphrase),
      now: () => new Date().toISOString(),
    });
    return done(plainData({ rotation: kind, receipt_keys: keysOf(rotated) }), `ces keys export ${name}`);
  },
  view: ({ data }) => [
    line(data.rotation === "begun" ? good`rotated` : good`finished the rotation that was interrupted`),
    ...shownKeyLines(data.receipt_keys),
  ],
});

// Judged before anything is begun, made only then: under the old key's passphrase, or held by a program.
function nextKey(ctx: CommandContext, passphrase: string | undefined): () => NewKey {
  const file = ctx.text("public-key");
  if ((file === undefined) !== (ctx.text("external") === undefined))
    throw new CesError("USAGE_OPTION", "`--external` and `--public-key` belong together", {
      remedy: "--external PROGRAM --public-key FILE",
    });
  return file === undefined ? () => madeKey(passphrase) : () => externalKey(ctx, file);
}

function noChain(name: string): CesError {
  return new CesError(
    "USAGE_OPTION",
    "`--receipts-dir` is missing: a rotation is a receipt in every chain of the key",
    {
      remedy: `ces keys rotate ${name} --receipts-dir DIR`,
    },
  );
}
