// What the Python skill really writes: never valid, and the reason has a name.
import { decodeBase64Url, encodeHex } from "@ces/kernel";
import { anchorsOf, caseFiles, causeReason, outcomeReasons, receiptText, texts } from "./acta-case.ts";
import { agreed, onBoth } from "./receipts.ts";

export const peerOutput = caseFiles("peer-output", (file) => {
  const [text, anchors, expected] = [receiptText(file), anchorsOf(file), file.object("expect")];
  const asIs = onBoth(text, { anchors });
  const hex = (typeof text === "string" ? text : new TextDecoder().decode(text)).replace(
    /"sig"\s*:\s*"([A-Za-z0-9_-]+)"/,
    (_, sig: string) => `"sig":"${encodeHex(decodeBase64Url(sig) ?? new Uint8Array())}"`,
  );
  const reencoded = onBoth(hex, { anchors });
  const findings = [asIs[0], reencoded[0]].map((one) => [...one.causes, ...one.other_findings].map(({ code }) => code));
  return [
    agreed(asIs),
    agreed(reencoded),
    ...outcomeReasons(expected.object("as_is"), asIs[0]),
    ...outcomeReasons(expected.object("after_hex_reencoding"), reencoded[0]),
    ...texts(expected.at("other_findings")).map((cause) => causeReason([cause], findings[0] ?? [])),
    // Said by its name: the signature holds over Python's text.
    causeReason(["legacy_non_jcs_signature"], findings[1] ?? []),
  ];
});
