// What reading, writing, deleting or re-owning a place means: the path policy, one table per verb.
import type { Effect, Rescue } from "../effect.ts";
import type { EffectKind } from "../effect-kinds.ts";
import { foldPath } from "./fold-path.ts";
import type { Place, Zone } from "./place.ts";
import type { WriteMode } from "../profile.ts";

/** Effects of one touch, and what to copy aside before it. */
export interface Touch {
  readonly effect: Effect;
  readonly rescue: Rescue | null;
}

const plain = (effect: Effect): Touch => ({ effect, rescue: null });
const told = (kind: EffectKind, what: string): Touch => plain({ kind, what });

/** Reading the content of a place. */
export function touchRead(place: Place): Touch {
  const zones = [place.zone, place.real_zone];
  if (zones.includes("secret")) return told("exfil.secret-read", `read the secret \`${place.shown}\``);
  // What other processes were given to keep.
  if (
    /^\/proc\/(?!self\/|thread-self\/)[^/]+\/(?:environ|mem)$/.test(place.lexical ?? "") &&
    !/\/0\//.test(place.lexical ?? "")
  )
    return told("exfil.secret-read", `read the environment of another process (\`${place.shown}\`)`);
  return told("harmless.read", `read \`${place.shown}\``);
}

const writeKinds: Readonly<Record<Zone, EffectKind>> = {
  stream: "harmless.write",
  workspace: "harmless.write",
  temporary: "harmless.write",
  cache: "harmless.write",
  "workspace-root": "harmless.write",
  outside: "unknown.outside-write",
  home: "unknown.outside-write",
  unknown: "unknown.write-target",
  git: "git.hook",
  "git-hook": "git.hook",
  startup: "system.persist",
  ssh: "system.ssh-key",
  secret: "unknown.outside-write",
  "agent-config": "self-protect.agent-config",
  guard: "self-protect.tamper",
  "home-root": "unknown.outside-write",
  system: "system.write",
  root: "system.write",
  device: "disk.device-write",
  kernel: "system.kernel",
};

/** Writing through a place: what its links lead to counts as well. */
export function touchWrite(place: Place, mode: WriteMode): Touch {
  const zone = stricter(place.zone, place.real_zone, writeKinds);
  const kind = writeKinds[zone];
  if (place.kind === "block") return told("disk.device-write", `write to the device \`${place.shown}\``);
  // A project's own `.env` is written every day; it is reading it that needs a look.
  if (zone === "secret" && place.zone === "secret" && place.through_link)
    return told("system.ssh-key", `write \`${place.shown}\``);
  if (zone === "secret" && place.inside) return overwrite(place, mode);
  if (zone === "secret" && (place.real ?? place.entry ?? "").startsWith("/etc/"))
    return told("system.write", `${verbs[mode]} \`${place.shown}\``);
  if (kind !== "harmless.write") return told(kind, `${verbs[mode]} \`${place.shown}\``);
  if (place.through_link && place.real_zone !== "workspace" && place.real_zone !== "temporary")
    return told("unknown.outside-write", `write outside the workspace through the link \`${place.shown}\``);
  return overwrite(place, mode);
}

const verbs: Readonly<Record<WriteMode, string>> = {
  append: "append to",
  create: "write",
  overwrite: "replace the content of",
  empty: "empty",
};

function overwrite(place: Place, mode: WriteMode): Touch {
  const there = place.kind === "file" || place.kind === "link";
  const path = place.real ?? place.entry;
  if (!there || mode === "append" || mode === "create" || place.size === 0 || place.zone === "stream" || path === null)
    return told("harmless.write", `write \`${place.shown}\``);
  const rescue: Rescue = { kind: "path", path };
  const effect: Effect =
    mode === "empty"
      ? { kind: "delete.overwrite-empty", what: `empty the file \`${place.shown}\`` }
      : { kind: "harmless.write", what: `replace the content of \`${place.shown}\`` };
  return { effect, rescue };
}

const deleteKinds: Readonly<Record<Zone, EffectKind>> = {
  stream: "delete.floor",
  workspace: "delete.trash",
  temporary: "delete.trash",
  cache: "delete.trash",
  outside: "delete.trash",
  home: "delete.trash",
  unknown: "delete.trash",
  git: "delete.important",
  "git-hook": "delete.important",
  startup: "delete.important",
  ssh: "delete.important",
  secret: "delete.trash",
  "agent-config": "self-protect.agent-config",
  guard: "self-protect.tamper",
  "workspace-root": "delete.important",
  "home-root": "delete.floor",
  system: "delete.floor",
  root: "delete.floor",
  device: "delete.floor",
  kernel: "delete.floor",
};

/** Deleting the entry itself; its links are not followed, those of its folders are. `home` is the person's. */
export function touchDelete(place: Place, home: string): Touch {
  const what = `delete \`${place.shown}\``;
  if (place.zone === "unknown" && emptyMeansRoot(place.shown))
    return told("delete.unknown-root", `${what}, which is a root where the variable is empty`);
  if (place.zone === "unknown" && place.lexical === null && everything.test(place.shown))
    return told("delete.unknown-root", `${what}, all of a folder that is only known when it runs`);
  if (place.entry === null && place.lexical !== null)
    return told("delete.through-link", `${what}, on whose way a link leads nowhere`);
  const kind = deleteKinds[place.zone];
  if (place.zone === "outside" && place.entry !== null && place.entry.lastIndexOf("/") === 0)
    return told("delete.floor", what);
  if (place.entry !== null && trashes.test(place.entry)) return told("delete.trash-clear", what);
  if (kind === "delete.trash" && place.zone === "secret" && place.entry?.startsWith(`${home}/.`) === true)
    return told("delete.important", what);
  // Git says itself that a lock which a dead process left is to be removed.
  if (place.zone === "git" && place.entry !== null && /\/\.git\/(?:[^/]+\/)*[^/]+\.lock$/.test(place.entry))
    return { effect: { kind: "delete.trash", what }, rescue: { kind: "path", path: place.entry, deleted: true } };
  if (kind === "delete.trash" && place.through_link)
    return told("delete.through-link", `${what}, which a link leads out of the workspace`);
  const path = place.any_child && place.kind === "unknown" ? null : place.entry;
  const rescue: Rescue | null = kind === "delete.trash" && path !== null ? { kind: "path", path, deleted: true } : null;
  return { effect: { kind, what }, rescue };
}

// `$X/`, `$X/*`, `$X/bin/../`: what is left without the unknown stretch is the root, or everything in it.
const emptyMeansRoot = (shown: string): boolean =>
  /^…+\/+(?:\.?\*?|\{.*\})?$/.test(shown) ||
  (/^…+\/.*\.\./.test(shown) && foldPath(shown.replaceAll("…", "").replace(/\/\.?\*$/, ""), "/") === "/");
// `cd "$X" && rm -rf *`.
const everything = /^(?:\.\/)*(?:\.?\*|\.{1,2}|\.\[[^\]/]*\]\*|\.\?+\*?)\/?$/;
const trashes = /\/(?:\.local\/share\/Trash|\.Trash(?:-\d+)?|\.Trashes)(?:\/|$)/;

// Folders of a home that hold what a person made, or what programs need to know the person.
const personal =
  /^(?:Documents|Desktop|Downloads|Pictures|Music|Movies|Videos|Public|Templates|Library|Applications|Dropbox|OneDrive|\.config|\.local(?:\/(?:share|state|bin|lib))?|\.aws|\.kube|\.docker|\.azure|\.mozilla|\.thunderbird|\.pki|\.cargo|\.rustup)$/;

/** True for what goes to the trash only after a question: a folder that is the person's, or a volume. */
export function isPersonal({ entry, zone }: Place, home: string): boolean {
  if (entry === null) return false;
  if (zone === "outside") return /^\/(?:Volumes|mnt|media|run\/media\/[^/]+|media\/[^/]+)\/[^/]+$/.test(entry);
  return zone === "home" && entry.startsWith(`${home}/`) && personal.test(entry.slice(home.length + 1));
}

const metadataKinds: Readonly<Record<Zone, EffectKind>> = {
  stream: "harmless.run",
  workspace: "harmless.run",
  temporary: "harmless.run",
  cache: "harmless.run",
  "workspace-root": "harmless.run",
  outside: "unknown.outside-write",
  home: "unknown.outside-write",
  unknown: "unknown.outside-write",
  git: "harmless.run",
  "git-hook": "git.hook",
  startup: "system.metadata",
  ssh: "system.metadata",
  secret: "system.metadata",
  "agent-config": "self-protect.agent-config",
  guard: "self-protect.tamper",
  "home-root": "system.metadata",
  system: "system.metadata",
  root: "system.metadata",
  device: "system.metadata",
  kernel: "system.kernel",
};

/** Changing mode, owner or attributes. */
export function touchMetadata(place: Place, what: string): Touch {
  const zone = stricter(place.zone, place.real_zone, metadataKinds);
  return told(metadataKinds[zone], `${what} \`${place.shown}\``);
}

const zoneOrder: readonly Zone[] = [
  "stream",
  "workspace",
  "workspace-root",
  "temporary",
  "cache",
  "outside",
  "home",
  "unknown",
  "secret",
  "git",
  "git-hook",
  "startup",
  "ssh",
  "home-root",
  "agent-config",
  "system",
  "kernel",
  "root",
  "device",
  "guard",
];

function stricter(a: Zone, b: Zone, kinds: Readonly<Record<Zone, EffectKind>>): Zone {
  if (kinds[a] === kinds[b]) return a;
  return zoneOrder.indexOf(a) >= zoneOrder.indexOf(b) ? a : b;
}
