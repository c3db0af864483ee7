// From the scope of a command to the places its box shows: resolved now, nested ones once, nothing of the system or of CES among them.
import { lstatSync } from "node:fs";
import { dirname } from "node:path";
import type { CommandScope, CscPolicy } from "@ces/contract";
import type { Mask } from "@ces/sandbox";
import { grantScope, type Grant, type ScopeAnswer } from "./grant-scope.ts";
import { isBelow, isBelowAny } from "./real-path.ts";
import { realPrefixes, type RealPrefixes } from "./real-prefixes.ts";
import { resolveCwd } from "./resolve-cwd.ts";
import { blockedPath, EXIT, notStarted, type Refusal } from "./command-outcome.ts";

/** What the box shows. `masks` lie in a read place and are shown empty; `bareCwd` stands when nothing else shows the working folder. */
export type DeclaredPlaces = {
  readonly kind: "places";
  readonly cwd: { readonly inside: string; readonly path: string };
  readonly grants: readonly Grant[];
  /** Mounts inside writable places that keep protected files as they are. */
  readonly pins: readonly Grant[];
  readonly masks: readonly Mask[];
  readonly bareCwd: boolean;
};

/** The folders of a system that are shown to every box, and what no contract gets. */
export type PlaceRules = {
  /** Shown read-only anyway. */
  readonly shown: readonly string[];
  /** Folders of programs, shown by name only. */
  readonly covers: readonly string[];
  /** Real paths that no box sees. */
  readonly keepOut: readonly string[];
  /** Real paths of files that no box writes, whatever it is granted: policies, contracts, approvals. */
  readonly protect: readonly string[];
};

const NEVER = ["/proc", "/sys", "/dev", "/run", "/var/run", "/boot"];
const NEVER_WRITTEN = ["/usr", "/etc", "/bin", "/sbin", "/lib", "/lib64", "/opt/ces"];

/** Judges the whole scope of a command. What is missing is left out when it is only read. Never throws. */
export function declaredPlaces(scope: CommandScope, policy: CscPolicy, rules: PlaceRules): DeclaredPlaces | Refusal {
  const prefixes = realPrefixes(policy);
  const cwd = resolveCwd(scope.cwd, prefixes.cwd);
  if (cwd.kind === "refused") return blockedPath("CWD_NOT_ALLOWED", cwd.why);
  if (cwd.kind === "missing") return notStarted("CWD_MISSING", cwd.why, EXIT.notExecutable);
  const judged = granted(scope, prefixes);
  if ("kind" in judged) return judged;
  const { dev, ino } = cwd;
  const asPlace: Grant = { inside: cwd.inside, source: cwd.path, kind: "dir", access: "read", dev, ino };
  // A working folder is seen as far as the policy lets anything be read.
  const readable = isBelowAny(cwd.path, prefixes.read);
  const all = [...judged.writes, ...(readable ? [asPlace] : []), ...judged.reads];
  const wrong = all.map((grant) => objection(grant, rules)).find((why) => why !== undefined);
  if (wrong !== undefined) return blockedPath("SCOPE_NOT_GRANTABLE", wrong);
  const grants = withoutNested(all.filter((grant) => !isShown(grant, rules)));
  const crossed = grants.find((grant) => crossesLink(grant, grants));
  if (crossed !== undefined)
    return blockedPath(
      "SCOPE_NOT_GRANTABLE",
      `\`${crossed.inside}\` leads through a link inside another declared place`,
    );
  return {
    kind: "places",
    cwd: { inside: cwd.inside, path: cwd.path },
    grants,
    pins: protectedPlaces(grants, rules.protect),
    masks: masksIn(grants, rules.keepOut),
    bareCwd: !grants.some(({ inside }) => isBelow(cwd.inside, inside) || isBelow(inside, cwd.inside)),
  };
}

type Judged = { readonly writes: readonly Grant[]; readonly reads: readonly Grant[] };

function granted(scope: CommandScope, prefixes: RealPrefixes): Judged | Refusal {
  const writes: Grant[] = [];
  const reads: Grant[] = [];
  for (const path of scope.read_paths) {
    const answer = grantScope(path, { access: "read", prefixes: prefixes.read });
    if (answer.kind === "refused") return blockedPath("READ_SCOPE_DENIED", `read scope ${answer.why}`);
    reads.push(...grantsOf(answer));
  }
  for (const path of scope.write_paths) {
    const answer = grantScope(path, { access: "write", prefixes: prefixes.write });
    if (answer.kind === "refused") return blockedPath("WRITE_SCOPE_DENIED", `write scope ${answer.why}`);
    writes.push(...grantsOf(answer));
    // Nothing can be made writable that is not there, unless a place above it is.
    if (answer.kind === "missing" && !isInWritten(answer.inside, scope.write_paths))
      return blockedPath(
        "WRITE_SCOPE_MISSING",
        `write scope \`${path}\` does not exist: make it first, or declare the folder above it`,
      );
  }
  return { writes, reads };
}

function grantsOf(answer: ScopeAnswer): readonly Grant[] {
  return answer.kind === "granted" ? answer.grants : [];
}

function isInWritten(path: string, scopes: readonly string[]): boolean {
  return scopes.some((scope) => {
    const root = scope.replace(/\/\*\*$/, "");
    return root !== path && isBelow(path, root);
  });
}

function objection({ source, inside, access }: Grant, { keepOut, covers }: PlaceRules): string | undefined {
  const at = (folder: string): boolean => isBelow(source, folder) || isBelow(inside, folder);
  const what = `\`${inside}\``;
  if (source === "/" || inside === "/") return `${what} is the whole system`;
  if (NEVER.some(at)) return `${what} belongs to the machine`;
  if (keepOut.some((kept) => isBelow(source, kept))) return `${what} belongs to ces`;
  if (covers.some((folder) => isBelow(source, folder) || (isBelow(folder, source) && !isSystem(source))))
    return `${what} shows programs that are not declared`;
  if (access === "read") return undefined;
  if (NEVER_WRITTEN.some((folder) => at(folder) || isBelow(folder, source))) return `${what} belongs to the system`;
  return keepOut.some((kept) => isBelow(kept, source)) ? `${what} holds what belongs to ces` : undefined;
}

function isSystem(path: string): boolean {
  return path === "/usr" || path.startsWith("/usr/");
}

function isShown({ source, inside, access }: Grant, { shown }: PlaceRules): boolean {
  return access === "read" && source === inside && shown.some((place) => isBelow(inside, place));
}

// What lies in a place that shows it already, as well or better, is not bound again.
function withoutNested(grants: readonly Grant[]): readonly Grant[] {
  const first = new Map<string, Grant>();
  for (const grant of grants) if (!first.has(grant.inside)) first.set(grant.inside, grant);
  const all = [...first.values()];
  return all.filter(
    (grant) =>
      !all.some(
        (other) =>
          other !== grant &&
          other.kind === "dir" &&
          isBelow(grant.inside, other.inside) &&
          (other.access === "write" || grant.access === "read") &&
          grant.source === other.source + grant.inside.slice(other.inside.length),
      ),
  );
}

// SECURITY: a mount point below another place is looked up in that place: a link on the way would put the mount somewhere else.
function crossesLink(grant: Grant, all: readonly Grant[]): boolean {
  return all.some(
    (other) =>
      other !== grant &&
      isBelow(grant.inside, other.inside) &&
      grant.source !== other.source + grant.inside.slice(other.inside.length),
  );
}

// What is kept out but lies in a place that is read.
function masksIn(grants: readonly Grant[], keepOut: readonly string[]): readonly Mask[] {
  return grants.flatMap(({ source, inside }) =>
    keepOut.flatMap((kept): Mask[] => {
      if (!isBelow(kept, source)) return [];
      const stat = lstatSync(kept, { throwIfNoEntry: false });
      return stat === undefined
        ? []
        : [{ kind: stat.isDirectory() ? "dir" : "file", inside: inside + kept.slice(source.length) }];
    }),
  );
}

// SECURITY: S31. A protected file in a writable place is bound read-only again; a folder between the two becomes a mount, so that it
// cannot be renamed away and a forged one put in its stead.
function protectedPlaces(grants: readonly Grant[], protect: readonly string[]): readonly Grant[] {
  const found = new Map<string, Grant>();
  const add = (place: Grant, path: string, access: Grant["access"]): void => {
    const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    if (stat === undefined) return;
    const inside = place.inside + path.slice(place.source.length);
    const kind = stat.isDirectory() ? "dir" : "file";
    if (found.get(inside)?.access !== "read")
      found.set(inside, { inside, source: path, kind, access, dev: stat.dev, ino: stat.ino });
  };
  for (const place of grants.filter(({ access }) => access === "write"))
    for (const file of protect.filter((path) => isBelow(path, place.source))) {
      for (let at = dirname(file); at.length > place.source.length; at = dirname(at)) add(place, at, "write");
      add(place, file, "read");
    }
  return [...found.values()].filter(
    ({ inside }) => !grants.some((grant) => grant.inside === inside && grant.access === "read"),
  );
}
