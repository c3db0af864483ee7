// What a container is given of this machine: a folder it mounts is a folder that it writes as root.
import { type Arg, HOLE } from "../../arg.ts";
import type { Place, Zone } from "../../paths/place.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import { readTree } from "../_read-files.ts";
import { partOf, shown } from "../_words.ts";

/** How a container may use what it mounts. */
export type Access = "read" | "write";

const engineSocket =
  /(?:docker|containerd|podman|crio|cri-dockerd|buildkitd?|nerdctl|libpod|kubelet|lxd|incus)[^/]*\.sock$|\/(?:lxd|incus)\/unix\.socket$/;
// Files that tell a container the time, the names and the certificates of its host.
const harmlessSystem =
  /^\/etc\/(?:localtime|timezone|hosts|resolv\.conf|passwd|group|machine-id|os-release|nsswitch\.conf|hostname|ssl\/certs(?:\/.*)?|ca-certificates(?:\/.*)?|pki(?:\/.*)?)$|^\/(?:usr\/share|usr\/lib\/locale)(?:\/|$)/;
// Folders that every program of this machine may write to anyway.
const everybodys = /^\/(?:tmp|var\/tmp|dev\/shm|private\/tmp)$/;
const readableSystem = /^\/(?:usr|opt|srv|nix|Library|Applications|snap|lib|lib64|var\/(?:log|cache|www))\/[^/]/;
const hostFolders = /^\/(?:$|\.|etc|root|home|Users|var|boot|dev|proc|sys|run|lib|usr|s?bin|private)(?:\/|$)/;

const takesHost = (on: Evaluation, source: Arg): Outcome =>
  on.effect("privilege.container", `give a container \`${shown(source)}\` of this machine`);

/** A host folder, file or socket that a container mounts. */
export function hostMount(on: Evaluation, source: Arg, access: Access): Outcome {
  if (engineSocket.test(source.text)) return takesHost(on, source);
  const places = on.places(source);
  if (places.length === 0) return hostFolders.test(source.text) ? takesHost(on, source) : on.fine();
  return on.join(...places.map((place) => mountPlace(on, source, place, access)));
}

function mountPlace(on: Evaluation, source: Arg, place: Place, access: Access): Outcome {
  if ([place.real, place.lexical].some((path) => path !== null && engineSocket.test(path)))
    return takesHost(on, source);
  if (everybodys.test(place.real ?? "") && everybodys.test(place.lexical ?? "")) return on.fine();
  const zones = [...new Set<Zone>([place.zone, place.real_zone])];
  return on.join(...zones.map((zone) => mountZone(on, source, { zone, path: place.real ?? place.lexical, access })));
}

interface Mounted {
  readonly zone: Zone;
  readonly path: string | null;
  readonly access: Access;
}

function mountZone(on: Evaluation, source: Arg, { zone, path, access }: Mounted): Outcome {
  switch (zone) {
    case "stream":
    case "workspace":
    case "workspace-root":
    case "temporary":
    case "cache":
    case "git":
    case "git-hook":
      return on.fine();
    case "root":
    case "home-root":
    case "device":
    case "kernel":
      return takesHost(on, source);
    case "system":
      return systemMount(on, source, { zone, path, access });
    case "unknown":
      return on.effect(
        "unknown.write-target",
        `give a container \`${shown(source)}\`, which is only known when it runs`,
      );
    default:
      return access === "read" ? readTree(on, source) : on.join(readTree(on, source), on.write(source, "create"));
  }
}

function systemMount(on: Evaluation, source: Arg, { path, access }: Mounted): Outcome {
  if (path === null) return takesHost(on, source);
  if (harmlessSystem.test(path) && (access === "read" || /\/(?:localtime|timezone)$/.test(path))) return on.fine();
  return access === "read" && readableSystem.test(path) ? on.fine() : takesHost(on, source);
}

/** `SOURCE:TARGET[:OPTIONS]`: a source that is no path is a volume of the engine. */
export function volumeMount(on: Evaluation, value: Arg): Outcome {
  const [source = "", target, mode = ""] = value.text.split(":");
  if (target === undefined) return value.text.includes(HOLE) ? hostMount(on, value, "write") : on.fine();
  const isPath = /^(?:[/.~]|\0)/.test(source) || source.includes("/");
  if (!isPath) return on.fine();
  return hostMount(
    on,
    partOf(value, homeOf(on, source)),
    /(?:^|,)(?:ro|readonly)(?:,|$)/.test(mode) ? "read" : "write",
  );
}

// Compose and podman know `~` and `$HOME` themselves.
const homeOf = (on: Evaluation, path: string): string => path.replace(/^(?:~|\$\{?HOME\}?)(?=\/|$)/, on.setting.home);

/** `type=bind,source=/x,target=/y,readonly`. */
export function longMount(on: Evaluation, value: Arg): Outcome {
  const fields = value.text.split(",").map((field) => field.replaceAll(/["']/g, ""));
  const readOnly = fields.some((field) => /^(?:readonly|ro)(?:=true|=1)?$/.test(field));
  const type = fields.find((field) => field.startsWith("type="))?.slice(5);
  const sources = fields.flatMap((field) => /^(?:src|source|volume-opt=device)=(.*)$/s.exec(field)?.[1] ?? []);
  const paths = sources.filter((source) => type === "bind" || /^[/.~\0]/.test(source) || source.includes("/"));
  return on.join(
    on.fine(),
    ...paths.map((path) => hostMount(on, partOf(value, homeOf(on, path)), readOnly ? "read" : "write")),
  );
}
