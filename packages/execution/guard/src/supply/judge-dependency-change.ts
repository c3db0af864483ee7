// What stands against a change of dependencies: two states of a lockfile, judged before anything is installed from the second.
import { printable } from "@ces/kernel";
import { meaningOf } from "../rule.ts";
import type { EffectKind } from "../effect-kinds.ts";
import { checkPackages, dataFaults, type PackageFinding } from "./check-packages.ts";
import type { InstallGround } from "./install/install-request.ts";
import type { LockEntry } from "./locks/lock-entry.ts";
import { isTampering, lockfileDrift, type LockChange } from "./locks/lockfile-drift.ts";
import { packageKey } from "./package-key.ts";
import type { Requirement } from "./specs/requirement.ts";

/** A change of dependencies. `direct`: names that the manifest itself asks for; the rest came along. */
export interface DependencyChange {
  readonly before: readonly LockEntry[];
  readonly after: readonly LockEntry[];
  readonly direct: readonly string[];
}

/** The changes, and what stands against them; an empty list of findings with fresh data is a clean change. */
export interface DependencyJudgement {
  readonly changes: readonly LockChange[];
  readonly findings: readonly PackageFinding[];
  /** Packages that would run a script at install, which stays off. */
  readonly scripts: readonly string[];
  /** What is wrong with the advisory data, one sentence each; then every new package is a question. */
  readonly faults: readonly string[];
}

/** Judges the change (guard §2.13). Pure; what a person granted by name, version and hash is no finding, unless it is malicious. */
export function judgeDependencyChange(
  { before, after, direct }: DependencyChange,
  ground: InstallGround,
): DependencyJudgement {
  const changes = lockfileDrift(before, after);
  const known = new Set(before.map(keyOf));
  const fresh = after.filter((entry) => entry.source !== "workspace" && !known.has(keyOf(entry)));
  const asked = new Set(direct);
  const packages = checkPackages(fresh.map(requirementOf), ground);
  return {
    changes,
    findings: [
      ...changes
        .filter(isTampering)
        .map(({ name }) =>
          finding("supply-chain.tampered", `install \`${shown(name)}\` with other content than the same version had`),
        ),
      ...changes
        .filter(({ kind }) => kind === "moved")
        .map(({ name, after: place }) =>
          finding(
            "supply-chain.drift",
            `install \`${shown(name)}\` from another place than before (${shown(place ?? "?")})`,
          ),
        ),
      ...packages.flatMap(({ findings }, index) =>
        findings.filter(({ code }) => code !== LOOKALIKE || asked.has(fresh[index]?.name ?? "")),
      ),
      ...fresh
        .filter(({ source, integrity }) => source === "registry" && integrity === null)
        .map(({ name }) =>
          finding("supply-chain.new-package", `install \`${shown(name)}\`, which the lockfile pins without a hash`),
        ),
    ],
    scripts: fresh.filter(({ scripts }) => scripts).map(({ name }) => shown(name)),
    faults: dataFaults(fresh, ground),
  };
}

// What came along was named by no person here: only a malicious twin is told by the advisories, a look at its name is noise.
const LOOKALIKE = meaningOf("supply-chain.lookalike").code;

const keyOf = ({ ecosystem, name, version }: LockEntry): string =>
  `${ecosystem}\n${packageKey(ecosystem, name)}\n${version ?? ""}`;

const shown = (text: string): string => printable(text, { max: 120 });

function requirementOf({ ecosystem, name, version, source, integrity }: LockEntry): Requirement {
  const text = shown(`${name}@${version ?? "?"}`);
  const wanted = version === null ? ({ kind: "unknown", text } as const) : ({ kind: "exact", version } as const);
  if (source === "git" || source === "url")
    return { ecosystem, text, name, wanted, source: { kind: source, at: text } };
  const pinned = { ecosystem, text, name, wanted, source: { kind: "registry" } } as const;
  return integrity === null ? pinned : { ...pinned, integrity };
}

function finding(kind: EffectKind, what: string): PackageFinding {
  const { code, decision, instead } = meaningOf(kind);
  return { code, decision: decision === "deny" ? "deny" : "ask", text: `it would ${what}`, instead };
}
