// Containers that share the home and the files of this machine: what runs in them runs here.
import { grammar, readOptions } from "../../options.ts";
import type { Profile } from "../../profile.ts";
import { judgeSubcommands, type Special } from "../_subcommands.ts";
import { oddWords, runJoined } from "../_words.ts";

const enterOptions = grammar(
  "n,name= c,container= d,distro= r,release= root H,home= additional-flags= T,no-tty e,exec no-workdir clean-path v,verbose V,version h,help " +
    "B,bind= home= pwd= W,workdir= env= env-file= nv rocm writable writable-tmpfs contain containall cleanenv fakeroot no-home no-mount= mount= overlay= net network= dns= hostname= app= security= add-caps= drop-caps= allow-setuid keep-privs no-privs pid ipc uts userns u docker-login disable-cache apply-cgroups= scratch= S= no-init vm silent",
  { posix: true },
);

/** `distrobox enter NAME -- COMMAND`, `toolbox run COMMAND`, `apptainer exec IMAGE COMMAND`. */
const enter: Special = ({ on, call, tail }) => {
  const options = readOptions(tail, enterOptions);
  const named = call.name === "toolbox" ? 0 : options.has("name") ? 0 : 1;
  const rest = options.operands.slice(named);
  const words = rest[0]?.text === "--" ? rest.slice(1) : rest;
  const host = options.has("root", "allow-setuid", "keep-privs", "add-caps")
    ? [on.effect("privilege.container", `run \`${call.name}\` as root of this machine`)]
    : [];
  return on.join(...host, ...oddWords(on, call.name, [...options.unknown, ...options.uncertain]), runJoined(on, words));
};

const write: Special = ({ on, rest }) =>
  on.join(on.fine(), ...rest.slice(0, 1).map((path) => on.write(path, "overwrite")));

export const profile: Profile = {
  names: ["distrobox", "distrobox-enter", "toolbox", "apptainer", "singularity"],
  summary: "runs commands in a container that shares this machine's files",
  judge: (call, on) =>
    call.name === "distrobox-enter"
      ? enter({
          call,
          on,
          options: readOptions([], enterOptions),
          path: [],
          rest: [],
          tail: call.args,
          name: call.name,
        })
      : judge(call, on),
  matches: [
    { line: "distrobox enter dev -- sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "toolbox run -c dev rm -rf dist", decision: "rewrite", effect: "delete.trash" },
    { line: "apptainer exec a.sif rm -rf /", decision: "deny", effect: "delete.floor" },
    { line: "distrobox rm -f dev", decision: "ask", effect: "infra.destroy" },
    { line: "singularity push a.sif library://x/y", decision: "ask", effect: "infra.publish" },
  ],
  spares: [
    "distrobox list",
    "toolbox list",
    "apptainer exec a.sif ls",
    "distrobox enter dev -- npm test",
    "apptainer inspect a.sif",
  ],
};

const judge = judgeSubcommands({
  options: "v,verbose q,quiet d,debug s,silent c,config= nocolor y,assumeyes log-level= log-podman",
  means: {
    read: "list, ls, help, version, inspect, verify, search, pull, cache list, key list, remote list|status, sif list|info|header|dump, instance list|stats, capability list, buildcfg, config global-get, overlay create, plugin list",
    destroy:
      "rm, stop, rmi, delete, cache clean, key remove, instance stop, remote remove, sif del, capability drop, upgrade",
    apply:
      "create, ephemeral, assemble, generate-entry, init-container, instance start, sign, sif *, overlay *, config *, export",
    admin: "remote *, key *, registry *, capability *, keyserver *",
    publish: "push",
    url: "plugin install",
  },
  special: { "enter|run|exec|shell|test": enter, build: write },
});
