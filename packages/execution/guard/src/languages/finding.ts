// What reading a program's text can find. The caller decides what each means; nothing here does.

/** One thing that a program text would do. `what` is the construct as it is named in the code: printable, capped. */
export type CodeFinding =
  /** Starts a program. `argv[0]` is known; a later word may hold `HOLE` for a stretch that is computed. */
  | { readonly kind: "spawn"; readonly argv: readonly string[] }
  /** Runs a shell text that is known whole. */
  | { readonly kind: "shell"; readonly text: string }
  /** Starts a program, or a shell text, that is computed. */
  | { readonly kind: "spawn-unknown"; readonly what: string }
  | { readonly kind: "delete"; readonly path: string | null; readonly what: string }
  | { readonly kind: "write"; readonly path: string | null; readonly mode: CodeWriteMode; readonly what: string }
  | { readonly kind: "read"; readonly path: string | null; readonly what: string }
  /** Mode, owner, times, attributes. */
  | { readonly kind: "metadata"; readonly path: string | null; readonly what: string }
  | { readonly kind: "network"; readonly what: string; readonly direction: "fetch" | "send" | "listen" }
  /** Runs a text or an object that is made at run time, or reaches for names in a way that cannot be read. */
  | { readonly kind: "dynamic"; readonly what: string; readonly decoded: boolean }
  /** Runs code of a file or of an installed module. */
  | { readonly kind: "load"; readonly path: string | null; readonly what: string }
  /** Reads the whole environment, or a variable whose name says that it is secret. */
  | { readonly kind: "environment"; readonly what: string }
  /** A call, or a construct, that no list knows. */
  | { readonly kind: "unknown"; readonly what: string };

/** How a program touches a file; see `WriteMode` of the profiles. */
export type CodeWriteMode = "append" | "overwrite" | "create" | "empty";

/** The whole reading of one text. */
export interface CodeReading {
  /** Every call is on the list of what computes, prints or reads. */
  readonly pure: boolean;
  /** At most 64, none twice; what did not fit is summed up by one that is no milder. */
  readonly findings: readonly CodeFinding[];
}

const longest = 120;

/** The construct as it may be shown: control characters replaced, cut at 120 characters. */
export function shown(text: string): string {
  const plain = text.slice(0, longest + 1).replaceAll(/[\p{C}\p{Z}]/gu, (char) => (char === " " ? char : "\u00b7"));
  return plain.length > longest ? `${plain.slice(0, longest - 1)}\u2026` : plain;
}
