// Receipts with a key list of their own, which counts for nothing; a `chain` is one all the same.
import { verifyBundle } from "@ces/receipts";
import { caseFiles, cryptos, jwksOf, outcomeReasons } from "./acta-case.ts";
import { chainReasons, chainReports } from "./chains.ts";

export const bundles = caseFiles("bundles", (file) => {
  const expected = file.object("expect");
  if (file.plain["chain"] !== undefined) return chainReasons(expected, chainReports(file)[0]);
  const text = JSON.stringify(file.at("bundle"));
  const external = file.at("external");
  return cryptos.flatMap((crypto) => [
    ...outcomeReasons(expected.object("without_external_keys"), verifyBundle(text, { crypto, anchors: {} })),
    ...(external === undefined
      ? []
      : outcomeReasons(
          expected.object("with_external_jwks"),
          verifyBundle(text, { crypto, anchors: jwksOf(external) }),
        )),
  ]);
});
