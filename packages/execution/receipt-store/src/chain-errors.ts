// How a chain fails, by name. Whoever gets one of these has stored nothing and may do nothing.
import { CesError } from "@ces/kernel";

/** `CHAIN_BROKEN`: the tail is not one that may be gone on with. */
export function broken(why: string): CesError {
  return new CesError("CHAIN_BROKEN", `the chain cannot be gone on with: ${why}`, {
    remedy:
      "ces receipts chain DIR says what is wrong; begin a chain in an empty folder, or sign with the key of this one",
  });
}

/** `CHAIN_ROTATED`: the chain's last word hands it to another key. */
export function rotatedTo(kid: string): CesError {
  return new CesError(
    "CHAIN_ROTATED",
    `the chain was handed over to the key \`${kid}\`; this one signs no more of it`,
    {
      remedy: "ces keys list",
    },
  );
}

/** `CHAIN_BUSY`: others write and write. */
export function busy(): CesError {
  return new CesError("CHAIN_BUSY", "the chain is being written by others without end", { remedy: "try again" });
}

/** `CHAIN_CLOCK`: the clock is so far behind the tail that one of them is wrong. */
export function clockBehind(seconds: number): CesError {
  return new CesError("CHAIN_CLOCK", `the clock is ${seconds} s behind the chain's last receipt; nothing was signed`, {
    remedy: "set the clock, or begin a chain in an empty folder",
  });
}

const UNWRITABLE: readonly string[] = [
  "ENOSPC",
  "EDQUOT",
  "EROFS",
  "EACCES",
  "EPERM",
  "EIO",
  "EFBIG",
  "EMFILE",
  "ENFILE",
];

/** `CHAIN_UNWRITABLE` for a disk that is full, read-only or failing; anything else as it is. */
export function unwritable(error: unknown): unknown {
  const code = codeOf(error) ?? codeOf(error instanceof Error ? error.cause : undefined);
  if (code === undefined || !UNWRITABLE.includes(code)) return error;
  const why = code === "ENOSPC" || code === "EDQUOT" ? "the disk is full" : code === "EROFS" ? "it is read-only" : code;
  return new CesError("CHAIN_UNWRITABLE", `the chain cannot be written: ${why}; its tail is the old one`, {
    remedy: "make room, or let the folder be written, and run the command again",
    cause: error,
  });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
