// Options that take a container's walls down: privileges, capabilities, namespaces and devices of this machine.
import { type Arg, HOLE } from "../../arg.ts";
import type { Options } from "../../options.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import { shown } from "../_words.ts";
import { longMount, volumeMount } from "./_host-mount.ts";

// What an engine gives anyway, and what only touches the container's own threads and memory.
const usualCapabilities: ReadonlySet<string> = new Set(
  "CHOWN DAC_OVERRIDE FOWNER FSETID KILL SETGID SETUID SETPCAP NET_BIND_SERVICE NET_RAW SYS_CHROOT MKNOD AUDIT_WRITE SETFCAP IPC_LOCK SYS_NICE WAKE_ALARM".split(
    " ",
  ),
);

const hostDevices =
  /^(?:\/dev\/(?:dri|kfd|snd|video\d*|nvidia[\w-]*|kvm|ttyUSB\d+|ttyACM\d+|net\/tun|fuse|null|shm|input)(?:\/[\w-]+)?|[\w.-]+\/[\w.-]+=[\w,:-]+)(?::|$)/;

const off = (value: Arg | undefined): boolean => value !== undefined && /^(?:false|0|no)$/i.test(value.text);

/** What the options of `run`, `create`, `exec` and `build` take from this machine. */
export function wallsDown(on: Evaluation, options: Options): readonly Outcome[] {
  const refuse = (what: string): Outcome => on.effect("privilege.container", `start a container ${what}`);
  return [
    ...privileged(options).map((name) => refuse(`with \`--${name}\``)),
    ...options
      .values("cap-add")
      .flatMap((value) => (isUsual(value) ? [] : [refuse(`with the capability \`${shown(value)}\``)])),
    ...["pid", "ipc", "userns", "uts", "cgroupns"].flatMap((name) =>
      options
        .values(name)
        .filter(isHost)
        .map(() => refuse(`in the ${name} namespace of this machine`)),
    ),
    ...options
      .values("network")
      .filter(isHost)
      .map(() => on.effect("infra.admin", "give a container the network of this machine")),
    ...options
      .values("security-opt")
      .flatMap((value) => (loosens(value) ? [refuse(`with \`--security-opt ${shown(value)}\``)] : [])),
    ...options.values("device").map((value) => device(on, value, refuse)),
    ...options.values("device-cgroup-rule").map((value) => refuse(`that may use devices \`${shown(value)}\``)),
    ...options.values("volume").map((value) => volumeMount(on, value)),
    ...options.values("mount").map((value) => longMount(on, value)),
    ...options
      .values("hooks-dir")
      .map((value) => on.effect("code-injection.tool-exec", `run the hooks in \`${shown(value)}\``)),
    ...[
      ...options.values("cidfile"),
      ...options.values("pidfile"),
      ...options.values("iidfile"),
      ...options.values("metadata-file"),
    ].map((path) => on.write(path, "create")),
  ];
}

const privileged = ({ given }: Options): readonly string[] =>
  given.flatMap(({ name, value }) =>
    (name === "privileged" || name === "use-api-socket") && !off(value) ? [name] : [],
  );

// SECURITY: a value that is not known counts as the worst it could be.
const isHost = ({ text }: Arg): boolean => text === "host" || text.startsWith("host:") || text.includes(HOLE);

const isUsual = ({ text }: Arg): boolean =>
  text.split(",").every((one) => usualCapabilities.has(one.toUpperCase().replace(/^CAP_/, "")));

const loosens = ({ text }: Arg): boolean =>
  /unconfined|disable|(?:seccomp|apparmor|label|systempaths|unmask|proc-opts)[=:]|^no-new-privileges[=:]false$|\0/.test(
    text,
  );

function device(on: Evaluation, value: Arg, refuse: (what: string) => Outcome): Outcome {
  if (!hostDevices.test(value.text)) return refuse(`with the device \`${shown(value)}\``);
  return on.effect("infra.admin", `give a container the device \`${shown(value)}\``);
}
