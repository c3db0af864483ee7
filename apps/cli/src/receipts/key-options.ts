// Options that every command with a receipt key has.
import type { OptionSpec } from "../define-command.ts";

/** Which key signs. */
export const keyOption: OptionSpec = {
  name: "key",
  kind: "text",
  value: "NAME|FILE",
  summary: "the key that signs: a name of `ces keys generate`, or an Ed25519 key file (PKCS#8 PEM, 0600)",
};

/** Where its passphrase is. */
export const passphraseFileOption: OptionSpec = {
  name: "passphrase-file",
  kind: "text",
  value: "FILE",
  summary: "the key's passphrase, in a file (0600) or `/dev/fd/N`; asked at the terminal otherwise",
};

/** A program that holds the private half, and its words. */
export const externalOptions: readonly OptionSpec[] = [
  {
    name: "external",
    kind: "text",
    value: "PROGRAM",
    summary: "a program that holds the private half: bytes on its standard input, the signature on its output",
  },
  { name: "external-arg", kind: "list", value: "WORD", summary: "a word for that program; any number" },
];
