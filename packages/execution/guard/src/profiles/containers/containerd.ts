// Clients of a container runtime itself, below the engines: `ctr`, `crictl`, `runc`.
import { grammar, readOptions } from "../../options.ts";
import type { Profile } from "../../profile.ts";
import { judgeSubcommands, sensed, type Special } from "../_subcommands.ts";
import { oddWords } from "../_words.ts";
import { runImage, runInside } from "./_inside.ts";
import { wallsDown } from "./_walls.ts";

const startOptions = grammar(
  "rm null-io log-uri= d,detach fifo-dir= cgroup= platform= cni runtime= snapshotter= snapshotter-label= t,tty env= cwd= env-file= label= annotation= mount= net-host privileged read-only " +
    "pid-file= gpus= seccomp seccomp-profile= apparmor-profile= apparmor-default-profile= blockio-config-file= rdt-class= hostname= user= cap-add= cap-drop= device= memory-limit= cpus= " +
    "allow-new-privs rootfs with-ns= exec-id= i,interactive s,sync timeout= ignore-errors r,transport= detach-keys= u,user= w,workdir=  help",
  { posix: true },
);

const start: Special = ({ on, tail, name }) => {
  const options = readOptions(tail, startOptions);
  const [image, , ...words] = options.operands;
  const host = ["net-host", "with-ns", "allow-new-privs"].filter((one) => options.has(one));
  return on.join(
    ...oddWords(on, name, [...options.unknown, ...options.uncertain]),
    ...wallsDown(on, options),
    ...host.map((one) => on.effect("privilege.container", `start a container with \`--${one}\``)),
    image === undefined ? on.fine() : runImage(on, image, words),
  );
};

const exec: Special = ({ on, tail, name }) => {
  const options = readOptions(tail, startOptions);
  return on.join(
    ...oddWords(on, name, [...options.unknown, ...options.uncertain]),
    ...wallsDown(on, options),
    runInside(on, options.operands.slice(1)),
  );
};

// What these start is described by a file that gives the container whatever it likes.
const described: Special = ({ on, name }) =>
  on.join(
    on.effect("privilege.container", `start a container that a file describes (\`${name}\`)`),
    sensed(on, "apply", name),
  );

export const profile: Profile = {
  names: ["ctr", "crictl", "runc", "crun"],
  summary: "talks to a container runtime",
  judge: judgeSubcommands({
    options:
      "a,address= n,namespace= timeout= connect-timeout= debug c,config= r,runtime-endpoint= i,image-endpoint= t,timeout= D,debug root= log= log-format= criu= rootless= systemd-cgroup v,version",
    means: {
      read:
        "ps, images, image, img, logs, inspect, inspecti, inspectp, imagefsinfo, info, version, stats, statsp, pods, events, port-forward, pull, completion, help, config, state, list, features, spec, " +
        "images|image|i ls|list|check|pull|tag|mount|usage|inspect, containers|container|c ls|list|info, tasks|task|t ls|list|ps|metrics, snapshots|snapshot ls|list|info|usage|tree, " +
        "namespaces|namespace|ns ls|list, plugins|plugin ls|list|inspect, content ls|list|get|active, leases ls|list, oci spec",
      destroy:
        "rm, rmi, rmp, stop, stopp, kill, delete, images|image|i rm|remove|delete|del|unmount, containers|container|c rm|delete|del, tasks|task|t rm|kill|delete|del, snapshots|snapshot rm|delete, " +
        "namespaces|namespace|ns rm|remove, content rm|prune, leases rm|delete, sandboxes|sandbox rm, pause, events-clear",
      apply:
        "update, tasks|task|t start|pause|resume|checkpoint, start, resume, checkpoint, restore, containers|container|c create|restore|label, namespaces|namespace|ns create|label, images|image|i import|export|convert|label, snapshots|snapshot *, install",
      publish: "images|image|i push",
      exec: "shim, unshare",
    },
    special: {
      run: start,
      "containers|container|c create": start,
      "tasks|task|t exec": exec,
      exec,
      "runp|create|restore": described,
    },
  }),
  matches: [
    { line: "ctr run --privileged image id sh", decision: "deny", effect: "privilege.container" },
    {
      line: "ctr run --mount type=bind,src=/,dst=/host,options=rbind image id sh",
      decision: "deny",
      effect: "privilege.container",
    },
    { line: "ctr -n k8s.io images rm image", decision: "ask", effect: "infra.destroy" },
    { line: "crictl rmi --prune", decision: "ask", effect: "infra.destroy" },
    { line: "crictl exec -it id rm -rf /data", decision: "ask", effect: "infra.destroy" },
    { line: "runc create id", decision: "deny", effect: "privilege.container" },
  ],
  spares: ["ctr images ls", "crictl ps", "crictl logs -f id", "crictl exec -it id ls", "ctr -n k8s.io c ls"],
};
