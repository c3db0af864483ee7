// What lies in the folder of a chain, and where it is no chain: files that are missing, that overlap, that cannot be read.
import type { JsonObject } from "@ces/kernel";
import type { ChainFiles } from "./chain-files.ts";
import { indexOf, nameOf, receiptsIn } from "./layout.ts";

/** Something wrong with the files. `at`: how many receipts were read before it. */
export type ChainFault = {
  readonly code: "file_missing" | "file_overlaps" | "file_unreadable";
  readonly name: string;
  readonly at: number;
  readonly text: string;
};

/** The receipts of the files in their order, each with the file it stands in. */
export type StoredChain = {
  readonly entries: readonly { readonly name: string; readonly receipt: JsonObject }[];
  readonly faults: readonly ChainFault[];
};

/** Reads the files from place `from` on. Judges no receipt and no link. Throws what the folder throws. */
export function readStoredChain(files: Pick<ChainFiles, "names" | "read">, from = 0): StoredChain {
  const numbered = files
    .names()
    .flatMap((name) => {
      const index = indexOf(name);
      return index === undefined || index < from ? [] : [{ name, index }];
    })
    .toSorted((a, b) => a.index - b.index || a.name.length - b.name.length);
  const entries: StoredChain["entries"][number][] = [];
  const faults: ChainFault[] = [];
  let next = from;
  for (const { name, index } of numbered) {
    const fault = (code: ChainFault["code"], text: string): void =>
      void faults.push({ code, name, at: entries.length, text });
    if (index > next) fault("file_missing", `${missing(next, index)} before \`${name}\``);
    if (index < next) fault("file_overlaps", `\`${name}\` holds a place that is taken already: a fork`);
    const receipts = readFile(files, name);
    if (receipts === undefined) fault("file_unreadable", `\`${name}\` is no receipt and no list of receipts`);
    for (const receipt of receipts ?? []) entries.push({ name, receipt });
    next = Math.max(next, index + (receipts?.length ?? 1));
  }
  return { entries, faults };
}

function readFile(files: Pick<ChainFiles, "read">, name: string): readonly JsonObject[] | undefined {
  const bytes = files.read(name);
  return bytes === undefined ? undefined : receiptsIn(bytes);
}

function missing(from: number, to: number): string {
  const [first, last] = [nameOf(from), nameOf(to - 1)];
  return first === last ? `\`${first}\` is missing` : `\`${first}\` to \`${last}\` are missing`;
}
