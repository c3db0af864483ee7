// The packs by name: their text for people and tools, their policy for decisions.
import { type CscPolicy, readPolicy } from "@ces/contract";
import { CesError, type Crypto, utf8Encode } from "@ces/kernel";
import { policyTexts } from "./policy-texts.ts";

/** A pack that comes with CES. */
export type PackName = keyof typeof policyTexts;

/** Every pack, sorted. */
// The object's own keys are the names by construction.
export const packNames = Object.keys(policyTexts).toSorted() as readonly PackName[];

/** The policy as its file has it, YAML. */
export const packText = (name: PackName): string => policyTexts[name];

const read = new Map<PackName, CscPolicy>();

/** The policy, frozen, read once. Throws CesError `CSC_PACK_BROKEN` for a pack that does not pass the door: a fault of the installation. */
export function packPolicy(name: PackName, crypto: Pick<Crypto, "sha256">): CscPolicy {
  const known = read.get(name);
  if (known !== undefined) return known;
  const answer = readPolicy(utf8Encode(packText(name)), crypto);
  if (answer.kind === "refused") {
    throw new CesError(
      "CSC_PACK_BROKEN",
      `the pack \`${name}\` is refused: ${answer.problems[0]?.text ?? "no reason"}`,
      {
        remedy: "install CES again",
      },
    );
  }
  read.set(name, answer.value);
  return answer.value;
}
