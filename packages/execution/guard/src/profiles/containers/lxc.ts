// System containers: LXD, Incus and the plain LXC tools.
import type { Arg } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Evaluation, Outcome, Profile } from "../../profile.ts";
import { judgeSubcommands, sensed, type Special } from "../_subcommands.ts";
import { oddWords, partOf, shown } from "../_words.ts";
import { copyFiles } from "./_compose.ts";
import { hostMount } from "./_host-mount.ts";
import { runInside } from "./_inside.ts";

const execOptions = grammar(
  "cwd= env= n,disable-stdin group= mode= T,force-noninteractive t,force-interactive user= q,quiet v,verbose debug project= help",
);
const exec: Special = ({ on, tail, name }) => {
  const end = tail.findIndex(({ text }) => text === "--");
  const options = readOptions(end < 0 ? tail.slice(0, 1) : tail.slice(0, end), execOptions);
  return on.join(...oddWords(on, name, options.unknown), runInside(on, end < 0 ? tail.slice(1) : tail.slice(end + 1)));
};

const attachOptions = grammar(
  "n,name= e,elevated-privileges=? a,arch= s,namespaces= R,remount-sys-proc keep-env clear-env L,pty-log= v,set-var= keep-var= f,rcfile= P,lxcpath= u,uid= g,gid= o,logfile= l,logpriority= q,quiet help d,daemon F,foreground p,pidfile= c,console= share-net=",
  { posix: true },
);

/** `key=value` words of a configuration: some make the container root on this machine. */
function settings(on: Evaluation, words: readonly Arg[]): readonly Outcome[] {
  return words.flatMap((word) => {
    if (
      /security\.(?:privileged|nesting)(?:=| *$)|raw\.(?:lxc|apparmor|seccomp|idmap|qemu)|security\.syscalls|linux\.kernel_modules|\0/.test(
        word.text,
      )
    )
      return [on.effect("privilege.container", `start a container with \`${shown(word)}\``)];
    const source = /^(?:source|path)=(.*)$/s.exec(word.text);
    return source !== null && word.text.startsWith("source=")
      ? [hostMount(on, partOf(word, source[1] ?? ""), "write")]
      : [];
  });
}

const change: Special = ({ on, tail, name }) => on.join(...settings(on, tail), sensed(on, "apply", name));
const files: Special = ({ on, rest }) =>
  copyFiles(
    on,
    rest.map((word) =>
      /^[^/.~][^/]*\/./.test(word.text) && !word.text.includes(":") ? partOf(word, `c:${word.text}`) : word,
    ),
  );

const judgeClient = judgeSubcommands({
  options:
    "project= force-local debug q,quiet v,verbose sub-commands version f,format= c,config= p,profile= s,storage= n,network= d,device= t,type= target= t columns= r,recursive",
  means: {
    read:
      "list, ls, info, version, help, remote list|get-default, image list|info|show|get-property|alias list, image alias list, config show|get, config device list|show|get, config template list|show, " +
      "config metadata show, config trust list|show, profile list|show|get, profile device list|show|get, network list|show|info|get, storage list|show|info|get, storage volume list|show|info|get, " +
      "snapshot list|show, project list|show|get|info|current, cluster list|show|info|get, warning list|show, monitor, alias list, operation list|show, top, start, restart, pause, resume, console, webui",
    destroy:
      "delete, rm, stop, restore, rebuild, image delete|alias delete, image alias delete, config unset, config device remove|unset, config template delete, profile delete|unset|remove, profile device remove, " +
      "network delete|unset|detach*, storage delete|unset, storage volume delete|detach*|restore|unset, snapshot delete|restore, project delete|unset, cluster remove|evacuate, remote remove, operation delete, config trust remove",
    apply: "*",
    admin: "remote *, config trust *, auth *, project switch, cluster *, admin *",
    publish: "publish, export",
  },
  special: {
    exec,
    shell: exec,
    "launch|init|create|copy|cp|move|mv|rename|snapshot|import|edit": change,
    "config set|edit": change,
    "config device add|set|override": change,
    "profile set|edit|create|assign|add|copy": change,
    "profile device add|set": change,
    "storage create|set|edit": change,
    "storage volume create|set|attach|import": change,
    "file pull|push|get|put": files,
    "file delete|edit|mount|create": ({ on, name }) => sensed(on, "destroy", name),
  },
});

function judgeTool(name: string, on: Evaluation, args: readonly Arg[]): Outcome {
  if (/^lxc-(?:ls|info|top|monitor|checkconfig|config|wait)$/.test(name)) return on.fine();
  const options = readOptions(args, attachOptions);
  const words = options.operands;
  const host =
    options.has("elevated-privileges") || options.has("share-net")
      ? [on.effect("privilege.container", `run \`${name}\` with elevated privileges`)]
      : [];
  if (name === "lxc-usernsexec" || name === "lxc-unshare") return on.effect("privilege.namespace", `run \`${name}\``);
  if (name === "lxc-attach" || name === "lxc-execute")
    return on.join(...host, ...oddWords(on, name, options.unknown), runInside(on, words));
  return on.join(...host, ...settings(on, args), sensed(on, /destroy|stop/.test(name) ? "destroy" : "apply", name));
}

export const profile: Profile = {
  names: ["lxc", "incus", "lxc-*"],
  summary: "runs system containers",
  judge: (call, on) => (call.name.startsWith("lxc-") ? judgeTool(call.name, on, call.args) : judgeClient(call, on)),
  matches: [
    { line: "lxc launch ubuntu:24.04 c -c security.privileged=true", decision: "deny", effect: "privilege.container" },
    {
      line: "incus config device add c host disk source=/ path=/host",
      decision: "deny",
      effect: "privilege.container",
    },
    { line: "lxc config set c security.privileged true", decision: "deny", effect: "privilege.container" },
    { line: "lxc delete -f c", decision: "ask", effect: "infra.destroy" },
    { line: "lxc exec c -- rm -rf /srv", decision: "ask", effect: "infra.destroy" },
    { line: "lxc-destroy -n c", decision: "ask", effect: "infra.destroy" },
  ],
  spares: ["lxc list", "incus list -f json", "lxc exec c -- ls /", "lxc info c", "lxc-ls -f"],
};
