// The command lines of `csc`, spelled as the reference spells them. Source: spec/csc.md §5.
import { parseArgs, type ParseArgsConfig } from "node:util";
import { CesError } from "@ces/kernel";

/** A command line that was understood. */
export type CscLine =
  | { readonly kind: "help" }
  | { readonly kind: "check"; readonly contract: string; readonly policy: string }
  | { readonly kind: "run"; readonly run: CscRun }
  | { readonly kind: "verify"; readonly receipt: string; readonly public_key: string; readonly key_id: string };

/** Everything that `csc run` was told. */
export type CscRun = {
  readonly contract: string;
  readonly policy: string;
  readonly receipt_out: string;
  readonly mode: string;
  readonly approval: string | undefined;
  readonly sign: boolean;
  readonly signing_key: string | undefined;
  readonly key_id: string | undefined;
  readonly sandbox_debug: boolean;
};

/** The usage text. */
export const cscUsage = `Usage: csc COMMAND

  csc check CONTRACT POLICY
  csc run CONTRACT POLICY [--receipt-out PATH] [--mode local|hardened] [--approval PATH]
          [--sign --signing-key PATH --key-id ID] [--sandbox-debug]
  csc verify-receipt RECEIPT --public-key PATH --key-id ID

Exit: 0 yes, 1 no or an error, 2 needs approval, or the command line is wrong. "ces contract" tells these apart.
`;

/** Reads the words after `csc`. Throws CesError `USAGE_OPTION` or `USAGE_ARGUMENT`. */
export function readCscLine(words: readonly string[]): CscLine {
  const [command, ...rest] = words;
  if (command === undefined || words.includes("--help")) return { kind: "help" };
  switch (command) {
    case "check": {
      const [contract, policy] = operands(parsed(rest, {}).positionals, ["CONTRACT", "POLICY"]);
      return { kind: "check", contract, policy };
    }
    case "run":
      return { kind: "run", run: runLine(rest) };
    case "verify-receipt": {
      const { positionals, values } = parsed(rest, { "public-key": { type: "string" }, "key-id": { type: "string" } });
      const [receipt] = operands(positionals, ["RECEIPT"]);
      return { kind: "verify", receipt, public_key: needed(values, "public-key"), key_id: needed(values, "key-id") };
    }
    default:
      throw new CesError("USAGE_ARGUMENT", `there is no command \`${command}\``, { remedy: "csc --help" });
  }
}

function runLine(words: readonly string[]): CscRun {
  const { positionals, values } = parsed(words, {
    "receipt-out": { type: "string" },
    mode: { type: "string" },
    approval: { type: "string" },
    sign: { type: "boolean" },
    "signing-key": { type: "string" },
    "key-id": { type: "string" },
    "sandbox-debug": { type: "boolean" },
  });
  const [contract, policy] = operands(positionals, ["CONTRACT", "POLICY"]);
  return {
    contract,
    policy,
    receipt_out: textOf(values, "receipt-out") ?? "./out/receipt.json",
    mode: textOf(values, "mode") ?? "local",
    approval: textOf(values, "approval"),
    sign: values["sign"] === true,
    signing_key: textOf(values, "signing-key"),
    key_id: textOf(values, "key-id"),
    sandbox_debug: values["sandbox-debug"] === true,
  };
}

type Values = Readonly<Record<string, unknown>>;

function parsed(
  words: readonly string[],
  options: NonNullable<ParseArgsConfig["options"]>,
): { readonly positionals: readonly string[]; readonly values: Values } {
  try {
    return parseArgs({ args: [...words], allowPositionals: true, options });
  } catch (error) {
    throw new CesError("USAGE_OPTION", error instanceof Error ? error.message : "the options are wrong", {
      remedy: "csc --help",
      cause: error,
    });
  }
}

function operands<const Names extends readonly string[]>(
  words: readonly string[],
  names: Names,
): { readonly [At in keyof Names]: string } {
  if (words.length !== names.length) {
    throw new CesError("USAGE_ARGUMENT", `${names.join(" ")} ${names.length === 1 ? "is" : "are"} expected`, {
      remedy: "csc --help",
    });
  }
  // As many words as names, by the line above.
  return words as unknown as { readonly [At in keyof Names]: string };
}

function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

function needed(values: Values, name: string): string {
  const value = textOf(values, name);
  if (value !== undefined) return value;
  throw new CesError("USAGE_OPTION", `\`--${name}\` is missing`, { remedy: "csc --help" });
}
