// Compose: the subcommands, and what the project's own file asks of this machine.
import { type Arg, literal, type Stream } from "../../arg.ts";
import type { Options } from "../../options.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import { textOfStream } from "../_known-text.ts";
import { readTree } from "../_read-files.ts";
import { type Here, judgeSubcommands, sensed, type Special } from "../_subcommands.ts";
import { shown } from "../_words.ts";
import { volumeMount } from "./_host-mount.ts";
import { areSingle, execContainer, runContainer } from "./_run.ts";

const upOptions = grammar("v,volumes rmi= V,renew-anon-volumes remove-orphans t,timeout= help");

const down: Special = ({ on, tail, name }) => {
  const options = readOptions(tail, upOptions);
  return options.has("volumes", "rmi") ? sensed(on, "destroy", name) : on.fine();
};

const up: Special = (here) => {
  const options = readOptions(here.tail, upOptions);
  const lost = options.has("renew-anon-volumes") ? [sensed(here.on, "destroy", here.name)] : [];
  return here.on.join(...lost, ...projectFiles(here), here.on.fine());
};

const run: Special = (here) => here.on.join(...projectFiles(here), runContainer(here));
const build: Special = ({ on, tail, name }) =>
  tail.some(({ text }) => text === "--push") ? sensed(on, "publish", name) : on.fine();
const stop: Special = ({ on, rest, name }) => (areSingle(rest) ? on.fine() : sensed(on, "destroy", name));

/** A call of compose: `docker compose …` without its first word, or `docker-compose …`. */
export const judgeCompose = judgeSubcommands({
  options:
    "f,file= p,project-name= profile= env-file= project-directory= parallel= ansi= progress= dry-run compatibility all-resources verbose v,version H,host= tls tlscacert= tlscert= " +
    "tlskey= tlsverify skip-hostname-check log-level= c,context= D,debug no-ansi workdir= in-pod= podman-path= podman-args=",
  means: {
    read: "ps, ls, logs, images, top, port, events, config, convert, version, stats, volumes, wait, help, pull, pause, unpause, create, scale, export, viz, bridge, alpha viz, attach, systemd",
    destroy: "rm",
    publish: "push, publish, alpha publish",
    apply: "commit",
  },
  special: {
    down,
    up,
    run,
    build,
    exec: execContainer,
    "stop|kill": stop,
    "start|restart|watch|create": up,
    cp: ({ on, rest }) => copyFiles(on, rest),
  },
  trial: ["dry-run"],
});

/** `cp`: one side is a container, the other a file of this machine. */
export function copyFiles(on: Evaluation, operands: readonly Arg[]): Outcome {
  const [from, to] = operands;
  const isLocal = (arg: Arg): boolean => arg.text === "-" || /^[./~]/.test(arg.text) || !/^[^/]+:/.test(arg.text);
  const read = from !== undefined && isLocal(from) && from.text !== "-" ? readTree(on, from) : on.fine();
  const write = to !== undefined && isLocal(to) && to.text !== "-" ? on.write(to, "create") : on.fine();
  return on.join(read, write, on.fine());
}

const usualFiles = [
  "compose.yaml",
  "compose.yml",
  "docker-compose.yml",
  "docker-compose.yaml",
  "compose.override.yaml",
  "compose.override.yml",
  "docker-compose.override.yml",
];

function projectFiles({ on, options, call }: Here): readonly Outcome[] {
  const named = files(options);
  return (named.length === 0 ? usualFiles.map((name) => literal(name)) : named).map((file) => {
    if (/^(?:https?:|git@|git:|ssh:|oci:)/.test(file.text))
      return on.effect("remote-exec.run-url", `start what \`${shown(file)}\` says`);
    return projectFile(on, file, file.text === "-" ? call.stdin : on.contents([file]));
  });
}

const files = (options: Options): readonly Arg[] => options.values("file");

/** What a compose file gives its containers of this machine. What this very line wrote is refused, what the project holds is asked. */
function projectFile(on: Evaluation, file: Arg, stream: Stream): Outcome {
  if (stream.taints.has("network"))
    return on.effect("remote-exec.download-run", `start what \`${shown(file)}\` says, which this command fetches`);
  const text = textOfStream(on, stream);
  if (text === null) return on.fine();
  const found = on.join(on.fine(), ...wallsIn(on, text));
  if (stream.text !== null) return found;
  const effects = found.effects.map((effect) =>
    effect.kind === "privilege.container"
      ? { ...effect, kind: "infra.admin" as const, what: `${effect.what} (\`${shown(file)}\` says so)` }
      : effect,
  );
  return { ...found, effects };
}

function wallsIn(on: Evaluation, text: string): readonly Outcome[] {
  const refuse = (what: string): Outcome => on.effect("privilege.container", `start a container ${what}`);
  return text.split("\n").flatMap((line) => {
    const plain = line.replace(/(?:^|\s)#.*$/, "");
    if (/^\s*-?\s*privileged\s*:\s*["']?(?:true|yes|on)\b/i.test(plain)) return [refuse("with `privileged`")];
    const host = /^\s*-?\s*(pid|ipc|userns_mode|uts|cgroup)\s*:\s*["']?host\b/.exec(plain);
    if (host !== null) return [refuse(`in the ${host[1] ?? ""} namespace of this machine`)];
    if (
      /(?:^|[\s"'[,])(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE|SYS_RAWIO|DAC_READ_SEARCH|BPF)\b["']?\s*(?:$|[\],])/.test(
        plain,
      ) &&
      !/cap_drop/.test(plain) &&
      isAdded(text, line)
    )
      return [refuse(`with \`${plain.trim().slice(0, 40)}\``)];
    if (/(?:seccomp|apparmor)\s*[:=]\s*unconfined|label\s*[:=]\s*disable/.test(plain))
      return [refuse("without the engine's walls")];
    return mounts(on, plain);
  });
}

// The list a line of capabilities belongs to.
function isAdded(text: string, line: string): boolean {
  const above = text.slice(0, text.indexOf(line) + line.length);
  return above.lastIndexOf("cap_add") > above.lastIndexOf("cap_drop");
}

const mountForms = [
  /^\s*-\s*["']?((?:\/|~|\$\{?HOME\}?\/)[^:"']*:\/[^"'\s]*)/,
  /^\s*-?\s*(?:volumes|devices)\s*:\s*\[\s*["']?((?:\/|~)[^:"']*:\/[^"'\],]*)/,
];

function mounts(on: Evaluation, line: string): readonly Outcome[] {
  const value = mountForms.map((form) => form.exec(line)?.[1]).find((one) => one !== undefined);
  const source = /^\s*-?\s*(?:source|src|device)\s*:\s*["']?(\/[^\s"']*)/.exec(line)?.[1];
  return [...(value === undefined ? [] : [value]), ...(source === undefined ? [] : [`${source}:/`])].map((one) =>
    volumeMount(on, literal(one)),
  );
}
