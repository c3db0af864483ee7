// Canonical JSON: each text is read and rewritten under both profiles (spec/acta §1.5).

import {
  canonicalize,
  isCesError,
  type JsonObject,
  nobleCrypto,
  parseJson,
  sha256Hex,
  type JsonProfile,
} from "@ces/kernel";
import { nodeCrypto } from "@ces/crypto-node";
import { differs, judge, type VectorCase, vectorFault, type VectorSuite } from "../suite.ts";
import { caseFolder, closedObject, optionalText, readVectorFiles, textOf, type VectorFile } from "../vector-files.ts";

/** Vectors laid out like `acta/jcs`; `--dir` may also name the folder above. */
export const suite: VectorSuite = {
  name: "jcs",
  summary: "RFC 8785 canonical text and SHA-256, plain and under the receipt rules",
  defaultDir: "acta/jcs",
  cases: (dir) => readVectorFiles(caseFolder(dir, "jcs")).map(({ name, content }) => jcsCase(name, content)),
};

/** The case of one file. One that cannot be read as a case has failed; the others are judged all the same. */
export function jcsCase(name: string, content: JsonObject): VectorCase {
  const id = content["id"];
  return {
    id: typeof id === "string" ? id : name.slice(0, -".json".length),
    run: () => runCase(readCase({ name, content })),
  };
}

/** Members that a file and its expectation may have. */
export const jcsMembers = {
  file: [
    "id",
    "category",
    "origin",
    "asserts",
    "note",
    "peer",
    "reference",
    "raw_json_text",
    "raw_json_hex",
    "raw_json_base64",
    "expect",
  ],
  expect: ["generic_jcs", "receipt_profile", "receipt_profile_cause", "cause", "canonical", "sha256", "note"],
} as const;

type Outcome =
  | { readonly verdict: "accept"; readonly canonical: string }
  | { readonly verdict: "reject"; readonly cause: string };

// The text itself, or bytes that no text can hold.
const TEXTS = ["raw_json_text", "raw_json_hex", "raw_json_base64"];

function givenText(name: string, file: JsonObject): string | Uint8Array {
  const [given, ...more] = TEXTS.filter((one) => file[one] !== undefined);
  if (given === undefined || more.length > 0) throw vectorFault(`${name} holds no text, or more than one`);
  const text = textOf(name, file[given]);
  if (given === "raw_json_text") return text;
  return new Uint8Array(Buffer.from(text, given === "raw_json_hex" ? "hex" : "base64"));
}

type JcsCase = {
  readonly text: string | Uint8Array;
  readonly generic: "accept" | "reject";
  /** Undefined when the file does not say. */
  readonly receipt: "accept" | "reject" | undefined;
  readonly cause: string | undefined;
  readonly receiptCause: string | undefined;
  readonly canonical: string | undefined;
  readonly sha256: string | undefined;
};

function readCase({ name, content }: VectorFile): JcsCase {
  const file = closedObject(name, content, ["expect"], jcsMembers.file);
  const where = `${name}: expect`;
  const expected = closedObject(where, file["expect"], ["generic_jcs"], jcsMembers.expect);
  const generic = verdictOf(where, textOf(where, expected["generic_jcs"]));
  const receipt = optionalText(where, expected["receipt_profile"]);
  const one: JcsCase = {
    text: givenText(name, file),
    generic,
    // What plain JCS refuses, the receipt rules on top of it refuse too; that is all a file may leave out.
    receipt: receipt === undefined ? (generic === "reject" ? "reject" : undefined) : verdictOf(where, receipt),
    cause: optionalText(where, expected["cause"]),
    receiptCause: optionalText(where, expected["receipt_profile_cause"]),
    canonical: optionalText(where, expected["canonical"]),
    sha256: optionalText(where, expected["sha256"]),
  };
  if (generic === "accept" && one.canonical === undefined) throw vectorFault(`${where} accepts without \`canonical\``);
  return one;
}

function verdictOf(where: string, text: string | undefined): "accept" | "reject" {
  if (text !== "accept" && text !== "reject")
    throw vectorFault(`${where} has the verdict \`${text}\`, not accept or reject`);
  return text;
}

function runCase(one: JcsCase): ReturnType<typeof judge> {
  const plain = outcomeOf(one.text, "rfc8785");
  const strict = outcomeOf(one.text, "strict");
  return judge([
    differs("generic_jcs", one.generic, plain.verdict),
    one.receipt === undefined ? undefined : differs("receipt_profile", one.receipt, strict.verdict),
    one.generic === "reject" ? causeDiffers("cause", one.cause, plain) : undefined,
    causeDiffers("receipt_profile_cause", one.receiptCause, strict),
    ...[plain, strict].map((outcome) => textDiffers(one, outcome)),
  ]);
}

function textDiffers(one: JcsCase, outcome: Outcome): string | undefined {
  if (outcome.verdict === "reject") return undefined;
  const hashes = [nobleCrypto, nodeCrypto].map((crypto) => sha256Hex(crypto, outcome.canonical));
  return (
    differs("canonical", one.canonical, outcome.canonical) ??
    hashes
      .map((hash) => (one.sha256 === undefined ? undefined : differs("sha256", one.sha256, hash)))
      .find((reason) => reason !== undefined)
  );
}

function causeDiffers(what: string, expected: string | undefined, outcome: Outcome): string | undefined {
  if (expected === undefined || outcome.verdict === "accept") return undefined;
  return differs(what, expected, outcome.cause);
}

function outcomeOf(text: string | Uint8Array, profile: JsonProfile): Outcome {
  const read = parseJson(text, { profile });
  if (read.kind === "refused") return { verdict: "reject", cause: CAUSES.get(read.cause) ?? read.cause };
  try {
    return { verdict: "accept", canonical: canonicalize(read.value, profile) };
  } catch (error) {
    if (!isCesError(error)) throw error;
    return { verdict: "reject", cause: error.code };
  }
}

// The receipt format has fewer words for what is wrong with a text (spec/acta, list of causes).
const CAUSES: ReadonlyMap<string, string> = new Map([
  ["syntax", "malformed_json"],
  ["trailing_garbage", "malformed_json"],
  ["too_large", "input_too_large"],
]);
