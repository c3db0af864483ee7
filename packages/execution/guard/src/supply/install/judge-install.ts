// What an install would do, as effects for the rules: the table of guard §2.13. Nothing is decided here.
import type { Effect } from "../../effect.ts";
import { manyNames } from "./many-names.ts";
import { dataFault } from "./data-age.ts";
import type { InstallGround, InstallRequest } from "./install-request.ts";
import { judgeLocked } from "./judge-locked.ts";
import { judgeRequirement, type RequirementJudgement } from "./judge-requirement.ts";

/** Most packages that one command may name. */
export const MAX_REQUESTED = 64;

/** The effects of an install, strictest not sorted; at least one. Pure; linear in the request. */
export function judgeInstall(request: InstallRequest, ground: InstallGround): readonly Effect[] {
  const fault = dataFault(ground.advisories, request.ecosystem, ground.now);
  const asked = request.requested.slice(0, MAX_REQUESTED).map((one) => judgeRequirement(one, "words", request, ground));
  const pulled = pulledIn(request, ground);
  const fresh = [...asked, ...pulled].some((one) => one.fresh);
  const found = [
    ...asked.flatMap(({ effects }) => effects),
    ...manyNames(pulled),
    ...unread(request),
    ...(takesLocked(request) ? judgeLocked(request, ground.advisories) : []),
    ...updates(request),
    ...damage(ground),
  ];
  const data: readonly Effect[] =
    fault !== null && (fresh || found.some(({ kind }) => asks.has(kind)))
      ? [{ kind: "supply-chain.no-data", what: `trust packages although ${fault}` }]
      : [];
  return [...found, ...data, ...ending(request, found, fault)];
}

const asks: ReadonlySet<string> = new Set([
  "supply-chain.new-package",
  "supply-chain.run-remote",
  "supply-chain.drift",
]);

// What the manifest asks for and no lockfile pins would come along.
function pulledIn(request: InstallRequest, ground: InstallGround): readonly RequirementJudgement[] {
  if (request.manifest === null || request.frozen || request.scope === "run" || request.scope === "global") return [];
  return request.manifest
    .filter(({ source }) => source.kind !== "file")
    .map((one) => judgeRequirement(one, "manifest", request, ground));
}

function takesLocked({ scope }: InstallRequest): boolean {
  return scope === "lockfile" || scope === "add" || scope === "update";
}

function unread(request: InstallRequest): readonly Effect[] {
  const { command, requested, unknown_words, scope, frozen, locked, lock_fault, manifest } = request;
  const effects: Effect[] = [];
  if (requested.length > MAX_REQUESTED)
    effects.push({ kind: "supply-chain.new-package", what: `install more than ${MAX_REQUESTED} packages at once` });
  if (unknown_words)
    effects.push({
      kind: "supply-chain.new-package",
      what: `install packages that are only known when \`${command}\` runs`,
    });
  if ((scope === "lockfile" || scope === "add") && !frozen && request.manifest_fault !== null)
    effects.push({
      kind: "supply-chain.new-package",
      what: `install what a manifest asks for that is not known: ${request.manifest_fault}`,
    });
  if (scope === "lockfile" && lock_fault !== null)
    effects.push({
      kind: "supply-chain.new-package",
      what: `install from a lockfile that cannot be read: ${lock_fault}`,
    });
  if (
    scope === "lockfile" &&
    !frozen &&
    lock_fault === null &&
    locked === null &&
    manifest === null &&
    requested.length === 0
  )
    effects.push({ kind: "supply-chain.new-package", what: `install what no lockfile pins` });
  return effects;
}

function updates({ scope, command }: InstallRequest): readonly Effect[] {
  return scope === "update"
    ? [{ kind: "supply-chain.drift", what: `change many pinned packages at once by \`${command}\`` }]
    : [];
}

// §2.5: corrupt advisory data denies, naming the fault.
function damage({ advisories }: InstallGround): readonly Effect[] {
  const fault = advisories?.fault() ?? null;
  return fault === null ? [] : [{ kind: "unknown.fault", what: `install although ${fault}` }];
}

function ending(
  { scripts, command }: InstallRequest,
  found: readonly Effect[],
  fault: string | null,
): readonly Effect[] {
  const note = fault === null ? "" : `; ${fault}`;
  if (scripts === "rewritable")
    return [{ kind: "supply-chain.rewrite", what: `let install scripts run by \`${command}\`${note}` }];
  if (scripts === "never")
    return [
      {
        kind: "supply-chain.new-package",
        what: `run code of packages while \`${command}\` installs them; it has no switch for that`,
      },
    ];
  return found.length > 0
    ? []
    : [{ kind: "supply-chain.clean", what: `install what is pinned by \`${command}\`${note}` }];
}
