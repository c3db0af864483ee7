// What stands against packages before anybody installs them: for a person who asks, and for a change of dependencies that is judged.
import { meaningOf } from "../rule.ts";
import type { Advisory } from "./advisories.ts";
import { findIn } from "./affected.ts";
import { dataFault } from "./install/data-age.ts";
import type { InstallGround } from "./install/install-request.ts";
import { judgeRequirement } from "./install/judge-requirement.ts";
import type { LockEntry } from "./locks/lock-entry.ts";
import type { Requirement } from "./specs/requirement.ts";

/** One thing that stands against a package, and what the guard would answer for it alone. */
export interface PackageFinding {
  readonly code: string;
  readonly decision: "ask" | "deny";
  readonly text: string;
  readonly instead: string | null;
}

/** A package that was asked about. `findings` is empty for one that is merely new. */
export interface CheckedPackage {
  readonly package: string;
  readonly findings: readonly PackageFinding[];
}

/** What is known against each of them; being new is no finding here. Pure. */
export function checkPackages(requirements: readonly Requirement[], ground: InstallGround): readonly CheckedPackage[] {
  return requirements.map((one) => {
    const request = {
      ecosystem: one.ecosystem,
      command: "install",
      scope: "add",
      frozen: false,
      requested: [one],
      unknown_words: false,
      manifest: null,
      manifest_fault: null,
      locked: null,
      lock_fault: null,
      installed: null,
      scripts: "off",
    } as const;
    const { effects } = judgeRequirement(one, "words", request, ground);
    return {
      package: one.text,
      findings: effects.flatMap(({ kind, what, instead }): readonly PackageFinding[] => {
        const meaning = meaningOf(kind);
        const { decision } = meaning;
        if (kind === "supply-chain.new-package" || (decision !== "ask" && decision !== "deny")) return [];
        return [{ code: meaning.code, decision, text: `it would ${what}`, instead: instead ?? meaning.instead }];
      }),
    };
  });
}

/** A pinned package with what is known of exactly this version. */
export interface PinnedAdvisories {
  readonly name: string;
  readonly version: string | null;
  readonly advisories: readonly Advisory[];
}

/** Pinned packages of which something is known, malicious ones first. Pure. */
export function checkPinned(
  entries: readonly LockEntry[],
  { advisories }: Pick<InstallGround, "advisories">,
): readonly PinnedAdvisories[] {
  if (advisories === null) return [];
  return entries
    .map(({ ecosystem, name, version }) => ({
      name,
      version,
      advisories: findIn(advisories.about(ecosystem, name), version),
    }))
    .filter((one) => one.advisories.length > 0)
    .toSorted((a, b) => worst(b.advisories) - worst(a.advisories));
}

const worst = (all: readonly Advisory[]): number =>
  Math.max(...all.map((one) => (one.malicious ? 100 : (one.cvss ?? 5))));

/** What is wrong with the data on these ecosystems, one sentence each. */
export const dataFaults = (
  requirements: readonly Pick<Requirement, "ecosystem">[],
  { advisories, now }: Pick<InstallGround, "advisories" | "now">,
): readonly string[] =>
  [...new Set(requirements.map(({ ecosystem }) => ecosystem))].flatMap(
    (ecosystem) => dataFault(advisories, ecosystem, now) ?? [],
  );
