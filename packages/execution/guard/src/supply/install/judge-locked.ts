// What a lockfile pins: malicious versions, places that are no registry, missing hashes, and what changed since the last install.
import type { Effect } from "../../effect.ts";
import { printable } from "@ces/kernel";
import { affectsVersion } from "../affected.ts";
import type { Advisories } from "../advisories.ts";
import type { LockEntry } from "../locks/lock-entry.ts";
import { isTampering, lockfileDrift } from "../locks/lockfile-drift.ts";
import type { InstallRequest } from "./install-request.ts";

const SHOWN = 4;

/** What stands against the pinned packages. Known holes of packages that are in use already are no finding here. */
export function judgeLocked(request: InstallRequest, advisories: Advisories | null): readonly Effect[] {
  const locked = request.locked ?? [];
  const installed = request.installed ?? [];
  return [
    ...malicious(locked, advisories),
    ...elsewhere(locked, installed),
    ...unhashed(locked),
    ...sinceInstalled(request),
  ];
}

// One lockfile is judged again for every install in a line: the answer is kept with the list it was made from.
const answers = new WeakMap<
  readonly LockEntry[],
  { readonly advisories: Advisories | null; readonly effects: readonly Effect[] }
>();

function malicious(locked: readonly LockEntry[], advisories: Advisories | null): readonly Effect[] {
  const known = answers.get(locked);
  if (known !== undefined && known.advisories === advisories) return known.effects;
  const bad = advisories === null ? [] : locked.flatMap((entry) => maliceOf(entry, advisories));
  answers.set(locked, { advisories, effects: bad });
  return bad;
}

function maliceOf({ ecosystem, name, version }: LockEntry, advisories: Advisories): readonly Effect[] {
  const records = advisories.about(ecosystem, name).filter((record) => record.malicious);
  const record = records.find((one) => version === null || affectsVersion(one, version));
  if (record === undefined) return [];
  const shown = printable(`${name}@${version ?? "?"}`, { max: 120 });
  return [
    {
      kind: "supply-chain.malicious",
      what: `install \`${shown}\` of the lockfile, which is known to be malicious (${record.id})`,
    },
  ];
}

function elsewhere(locked: readonly LockEntry[], installed: readonly LockEntry[]): readonly Effect[] {
  const there = new Set(installed.map(({ name, version }) => `${name}\n${version ?? ""}`));
  const odd = locked.filter(
    ({ source, name, version }) => (source === "git" || source === "url") && !there.has(`${name}\n${version ?? ""}`),
  );
  if (odd.length === 0) return [];
  return [{ kind: "supply-chain.source", what: `install ${names(odd)} of the lockfile from outside a registry` }];
}

function unhashed(locked: readonly LockEntry[]): readonly Effect[] {
  const bare = locked.filter(({ source, integrity }) => source === "registry" && integrity === null);
  if (bare.length === 0) return [];
  return [{ kind: "supply-chain.new-package", what: `install ${names(bare)}, which the lockfile pins without a hash` }];
}

function sinceInstalled({ locked, installed }: InstallRequest): readonly Effect[] {
  if (locked === null || installed === null || installed.length === 0) return [];
  const changes = lockfileDrift(installed, locked);
  const tampered = changes.filter(isTampering);
  const moved = changes.filter(({ kind }) => kind === "moved");
  const added = changes.filter(({ kind }) => kind === "added");
  return [
    ...(tampered.length === 0
      ? []
      : [
          {
            kind: "supply-chain.tampered",
            what: `install ${names(tampered)} with other content than the same version had`,
          } as const,
        ]),
    ...(moved.length === 0
      ? []
      : [{ kind: "supply-chain.drift", what: `install ${names(moved)} from another place than before` } as const]),
    ...(added.length === 0
      ? []
      : [
          {
            kind: "supply-chain.new-package",
            what: `install ${names(added)}, new in the lockfile since the last install`,
          } as const,
        ]),
  ];
}

function names(all: readonly { readonly name: string }[]): string {
  const some = all.slice(0, SHOWN).map(({ name }) => `\`${printable(name, { max: 80 })}\``);
  const rest = all.length - some.length;
  return some.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
