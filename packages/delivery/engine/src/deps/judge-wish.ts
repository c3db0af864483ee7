// What stands against a change of dependencies before anything runs, and which of it a person may pass.
import { checkPackages, dataFaults, type InstallGround, type PackageFinding, type Requirement } from "@ces/guard";
import { printable } from "@ces/kernel";
import type { DependencyWish } from "@ces/records";
import { type Installer, specOf } from "../installers/installer.ts";
import { installerOf } from "../installers/table.ts";

/** The judgement of a wish. Sentences; `stops` is nobody's to pass, `asks` a person's. Both empty: nothing is known against it. */
export interface WishJudgement {
  readonly stops: readonly string[];
  readonly asks: readonly string[];
}

/** Findings that nobody may pass (guard §2.13, "critical"); a grant of that very content makes the second none. */
const STOPS: ReadonlySet<string> = new Set(["PACKAGE_MALICIOUS", "PACKAGE_CRITICAL", "LOCKFILE_TAMPERED"]);

/** True for a finding that stops whoever asks. */
export const isStop = ({ code }: Pick<PackageFinding, "code">): boolean => STOPS.has(code);

/**
 * Judges what is asked for. Pure. The content is not known yet: a grant counts by name and version here, and the frozen
 * lockfile is held against its hash.
 */
export function judgeWish(wish: DependencyWish, ground: InstallGround): WishJudgement {
  if (wish.action === "remove") return { stops: [], asks: [] };
  const installer = installerOf(wish.manager);
  const requirements = wish.packages.map((one) => requirementOf(installer, one));
  const before = { ...ground, grants: ground.grants.map((grant) => ({ ...grant, integrity: null })) };
  const findings = checkPackages(requirements, before).flatMap((one) => one.findings);
  const damage = ground.advisories?.fault() ?? null;
  const faults = allGranted(requirements, before) ? [] : dataFaults(requirements, ground);
  return {
    stops: [
      ...findings.filter(isStop).map(sentence),
      ...(damage === null ? [] : [`the advisory data is damaged: ${damage}`]),
    ],
    asks: [...findings.filter((one) => !isStop(one)).map(sentence), ...faults],
  };
}

/** A finding as it is shown, recorded and accepted. */
export const sentence = ({ code, text }: Pick<PackageFinding, "code" | "text">): string =>
  printable(`${code}: ${text}`, { max: 2000 });

function requirementOf(installer: Installer, one: DependencyWish["packages"][number]): Requirement {
  return {
    ecosystem: installer.ecosystem,
    text: specOf(installer, one),
    name: one.name,
    wanted: { kind: "exact", version: one.version ?? "" },
    source: { kind: "registry" },
  };
}

const allGranted = (requirements: readonly Requirement[], { grants }: InstallGround): boolean =>
  requirements.every(({ ecosystem, name, wanted }) =>
    grants.some(
      (grant) =>
        grant.ecosystem === ecosystem &&
        grant.name === name &&
        wanted.kind === "exact" &&
        grant.version === wanted.version,
    ),
  );
