// The files behind `-r` and `-c`: read with what they bring in themselves, as far as they can be read.
import { type Arg, known } from "../../arg.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import { lineFacts } from "./line-facts.ts";
import type { LockEntry } from "../locks/lock-entry.ts";
import { readRequirements } from "../locks/requirements-file.ts";
import type { Requirement } from "../specs/requirement.ts";
import { shownWord } from "../specs/requirement.ts";

const [MOST_FILES, MAX_BYTES] = [12, 1024 * 1024] as const;

/** What all of them ask for. */
export interface AskedInFiles {
  readonly requirements: readonly Requirement[];
  readonly entries: readonly LockEntry[];
  /** What their own options mean. */
  readonly outcome: Outcome;
  /** A file that cannot be read, or is only known when the command runs. */
  readonly unknown: boolean;
}

/** Reads requirements files. A file behind an address is a source of its own. */
export function requirementFiles(on: Evaluation, files: readonly Arg[]): AskedInFiles {
  const requirements: Requirement[] = [];
  const entries: LockEntry[] = [];
  const outcomes: Outcome[] = [];
  const facts = lineFacts(on);
  let unknown = files.some((file) => known(file) === undefined);
  const queue = files.flatMap((file) => {
    const text = known(file);
    if (text === undefined && file.stream === null) return [];
    if (text !== undefined && /^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
      outcomes.push(on.effect("supply-chain.source", `install what \`${shownWord(text)}\` lists at that moment`));
      return [];
    }
    // SECURITY: what arrives on a stream is only known when it runs; from a network it is somebody else's list.
    if (file.stream?.taints.has("network") === true)
      outcomes.push(on.effect("supply-chain.source", "install what a network lists at that moment"));
    const places = file.stream === null ? on.places(file).filter(({ zone }) => zone !== "stream") : [];
    const real = places.flatMap((place) => (place.real === null ? [] : [place.real]));
    unknown ||= real.length === 0;
    return real;
  });
  for (let at = 0; at < queue.length; at += 1) {
    const path = queue[at] ?? "";
    const text = at < MOST_FILES ? facts.read(path, MAX_BYTES) : undefined;
    const file = text === undefined ? undefined : readRequirements(text);
    if (file === undefined) {
      unknown = true;
      continue;
    }
    requirements.push(...file.requirements);
    entries.push(...file.entries);
    queue.push(...file.includes.filter((one) => !queue.includes(besides(path, one))).map((one) => besides(path, one)));
    outcomes.push(...file.options.flatMap((option) => optionEffect(on, option)));
  }
  return { requirements, entries, outcome: on.join(...outcomes, on.fine()), unknown };
}

function optionEffect(on: Evaluation, option: string): readonly Outcome[] {
  if (/^(?:-i|--index-url|--extra-index-url|-f|--find-links|--no-index)/.test(option) && !/^--no-index/.test(option))
    return [on.effect("supply-chain.source", `install from elsewhere by \`${option}\` of the requirements file`)];
  if (/^--trusted-host/.test(option))
    return [
      on.effect("supply-chain.protection-off", `install without a check by \`${option}\` of the requirements file`),
    ];
  return /^--no-binary/.test(option)
    ? [on.effect("supply-chain.scripts-on", `build packages from source by \`${option}\` of the requirements file`)]
    : [];
}

function besides(path: string, name: string): string {
  if (name.startsWith("/")) return name;
  const parts = `${path.slice(0, path.lastIndexOf("/"))}/${name}`.split("/");
  const folded: string[] = [];
  for (const part of parts) {
    if (part === "..") folded.pop();
    else if (part !== "." && part !== "") folded.push(part);
  }
  return `/${folded.join("/")}`;
}
