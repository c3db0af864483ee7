// One package that is asked for by name: what is known of it, what its name looks like, where it comes from, whether it is new.
import type { Effect } from "../../effect.ts";
import type { AdvisoryRecord } from "../advisories.ts";
import { affectsNewest, affectsRange, affectsVersion } from "../affected.ts";
import { lookalike } from "../names/lookalike.ts";
import { packageKey } from "../package-key.ts";
import { admits } from "../ranges/comparator.ts";
import type { Requirement } from "../specs/requirement.ts";
import { shownWord } from "../specs/requirement.ts";
import { sameVersion } from "../versions/compare.ts";
import type { InstallGround, InstallRequest } from "./install-request.ts";
import { versionNotes } from "./version-notes.ts";

const [CRITICAL, HIGH] = [9, 7] as const;

/** What stands against it; `fresh`: it is not pinned yet, so a person has to look at it. */
export interface RequirementJudgement {
  readonly effects: readonly Effect[];
  readonly fresh: boolean;
}

/** Named on the command line: then only an exact version is what is pinned already. Or from the manifest, which the lockfile serves. */
export type AskedBy = "words" | "manifest";

/** Judges one requirement. The advisories' own fault is not looked at here. */
export function judgeRequirement(
  one: Requirement,
  by: AskedBy,
  request: InstallRequest,
  ground: InstallGround,
): RequirementJudgement {
  const { name, source } = one;
  const known =
    name === null
      ? []
      : (ground.advisories?.about(one.ecosystem, name) ?? []).filter((record) => speaksOf(record, one));
  const bad = malice(one, known);
  if (bad !== undefined) return { effects: [bad], fresh: true };
  if (source.kind === "workspace") return { effects: [], fresh: false };
  if (source.kind === "registry" && isPinned(one, by, request)) return { effects: [], fresh: false };
  if (isGranted(one, ground)) return { effects: [], fresh: false };
  const found = [...placeEffects(one), ...nameEffects(one), ...holes(one, known)];
  const notes =
    name === null || one.wanted.kind !== "exact" ? [] : versionNotes(one.ecosystem, name, one.wanted.version, ground);
  return { effects: [...found, newPackage(one, request, notes)], fresh: true };
}

function speaksOf(record: AdvisoryRecord, { wanted }: Requirement): boolean {
  switch (wanted.kind) {
    case "exact":
      return affectsVersion(record, wanted.version);
    case "range":
      return affectsRange(record, wanted.range);
    case "newest":
      return affectsNewest(record);
    case "unknown":
      return record.malicious || affectsNewest(record);
    default:
      return wanted satisfies never;
  }
}

// Certain is what names the version, and what is malicious whatever the version; the rest may be, and must be pinned.
function malice(one: Requirement, known: readonly AdvisoryRecord[]): Effect | undefined {
  const records = known.filter(({ malicious }) => malicious);
  const certain = records.find(
    (record) => one.wanted.kind === "exact" || record.intervals.some(({ to }) => to === null),
  );
  const [maybe] = records;
  const record = certain ?? maybe;
  if (record === undefined) return undefined;
  const said = record.summary === "" ? record.id : `${record.id}: ${record.summary}`;
  if (certain !== undefined)
    return {
      kind: "supply-chain.malicious",
      what: `install \`${one.text}\`, which is known to be malicious (${said})`,
    };
  return {
    kind: "supply-chain.unpinned",
    what: `install \`${one.text}\`, of which versions are known to be malicious (${said})`,
  };
}

function placeEffects({ text, source }: Requirement): readonly Effect[] {
  switch (source.kind) {
    case "git":
      return [{ kind: "supply-chain.source", what: `install \`${text}\` from a repository, past the registry` }];
    case "url":
      return [{ kind: "supply-chain.source", what: `install \`${text}\` from an address, past the registry` }];
    case "registry-other":
      return [{ kind: "supply-chain.source", what: `install \`${text}\` from another registry` }];
    case "alias":
      return [{ kind: "supply-chain.source", what: `install \`${text}\` under the name of another package` }];
    case "registry":
    case "file":
    case "workspace":
      return [];
    default:
      return source satisfies never;
  }
}

function nameEffects({ ecosystem, name, text }: Requirement): readonly Effect[] {
  const near = name === null ? undefined : lookalike(ecosystem, name);
  if (near === undefined || near.distance === "far") return [];
  return [
    {
      kind: "supply-chain.lookalike",
      what: `install \`${text}\`, whose name ${near.how}`,
      instead: `if you meant \`${near.of}\`, ask for that`,
    },
  ];
}

function holes({ text, wanted }: Requirement, known: readonly AdvisoryRecord[]): readonly Effect[] {
  const [worst] = known.filter(({ malicious }) => !malicious).toSorted((a, b) => (b.cvss ?? 0) - (a.cvss ?? 0));
  if (worst === undefined || (worst.cvss ?? HIGH) < HIGH) return [];
  const what = `install \`${text}\`, which has a known hole (${worst.id}${worst.cvss === null ? "" : `, CVSS ${worst.cvss}`})`;
  const instead = worst.fixed === null ? {} : { instead: `ask for version ${shownWord(worst.fixed)} or later` };
  const critical = (worst.cvss ?? 0) >= CRITICAL && worst.fixed !== null && wanted.kind === "exact";
  return [{ kind: critical ? "supply-chain.critical" : "supply-chain.vulnerable", what, ...instead }];
}

function newPackage(one: Requirement, { scope, locked }: InstallRequest, notes: readonly string[]): Effect {
  const near = one.name === null ? undefined : lookalike(one.ecosystem, one.name);
  const more = [...(near?.distance === "far" ? [`its name ${near.how}`] : []), ...notes];
  const why =
    one.source.kind === "file"
      ? ", which no registry published"
      : scope === "global"
        ? " for every project"
        : scope === "run"
          ? " and run it at once"
          : locked === null
            ? ", and no lockfile pins it"
            : ", which the lockfile does not pin";
  const kind = scope === "run" && one.source.kind !== "file" ? "supply-chain.run-remote" : "supply-chain.new-package";
  return { kind, what: `install \`${one.text}\`${why}${more.map((note) => `; ${note}`).join("")}` };
}

function isPinned({ ecosystem, name, wanted }: Requirement, by: AskedBy, { scope, locked }: InstallRequest): boolean {
  if (name === null || locked === null || scope === "run" || scope === "global") return false;
  if (by === "words" && wanted.kind !== "exact") return false;
  const key = packageKey(ecosystem, name);
  return locked.some((entry) => {
    if (packageKey(ecosystem, entry.name) !== key) return false;
    if (wanted.kind === "newest" || entry.source === "workspace") return true;
    if (entry.version === null) return false;
    if (wanted.kind === "exact") return sameVersion(ecosystem, entry.version, wanted.version);
    return wanted.kind === "range" && admits(ecosystem, wanted.range, entry.version);
  });
}

function isGranted(one: Requirement, { grants }: InstallGround): boolean {
  const { ecosystem, name, wanted, source, integrity } = one;
  if (name === null || wanted.kind !== "exact" || source.kind !== "registry") return false;
  const key = packageKey(ecosystem, name);
  return grants.some(
    (grant) =>
      grant.ecosystem === ecosystem &&
      packageKey(ecosystem, grant.name) === key &&
      sameVersion(ecosystem, grant.version, wanted.version) &&
      isGrantedContent(grant.integrity, integrity),
  );
}

// A grant with a hash is good for that content only, and for nothing while the content is not known.
function isGrantedContent(granted: string | null, found: string | undefined): boolean {
  if (granted === null) return true;
  const hashes = new Set(found?.split(/\s+/));
  return granted.split(/\s+/).some((hash) => hashes.has(hash));
}
