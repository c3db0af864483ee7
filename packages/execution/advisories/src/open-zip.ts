// yauzl with promises: entries are asked for one at a time, nothing is read ahead.
import { CesError, printable } from "@ces/kernel";
import { fromFd, type Entry, type ZipFile } from "yauzl";

export type { Entry, ZipFile };

/** An open zip and its entries. */
export interface OpenZip {
  readonly zip: ZipFile;
  /** The next entry, null at the end. Throws ADVISORIES_SOURCE. */
  readonly next: () => Promise<Entry | null>;
}

/** Opens a zip by its descriptor, which stays the caller's. Throws ADVISORIES_SOURCE. */
export function fromFdPromise(fd: number, path: string): Promise<OpenZip> {
  const broken = (error: Error): CesError =>
    new CesError(
      "ADVISORIES_SOURCE",
      `\`${path}\` is no zip that can be read: ${printable(error.message, { max: 200 })}`,
      {
        remedy: "get the export again",
        cause: error,
      },
    );
  return new Promise((resolve, reject) => {
    fromFd(
      fd,
      { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true },
      (error, zip) => {
        if (error) reject(broken(error));
        else resolve({ zip, next: nextEntry(zip, broken) });
      },
    );
  });
}

function nextEntry(zip: ZipFile, broken: (error: Error) => CesError): () => Promise<Entry | null> {
  return () =>
    new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        zip.removeAllListeners("entry").removeAllListeners("end").removeAllListeners("error");
        act();
      };
      zip.once("entry", (entry: Entry) => settle(() => resolve(entry)));
      zip.once("end", () => settle(() => resolve(null)));
      zip.once("error", (error: Error) => settle(() => reject(broken(error))));
      zip.readEntry();
    });
}
