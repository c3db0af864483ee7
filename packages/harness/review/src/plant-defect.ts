// A reviewer that looks finds a defect that CES put there; one that does not look, or takes orders from the tree, does not (S23).
// The decoy goes among the changed files that the reviewer is shown and into no tree that is ever merged.
import { encodeHex, type Random } from "@ces/kernel";
import { isTestPath } from "@ces/sensors";
import { decoys, type Decoy } from "./decoys.ts";

/** The decoy: where it is shown, what it holds, and the name of the broken function in it. */
export interface PlantedDefect {
  readonly path: string;
  readonly content: string;
  readonly marker: string;
}

/** Chooses a decoy that fits the changed files, under a name that none of them has. `random` keeps the builder from guessing it. */
export function plantDefect(random: Random, files: readonly string[]): PlantedDefect {
  const language = languageOf(files);
  const fitting = decoys.filter((decoy) => decoy.language === language);
  const decoy = pick(random, fitting.length > 0 ? fitting : decoys);
  const marker = `${pick(random, verbs)}${pick(random, nouns)}${capital(encodeHex(random(2)))}`;
  return { path: freePath(random, files, decoy), content: decoy.content(marker), marker };
}

const verbs = ["load", "read", "find", "fetch", "resolve", "collect"] as const;
const nouns = ["Report", "Archive", "Listing", "Export", "Summary", "Ledger"] as const;
const stems = ["lookup", "export", "listing", "archive", "summary", "report"] as const;

// Next to a changed source file, so that its place does not give it away.
function freePath(random: Random, files: readonly string[], decoy: Decoy): string {
  const source = files.filter((file) => file.endsWith(decoy.extension));
  const tested = source.filter((file) => !isTestPath(file));
  const near = tested.length > 0 ? tested : source.length > 0 ? source : files;
  const folder = (near.length > 0 ? pick(random, near) : "").split("/").slice(0, -1);
  const name = `${pick(random, stems)}-${encodeHex(random(3))}`;
  const taken = new Set(files.map((file) => file.toLowerCase()));
  const paths = files.map((_, more) => [...folder, `${name}${"0".repeat(more)}${decoy.extension}`].join("/"));
  // INVARIANT: with n files there are n + 1 candidates, so one is free.
  return (
    paths.find((path) => !taken.has(path.toLowerCase())) ??
    [...folder, `${name}${"0".repeat(files.length)}${decoy.extension}`].join("/")
  );
}

function languageOf(files: readonly string[]): Decoy["language"] {
  const count = (extension: RegExp): number => files.filter((file) => extension.test(file)).length;
  const [python, typed] = [count(/\.pyi?$/), count(/\.[mc]?tsx?$/)];
  if (python > files.length / 2) return "python";
  return typed > files.length / 2 ? "typescript" : "javascript";
}

function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[(random(1)[0] ?? 0) % items.length];
  if (item === undefined) throw new RangeError("nothing to pick from"); // INVARIANT: lists here are never empty
  return item;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
