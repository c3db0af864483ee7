// Receipts in their order, with a checkpoint or a log entry held apart.
import type { Json } from "@ces/kernel";
import { type ChainReport, verifyChain } from "@ces/receipts";
import { differs, vectorFault } from "../suite.ts";
import {
  anchorsOf,
  type Category,
  caseFiles,
  causeReason,
  codesReasons,
  cryptos,
  type Members,
  outcomeReasons,
} from "./acta-case.ts";
import { agreed } from "./receipts.ts";

/** A category of chains. */
export function chainCategory(name: string): Category {
  return caseFiles(name, (file) => {
    const reports = chainReports(file);
    return [agreed(reports), ...chainReasons(file.object("expect"), reports[0])];
  });
}

/** The reports of both cryptographies over `chain`. */
export function chainReports(file: Members): readonly [ChainReport, ChainReport] {
  const [chain, checkpoint, external] = [file.at("chain"), file.at("checkpoint"), file.at("external")];
  if (!Array.isArray(chain)) throw vectorFault("`chain` is not a list");
  const anchors = anchorsOf(file);
  const texts = chain.map((one: Json) => JSON.stringify(one));
  const outside = {
    ...(checkpoint === undefined ? {} : { checkpoint }),
    ...(external === undefined ? {} : { log_entries: Array.isArray(external) ? external : [external] }),
  };
  const [first, second] = cryptos.map((crypto) =>
    verifyChain(texts, { crypto, anchors, revocation: "ignore", ...outside }),
  );
  if (first === undefined || second === undefined) throw new Error("two cryptographies");
  return [first, second];
}

/** Everything that an expectation says about a chain. */
export function chainReasons(expected: Members, report: ChainReport): readonly (string | undefined)[] {
  const numbers = ["breaks", "legacy_links", "count", "terminal_hash", "established_count"] as const;
  const [failing, receipts] = [expected.at("failing_index"), expected.at("receipts")];
  const also = expected.plain["also"] === undefined ? undefined : expected.object("also");
  return [
    ...outcomeReasons(expected, report),
    ...numbers.map((name) => {
      const value = expected.at(name);
      return value === undefined ? undefined : differs(name, value, report[name]);
    }),
    completenessReason(expected.text("completeness"), report),
    ...codesReasons(expected, report.warnings),
    receipts === undefined ? undefined : differs("receipts", receipts, report.count),
    failing === undefined ? undefined : differs("failing_index", failing, firstIndex(report)),
    also === undefined ? undefined : causeReason([also.text("cause")], codesAt(report, also.at("index"))),
  ];
}

// `established_to_count`, with the number, with an n for it.
function completenessReason(wanted: string | undefined, report: ChainReport): string | undefined {
  const { completeness, established_count: count } = report;
  const said = [completeness, ...(count === null ? [] : [`${completeness}_${count}`, `${completeness}_n`])];
  return wanted === undefined || said.includes(wanted) ? undefined : differs("completeness", wanted, said.join(" or "));
}

function firstIndex({ causes }: ChainReport): number | undefined {
  const places = causes.flatMap(({ index }) => (index === undefined ? [] : [index]));
  return places.length === 0 ? undefined : Math.min(...places);
}

function codesAt({ causes }: ChainReport, index: Json | undefined): readonly string[] {
  return causes.filter((one) => one.index === index).map(({ code }) => code);
}
