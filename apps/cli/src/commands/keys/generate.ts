// `ces keys generate NAME`: a key that signs receipts, in the user's own folder. Its private half is shown to nobody.
import { madeKey } from "@ces/keys";
import { defineCommand, done } from "../../define-command.ts";
import { keyHomeOf } from "../../receipts/key-home-of.ts";
import { passphraseFileOption } from "../../receipts/key-options.ts";
import { newPassphrase } from "../../receipts/passphrase.ts";
import { shownKeyLines } from "../../receipts/shown-key-lines.ts";
import { keysOf } from "../../receipts/shown-keys.ts";
import { plainData } from "../../story/plain-data.ts";

export const command = defineCommand({
  summary: "make a key that signs receipts",
  group: "Operations",
  args: [{ name: "name", summary: "letters, digits, dash and underscore", required: true }],
  options: [
    { name: "passphrase", kind: "flag", summary: "put it under a passphrase that is asked at the terminal" },
    passphraseFileOption,
  ],
  examples: [
    { line: "ces keys generate operator", note: "then: ces receipts check-policy … --key operator" },
    { line: "ces keys generate operator --passphrase", note: "asked now, and whenever it signs" },
  ],
  exits: [0, 2, 3, 5],
  run: async (ctx) => {
    const [home, name] = [keyHomeOf(ctx), ctx.args["name"] ?? ""];
    const locked = ctx.flag("passphrase") || ctx.text("passphrase-file") !== undefined;
    home.checkFree(name);
    const passphrase = locked ? await newPassphrase(ctx, `the key \`${name}\``) : undefined;
    const now = new Date().toISOString();
    const record = home.add(name, madeKey(passphrase), { now, valid_from: now });
    return done(plainData({ receipt_keys: keysOf(record) }), `ces keys export ${name}`);
  },
  view: ({ data }) => shownKeyLines(data.receipt_keys),
});
