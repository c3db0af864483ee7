// From a word to the places it may mean: every folder the shell may stand in, every entry a pattern may match, worst case where unknown.
import { type Arg, HOLE } from "../arg.ts";
import type { FileFact, FileFacts } from "../file-facts.ts";
import type { Setting } from "../setting.ts";
import { foldPath } from "./fold-path.ts";
import { followLinks } from "./follow-links.ts";
import type { Place, Zone } from "./place.ts";
import { zoneOf } from "./zones.ts";

/** What a resolution needs besides the word. */
export interface Ground {
  readonly setting: Setting;
  readonly facts: FileFacts;
  readonly cwds: readonly string[];
}

/** Entries of a folder that a pattern is matched against; more and the folder itself stands for all of them. */
const MAX_ENTRIES = 2000;

/** Every place that `arg` may name; at least one. */
export function resolvePlaces(arg: Arg, ground: Ground): readonly Place[] {
  const hole = arg.text.indexOf(HOLE);
  if (hole >= 0 || (ground.cwds.length === 0 && !arg.text.startsWith("/"))) return [unknownPlace(arg, hole, ground)];
  const bases = arg.text.startsWith("/") ? [ground.cwds[0] ?? "/"] : ground.cwds;
  return bases.flatMap((base) =>
    arg.glob
      ? patternPlaces({ pattern: arg.text, base, ground, budget: { lists: MAX_LISTS } })
      : [placeOf(arg.text, base, ground)],
  );
}

/** One literal path from one folder. */
export function placeOf(text: string, base: string, { setting, facts }: Ground): Place {
  const lexical = foldPath(text, base);
  const follows = /\/\.?$/.test(text) || lexical === "/";
  const raw = text.startsWith("/") ? text : `${base}/${text}`;
  const entry = followLinks(raw, facts, { last: follows ? "follow" : "keep", cwd: base });
  // `/dev/stderr` is what the shell makes of it, not the link into `/proc` that a look-up in this process finds.
  const isStream = entry.path !== null && zoneOf(entry.path, setting) === "stream";
  const real =
    entry.fact?.kind === "link" && !isStream ? followLinks(raw, facts, { last: "follow", cwd: base }) : entry;
  return {
    shown: text,
    lexical,
    entry: entry.path,
    real: real.path,
    zone: strictestZone(entry.path, lexical, setting),
    real_zone: real.path === null ? "unknown" : zoneOf(real.path, setting),
    exists: entry.fact !== undefined,
    kind: entry.path === null ? "unknown" : (entry.fact?.kind ?? "missing"),
    size: (real.fact ?? entry.fact)?.size ?? 0,
    through_link: leads(entry.links, entry.path, setting),
    inside: isInside(entry.path, setting) && isInside(real.path, setting),
    any_child: false,
  };
}

// A path that reads as a device or the guard's own file is one, whatever the disk says of a link on the way.
function strictestZone(entry: string | null, lexical: string, setting: Setting): Zone {
  if (entry === null) return "unknown";
  const zone = zoneOf(entry, setting);
  if (entry === lexical) return zone;
  const named = zoneOf(lexical, setting);
  return named === "guard" || named === "device" || named === "agent-config" || named === "git-hook" ? named : zone;
}

const isInside = (path: string | null, { workspaces }: Setting): boolean =>
  path !== null && workspaces.some((root) => path.startsWith(`${root}/`));

// A folder on the way is a link, and what it leads to is not the workspace any more.
function leads(links: readonly string[], entry: string | null, setting: Setting): boolean {
  if (links.length === 0 || entry === null) return false;
  const inside = (path: string): boolean =>
    setting.workspaces.some((root) => path === root || path.startsWith(`${root}/`));
  return links.some(inside) && !inside(entry);
}

/** Folders that are listed for one pattern. */
const MAX_LISTS = 64;
const MAX_HITS = 200;

interface Pattern {
  readonly pattern: string;
  readonly base: string;
  readonly ground: Ground;
  readonly budget: { lists: number };
}

function patternPlaces(given: Pattern): readonly Place[] {
  const { pattern, base, ground, budget } = given;
  const cut = pattern.search(/[*?[(]/);
  const slash = pattern.lastIndexOf("/", cut);
  const folder = slash < 0 ? "" : pattern.slice(0, slash + 1);
  const rest = pattern.slice(slash + 1);
  const parent = placeOf(folder === "" ? "./" : folder, base, ground);
  const child = { ...childOf(parent, ground), shown: pattern };
  const end = rest.indexOf("/");
  if (parent.real === null || (end >= 0 && parent.zone === "root"))
    return [parent.zone === "root" ? { ...parent, shown: pattern, any_child: true } : child];
  budget.lists -= 1;
  const names = budget.lists < 0 ? undefined : ground.facts.list(parent.real, MAX_ENTRIES);
  const matcher = nameMatcher(end < 0 ? rest : rest.slice(0, end));
  if (names === undefined || matcher === null) return [child];
  const hits = names.filter((name) => matcher(name)).slice(0, MAX_HITS);
  if (end < 0) return [child, ...hits.map((name) => ({ ...placeOf(folder + name, base, ground), any_child: true }))];
  // SECURITY: `links/*/hosts` goes through every link of that folder.
  const tail = rest.slice(end);
  const below = hits
    .filter((name) => !/[*?[(]/.test(name))
    .flatMap((name) => {
      const text = folder + name + tail;
      if (/[*?[(]/.test(tail)) return patternPlaces({ ...given, pattern: text }).slice(1);
      const kind = ground.facts.lstat(`${parent.real ?? ""}/${name}`)?.kind;
      return kind === "dir" || kind === "link" ? [{ ...placeOf(text, base, ground), any_child: true }] : [];
    });
  return [child, ...below.slice(0, MAX_HITS)];
}

// Any entry of a folder: as dangerous as the folder itself where the folder is one that matters.
function childOf(parent: Place, { setting }: Ground): Place {
  const path = parent.real === null ? null : parent.real === "/" ? "/x" : `${parent.real}/x`;
  const matters: readonly Zone[] = [
    "root",
    "home-root",
    "system",
    "device",
    "guard",
    "kernel",
    "ssh",
    "agent-config",
    "git",
  ];
  const zone: Zone = path === null ? "unknown" : matters.includes(parent.zone) ? parent.zone : zoneOf(path, setting);
  return {
    ...parent,
    entry: path,
    real: path,
    lexical: path,
    zone,
    real_zone: zone,
    exists: true,
    kind: "unknown",
    any_child: true,
  };
}

/** A test for one name against a pattern of one component: `*`, `?`, `[…]`; null for what is not understood. Names that start with a dot need a dot. */
export function nameMatcher(pattern: string): ((name: string) => boolean) | null {
  let source = "";
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at] ?? "";
    if (char === "*") source += source.endsWith("[^]*") ? "" : "[^]*";
    else if (char === "?") source += "[^]";
    else if (char === "[") {
      const end = pattern.indexOf("]", at + 2);
      if (end < 0) source += "\\[";
      else {
        const body = pattern.slice(at + 1, end);
        if (/\[:|[\\]/.test(body)) return null;
        source += `[${body.replace(/^[!^]/, "^").replace(/[\\\]]/g, "\\$&")}]`;
        at = end;
      }
    } else if ("({|+@!)".includes(char) && /[?*+@!]\(/.test(pattern)) return null;
    else source += char.replace(/[.+^${}()|[\]\\*?]/g, "\\$&");
  }
  if ((source.match(/\[\^\]\*/g)?.length ?? 0) > 8) return null;
  const whole = compile(source);
  return whole === null ? null : (name) => (name.startsWith(".") ? pattern.startsWith(".") : true) && whole.test(name);
}

function compile(source: string): RegExp | null {
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return null;
  }
}

/** Bounded look-ups of one judgement, each path asked once. */
export function rememberedFacts(facts: FileFacts): FileFacts {
  const known = new Map<string, FileFact | undefined>();
  return {
    lstat: (path) => {
      if (known.has(path)) return known.get(path);
      const fact = facts.lstat(path);
      known.set(path, fact);
      return fact;
    },
    list: facts.list,
    read: facts.read,
  };
}

// What is known of a path with a hole: the folder before it, if any; else nothing.
function unknownPlace(arg: Arg, hole: number, ground: Ground): Place {
  const prefix = hole < 0 ? "" : arg.text.slice(0, hole);
  const slash = prefix.lastIndexOf("/");
  const shown = arg.text.replaceAll(HOLE, "…");
  const base: Place = {
    shown,
    lexical: null,
    entry: null,
    real: null,
    zone: "unknown",
    real_zone: "unknown",
    exists: false,
    kind: "unknown",
    size: 0,
    through_link: false,
    inside: false,
    any_child: true,
  };
  if (slash < 0 || (ground.cwds.length === 0 && !prefix.startsWith("/"))) return base;
  const parent = placeOf(prefix.slice(0, slash + 1), ground.cwds[0] ?? "/", ground);
  const inside = childOf(parent, ground);
  // SECURITY: an unknown stretch may hold `..`: what a stranger can choose never counts as staying below the folder it is put in.
  const chosen = arg.taints.has("network") || arg.taints.has("decoded") || arg.taints.has("input");
  const mild = inside.zone === "workspace" || inside.zone === "temporary" || inside.zone === "cache";
  return chosen && mild ? base : { ...inside, shown, real_zone: inside.zone };
}
