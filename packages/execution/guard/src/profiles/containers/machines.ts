// Machines and clusters of this machine's own: virtual machines, and Kubernetes in containers.
import { type Arg, literal } from "../../arg.ts";
import { grammar, type Options, readOptions } from "../../options.ts";
import type { Evaluation, Outcome, Profile } from "../../profile.ts";
import { type Here, judgeSubcommands, sensed, type Special } from "../_subcommands.ts";
import { oddWords, partOf } from "../_words.ts";
import { copyFiles } from "./_compose.ts";
import { hostMount, volumeMount } from "./_host-mount.ts";
import { runInside, scriptInside } from "./_inside.ts";

const startWords =
  "mount-string= v,volume= p,profile= c,cpu,cpus= m,memory= d,disk= driver= vm-type= kubernetes-version= k,kubernetes n,nodes,name= addons= container-runtime= r,runtime= a,arch,agents= s,servers= i,image= t,tty config= wait= " +
  "network= api-port= port= kubeconfig-update-default kubeconfig-switch-context registry-create= registry-use= k3s-arg= provider= provision=? no-provision edit e,env= h,help cloud-init= bridged";
// `--mount` has a value for one of them, and none for the others.
const startOptions = grammar(`${startWords} mount`);
const colimaOptions = grammar(`${startWords} mount= V,mount=`);

const optionsOf = ({ call, tail }: Here): Options =>
  readOptions(tail, call.name === "colima" ? colimaOptions : startOptions);

const mounted = (on: Evaluation, options: Options): readonly Outcome[] =>
  [...options.values("mount"), ...options.values("mount-string"), ...options.values("volume")].map((value) =>
    value.text.includes(":")
      ? volumeMount(on, partOf(value, value.text.replace(/:[wr]$/, ":/x")))
      : hostMount(on, value, "write"),
  );

const start: Special = (here) => here.on.join(...mounted(here.on, optionsOf(here)), here.on.fine());
const create: Special = (here) =>
  here.on.join(...mounted(here.on, optionsOf(here)), sensed(here.on, "apply", here.name));

const shellOptions = grammar(
  "c,command= p,profile,plain= n,node= native-ssh=? workdir= shell= d,working-directory= w debug help k,no-kill",
  { posix: true },
);

/** A shell in the machine, or one command there. */
const shell: Special = ({ on, tail, call }) => {
  const options = readOptions(tail, shellOptions);
  const named = call.name === "multipass" || call.name === "limactl";
  const words = named ? options.operands.slice(1) : options.operands;
  const command = options.value("command");
  const own = call.name === "vagrant" ? afterDashes(tail) : words;
  return on.join(
    ...oddWords(on, call.name, options.unknown),
    command === undefined ? on.fine() : scriptInside(on, command),
    inMachine(on, own),
  );
};

// One word is a text for the shell there.
const inMachine = (on: Evaluation, words: readonly Arg[]): Outcome => {
  const [only] = words;
  return only !== undefined && words.length === 1 ? scriptInside(on, only) : runInside(on, words);
};

const afterDashes = (tail: readonly Arg[]): readonly Arg[] => {
  const end = tail.findIndex(({ text }) => text === "--");
  return end < 0 ? [] : tail.slice(end + 1);
};

const kubectl: Special = ({ on, tail }) =>
  on.run([literal("kubectl"), ...tail.filter(({ text }, index) => !(index === 0 && text === "--"))]);
const copy: Special = ({ on, rest }) => copyFiles(on, rest);
const mount: Special = ({ on, rest, name }) =>
  on.join(
    ...rest
      .slice(0, 1)
      .map((source: Arg) => volumeMount(on, source.text.includes(":") ? source : partOf(source, `${source.text}:/`))),
    sensed(on, "apply", name),
  );

const judge = judgeSubcommands({
  options:
    "p,profile= n,node= v,verbosity= alsologtostderr logtostderr log_dir= stderrthreshold= vmodule= add_dir_header skip-audit rootless=? user= b,bootstrapper= interactive=? skip_headers one_output " +
    "q,quiet verbose timestamps trace kubeconfig= name= retain wait= image= debug log-level= log-format= very-verbose machine-readable color no-color no-tty timestamp debug-timestamp tty=? format= o,output= " +
    "y,yes f,force purge all a",
  means: {
    read:
      "status, st, list, ls, active, inspect, url, config, info, version, help, ip, logs, service *, profile, profile list, addons list, image ls|list, config get|view|defaults, ssh-key, ssh-host, license, completion, node list, options, " +
      "get, get clusters, get nodes, clusters, cluster list|ls|get, nodes list|ls, node list|ls, registry list|ls, export logs, export kubeconfig, load *, build *, " +
      "global-status, ssh-config, validate, box list|outdated, port, snapshot list, plugin list, cap, find, networks, get *, aliases, snapshot-list, list-images, image load|pull|build|import|tag|save, " +
      "stop, pause, unpause, halt, suspend, resume, restart, reload, cache *, model list, template list, update-context, kubernetes start|stop, dashboard, sudoers, disk list|ls, machine list, ssh-env",
    generator: "docker-env, podman-env, env",
    secret: "get kubeconfig, kubeconfig get, kubeconfig print",
    destroy:
      "delete, rm, destroy, purge, recover, reset, prune, umount, unmount, cluster delete|stop|rm, node delete|rm|stop, registry delete|rm, kubernetes delete|reset, box remove|prune, snapshot delete|restore|pop, " +
      "addons disable, image rm|unload, config unset, factory-reset, disk delete, snapshot-restore, stop-all, plugin uninstall|expunge",
    apply:
      "addons enable|configure|images, config set, node add|start|create|edit, cluster edit|start, registry create, tunnel, kubeconfig merge|write, set, alias, unalias, prefer, authenticate, clone, edit, disk create|resize|unlock, " +
      "provision, package, snapshot save|push|create, snapshot, box add|update|repackage, init, rsync, rsync-auto, powershell, winrm, rdp, upload, kubernetes *, update, snapshot *, template *, sudoers-install, set-context, docker-setup, protect, unprotect",
    url: "plugin install|update|repair, box add-url",
    publish: "image push, cloud *, push, login",
  },
  special: {
    "start|up": start,
    "create|launch": create,
    "create cluster": create,
    "cluster create": create,
    "ssh|exec|shell": shell,
    kubectl,
    "cp|copy|transfer|copy-files": copy,
    mount,
  },
});

export const profile: Profile = {
  names: ["minikube", "kind", "k3d", "k0sctl", "multipass", "colima", "limactl", "vagrant", "docker-machine"],
  summary: "runs machines and clusters of its own on this machine",
  judge,
  matches: [
    { line: "minikube delete --all --purge", decision: "ask", effect: "infra.destroy" },
    { line: "kind delete cluster --name dev", decision: "ask", effect: "infra.destroy" },
    { line: "vagrant destroy -f", decision: "ask", effect: "infra.destroy" },
    { line: "vagrant ssh -c 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "multipass exec vm -- rm -rf /srv", decision: "ask", effect: "infra.destroy" },
    { line: "k3d cluster create dev --volume /:/host", decision: "deny", effect: "privilege.container" },
    { line: "colima start --mount /:w", decision: "deny", effect: "privilege.container" },
  ],
  spares: ["minikube status", "kind get clusters", "vagrant status", "multipass list", "colima start --cpu 4"],
};
