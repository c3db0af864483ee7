// One receipt, keys and a verdict: most categories are this.
import type { Json } from "@ces/kernel";
import { type ReceiptReport, verifyReceipt, type VerifyOptions } from "@ces/receipts";
import { differs, vectorFault } from "../suite.ts";
import {
  anchorsOf,
  type Category,
  caseFiles,
  codesReasons,
  cryptos,
  outcomeReasons,
  receiptText,
  texts,
} from "./acta-case.ts";
import { chainReasons, chainReports } from "./chains.ts";

/** A category of single receipts. */
export function receiptCategory(name: string): Category {
  return caseFiles(name, (file) => {
    if (file.plain["chain"] !== undefined) {
      const chains = chainReports(file);
      return [agreed(chains), ...chainReasons(file.object("expect"), chains[0])];
    }
    const disclosures = file.at("disclosures");
    if (disclosures !== undefined && !Array.isArray(disclosures)) throw vectorFault("`disclosures` is not a list");
    const reports = onBoth(receiptText(file), {
      anchors: anchorsOf(file),
      // `revoked_at` is no field of the draft: it counts only where a case asks for it.
      revocation: "ignore",
      ...(Array.isArray(disclosures) ? { disclosures: disclosures as readonly Json[] } : {}),
    });
    const expected = file.object("expect");
    const [report] = reports;
    const [shape, status, convention] = [
      expected.text("shape"),
      expected.text("key_status"),
      expected.text("parent_link_convention"),
    ];
    const input = file.text("signing_input_sha256");
    return [
      agreed(reports),
      ...outcomeReasons(expected, report),
      shape === undefined ? undefined : differs("shape", shape, report.shape),
      status === undefined ? undefined : differs("key_status", status, report.key_status),
      input === undefined ? undefined : differs("signing input", `sha256:${input}`, report.payload_hash),
      ...codesReasons(expected, report.warnings),
      ...texts(expected.at("attested")).map((name) =>
        report.attested.includes(name) ? undefined : `${name} is not among the attested`,
      ),
      ...[...texts(expected.at("unattested")), ...texts(expected.at("unattested_members"))].map((name) =>
        report.unattested.includes(name) ? undefined : `${name} is not among the unattested`,
      ),
      convention === undefined || convention === "receipt-without-signature"
        ? undefined
        : `unknown convention ${convention}`,
    ];
  });
}

/** The reports of both cryptographies. */
export function onBoth(
  text: string | Uint8Array,
  options: Omit<VerifyOptions, "crypto">,
): readonly [ReceiptReport, ReceiptReport] {
  const [first, second] = cryptos.map((crypto) => verifyReceipt(text, { ...options, crypto }));
  if (first === undefined || second === undefined) throw new Error("two cryptographies");
  return [first, second];
}

/** A reason when they differ. */
export function agreed([first, second]: readonly [object, object]): string | undefined {
  return differs("node and noble", first, second);
}
