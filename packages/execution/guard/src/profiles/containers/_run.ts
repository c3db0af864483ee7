// `run`, `create` and `exec` of container engines: what the container gets of this machine, and what it runs.
import { type Arg, HOLE } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Outcome } from "../../profile.ts";
import type { Here, Special } from "../_subcommands.ts";
import { oddWords, partOf, shown } from "../_words.ts";
import { volumeMount } from "./_host-mount.ts";
import { runImage, runInside } from "./_inside.ts";
import { secretFile } from "./_secret-file.ts";
import { wallsDown } from "./_walls.ts";

const runOptions = grammar(
  "d,detach disable-content-trust init i interactive=? no-healthcheck oom-kill-disable privileged=? P,publish-all read-only=? rm=? sig-proxy=? t tty=? q,quiet use-api-socket=? help " +
    "add-host= annotation= a,attach= blkio-weight= blkio-weight-device= cap-add= cap-drop= cgroup-parent= cgroupns= cidfile= cpu-count= cpu-percent= cpu-period= cpu-quota= " +
    "cpu-rt-period= cpu-rt-runtime= c,cpu-shares= cpus= cpuset-cpus= cpuset-mems= detach-keys= device= device-cgroup-rule= device-read-bps= device-read-iops= device-write-bps= " +
    "device-write-iops= dns= dns-opt= dns-option= dns-search= domainname= entrypoint= e,env= env-file= expose= gpus= group-add= health-cmd= health-interval= health-retries= " +
    "health-start-interval= health-start-period= health-timeout= h,hostname= io-maxbandwidth= io-maxiops= ip= ip6= ipc= isolation= kernel-memory= l,label= label-file= link= " +
    "link-local-ip= log-driver= log-opt= mac-address= m,memory= memory-reservation= memory-swap= memory-swappiness= mount= name= net,network= net-alias,network-alias= " +
    "oom-score-adj= pid= pids-limit= platform= p,publish= pull= restart= runtime= security-opt= shm-size= stop-signal= stop-timeout= storage-opt= sysctl= tmpfs= ulimit= u,user= " +
    "userns= uts= v,volume= volume-driver= volumes-from= w,workdir= " +
    // podman, nerdctl
    "arch= authfile= cgroup-conf= cgroups= chrootdirs= conmon-pidfile= creds= decryption-key= env-host env-merge= gidmap= uidmap= subuidname= subgidname= group-entry= passwd-entry= " +
    "hooks-dir= hostuser= http-proxy=? image-volume= init-path= infra-command= no-hosts no-hostname os= passwd=? personality= pidfile= pod= pod-id-file= preserve-fds= read-only-tmpfs=? " +
    "replace requires= retry= retry-delay= rmi rootfs=? sdnotify= seccomp-policy= secret= shm-size-systemd= systemd= timeout= tls-verify=? tz= umask= unsetenv= unsetenv-all variant= " +
    // compose
    "build no-deps service-ports use-aliases remove-orphans quiet-build quiet-pull T,no-TTY,no-tty env-from-file= index=",
  { posix: true },
);

const hostPrograms = ["init-path", "conmon-pidfile"];
const knownRuntimes = /^(?:runc|crun|runsc|nvidia|kata[\w.-]*|youki|sysbox-runc|io\.containerd\.[\w.-]+)$/;

/** `run` and `create`: the first operand is the image, the rest runs in it. */
export const runContainer: Special = (here) => {
  const { on, call, tail } = here;
  const options = readOptions(tail, runOptions);
  const [image, ...words] = options.operands;
  const odd = oddWords(on, here.name, [...options.unknown, ...options.uncertain]);
  if (options.has("help") && odd.length === 0) return on.fine();
  const host = hostPrograms
    .flatMap((name) => options.values(name))
    .map((value) => on.effect("code-injection.tool-exec", `start \`${shown(value)}\` beside a container`));
  const runtime = options.values("runtime").filter(({ text }) => !knownRuntimes.test(text));
  const environments = options.values("env-file").map((path) => secretFile(on, path));
  const rootfs =
    options.has("rootfs") && image !== undefined ? [volumeMount(on, partOf(image, `${image.text}:/`))] : [];
  const inside =
    image === undefined
      ? on.fine()
      : runImage(on, image, [
          ...options
            .values("entrypoint")
            .slice(-1)
            .filter(({ text }) => text !== ""),
          ...words,
        ]);
  return on.join(
    ...odd,
    ...oddWords(on, call.name, runtime),
    ...host,
    ...rootfs,
    ...environments,
    ...wallsDown(on, options),
    ...environment(here, options.has("env-host")),
    inside,
  );
};

const environment = ({ on }: Here, all: boolean): readonly Outcome[] =>
  all ? [on.effect("infra.admin", "give a container the whole environment")] : [];

const execOptions = grammar(
  "d,detach detach-keys= e,env= env-file= i interactive=? l,latest privileged=? t tty=? u,user= w,workdir=  preserve-fds= cidfile= index= T,no-TTY,no-tty dry-run help",
  { posix: true },
);

/** `exec`: the first operand is the container, the rest runs in it. */
export const execContainer: Special = ({ on, tail, name }) => {
  const options = readOptions(tail, execOptions);
  const words = options.has("latest") ? options.operands : options.operands.slice(1);
  if (options.has("dry-run")) return on.fine();
  return on.join(
    ...oddWords(on, name, [...options.unknown, ...options.uncertain]),
    ...wallsDown(on, options),
    runInside(on, words),
  );
};

/** False where one of these words may turn out to be several, such as `$(docker ps -q)`. */
export const areSingle = (words: readonly Arg[]): boolean =>
  !words.some(({ text, splits }) => splits && text.includes(HOLE));
