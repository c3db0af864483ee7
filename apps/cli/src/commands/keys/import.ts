// `ces keys import NAME FILE`: a key that is there already: its private half from a PEM, or its public half and the program that signs with it.
import { resolve } from "node:path";
import { CesError } from "@ces/kernel";
import { type NewKey, readPrivateFile, takenKey } from "@ces/keys";
import { type CommandContext, defineCommand, done } from "../../define-command.ts";
import { externalKey } from "../../receipts/external-key.ts";
import { keyHomeOf } from "../../receipts/key-home-of.ts";
import { externalOptions, passphraseFileOption } from "../../receipts/key-options.ts";
import { newPassphrase, passphraseFor } from "../../receipts/passphrase.ts";
import { shownKeyLines } from "../../receipts/shown-key-lines.ts";
import { keysOf } from "../../receipts/shown-keys.ts";
import { plainData } from "../../story/plain-data.ts";

export const command = defineCommand({
  summary: "take over a key that signs receipts, or the program that holds one",
  group: "Operations",
  args: [
    { name: "name", summary: "letters, digits, dash and underscore", required: true },
    {
      name: "file",
      summary: "an Ed25519 private key (PKCS#8 PEM, 0600); with --external a public key in any form",
      required: true,
    },
  ],
  options: [
    ...externalOptions,
    { name: "passphrase", kind: "flag", summary: "put a plain key under a passphrase that is asked at the terminal" },
    passphraseFileOption,
  ],
  examples: [
    {
      line: "ces keys import operator operator.pem",
      note: "the file stays; remove it once the key is where you want it",
    },
    {
      line: "ces keys import kms public.pem --external /opt/kms/sign --external-arg slot-3",
      note: "the private half stays with that program",
    },
  ],
  exits: [0, 2, 3, 5],
  run: async (ctx) => {
    const [home, name, file] = [keyHomeOf(ctx), ctx.args["name"] ?? "", ctx.args["file"] ?? ""];
    home.checkFree(name);
    const key = ctx.text("external") === undefined ? await fromFile(ctx, file) : externalKey(ctx, file);
    const record = home.add(name, key, { now: new Date().toISOString(), valid_from: null });
    return done(plainData({ receipt_keys: keysOf(record) }), `ces keys export ${name}`);
  },
  view: ({ data }) => shownKeyLines(data.receipt_keys),
});

async function fromFile(ctx: CommandContext, name: string): Promise<NewKey> {
  if (ctx.list("external-arg").length > 0)
    throw new CesError("USAGE_OPTION", "`--external-arg` is for a program, and none is named", {
      remedy: "--external PROGRAM",
    });
  const text = Buffer.from(readPrivateFile(resolve(ctx.cwd, name))).toString("latin1");
  const locked = text.includes("BEGIN ENCRYPTED PRIVATE KEY");
  const wanted = ctx.flag("passphrase") || ctx.text("passphrase-file") !== undefined;
  const passphrase = locked
    ? await passphraseFor(ctx, `\`${name}\``)
    : wanted
      ? await newPassphrase(ctx, `\`${name}\``)
      : undefined;
  return takenKey(text, `\`${name}\``, passphrase);
}
