// Container engines: looking and building is free; what a container gets of this machine, and what cannot be brought back, is not.
import type { Arg } from "../../arg.ts";
import { grammar, type Options, readOptions } from "../../options.ts";
import type { Evaluation, Outcome, Profile } from "../../profile.ts";
import { judgeSubcommands, sensed, type Special } from "../_subcommands.ts";
import { oddWords, shown } from "../_words.ts";
import { buildImage } from "./_build.ts";
import { copyFiles, judgeCompose } from "./_compose.ts";
import { hostMount } from "./_host-mount.ts";
import { areSingle, execContainer, runContainer } from "./_run.ts";
import { wallsDown } from "./_walls.ts";

const compose: Special = ({ on, call, tail }) =>
  judgeCompose({ ...call, name: `${call.name} compose`, args: tail }, on);

const stop: Special = ({ on, rest, tail, name }) =>
  areSingle(rest) && !tail.some(({ text }) => /^(?:-[a-z]*a[a-z]*|--all)$/.test(text))
    ? on.fine()
    : sensed(on, "destroy", name);

const copy: Special = ({ on, tail }) =>
  copyFiles(on, readOptions(tail, grammar("a,archive L,follow-link q,quiet overwrite=? pause=? help")).operands);

const saveOptions = grammar("o,output= format= q,quiet m,multi-image-archive compress platform= uncompressed help");
const save: Special = ({ on, tail }) =>
  on.join(
    on.fine(),
    ...readOptions(tail, saveOptions)
      .values("output")
      .map((path) => on.write(path, "overwrite")),
  );

const volumeOptions = grammar(
  "d,driver= l,label= o,opt= name= help ignore availability= group= limit-bytes= required-bytes= scope= secret= sharing= topology-preferred= topology-required= type=",
);
const createVolume: Special = ({ on, tail, name }) => {
  const options = readOptions(tail, volumeOptions);
  const folders = options
    .values("opt")
    .flatMap((value) => (value.text.startsWith("device=/") ? [{ ...value, text: value.text.slice(7), at: null }] : []));
  return on.join(
    ...oddWords(on, name, options.unknown),
    ...folders.map((folder) => hostMount(on, folder, "write")),
    on.fine(),
  );
};

const serviceOptions = grammar(
  "mount= mount-add= cap-add= network= user= device= privileged name= replicas= e,env= p,publish= image= args= entrypoint= help",
);
const serviceChange: Special = ({ on, tail, name }) => {
  const options = readOptions(tail, serviceOptions);
  return on.join(
    ...wallsDown(on, {
      ...options,
      values: (one) => options.values(one === "mount" && !options.has("mount") ? "mount-add" : one),
    }),
    sensed(on, "apply", name),
  );
};

const installPlugin: Special = ({ on, tail, name }) =>
  tail.some(({ text }) => text.startsWith("--grant-all-permissions"))
    ? on.effect("privilege.container", "install an engine's plugin with all it asks for")
    : sensed(on, "url", name);

const judgeEngine = judgeSubcommands({
  options:
    "config= context= D,debug H,host= l,log-level= tls tlscacert= tlscert= tlskey= tlsverify v,version cgroup-manager= conmon= connection= c,context= events-backend= hooks-dir= identity= " +
    "imagestore= module= network-cmd-path= network-config-dir= out= r remote=? root= runroot= runtime= runtime-flag= ssh= storage-driver= storage-opt= syslog tmpdir= transient-store=? " +
    "url= volumepath= noout n,namespace= a,address= snapshotter= cni-path= cni-netconfpath= data-root= insecure-registry experimental=? hosts-dir= cgroup-parent=",
  means: {
    read:
      "ps, images, logs, inspect, version, info, stats, top, port, diff, events, history, search, wait, help, pull, tag, untag, start, restart, pause, unpause, rename, attach, load, import, commit, update, " +
      "healthcheck run, init, mount, umount, unmount, " +
      "container ls|list|ps|inspect|logs|stats|top|port|diff|wait|start|restart|pause|unpause|rename|attach|commit|update|exists|init|help, " +
      "image ls|list|inspect|history|pull|tag|untag|load|import|search|tree|exists|diff|help|mount|unmount, volume ls|list|inspect|exists|help|reload, " +
      "network ls|list|inspect|create|connect|disconnect|exists|help|reload, " +
      "system df|info|events|help|version|dial-stdio, context ls|list|show|inspect|help, manifest inspect|create|annotate|add|remove|exists|help, " +
      "buildx ls|inspect|version|du|help|use|create|dial-stdio|history, buildx imagetools inspect, buildx history ls|inspect|logs|open|trace, builder du|help|inspect|ls, " +
      "plugin ls|list|inspect|help, node ls|list|inspect|ps|help, service ls|list|ps|logs|inspect|help, stack ls|list|ps|services|config|help, secret ls|list|inspect|exists|help, " +
      "config ls|list|inspect|help, swarm help, trust inspect|help, scout cves|quickview|qv|recommendations|compare|version|help|sbom|policy, sbom, debug, model ls|list|status|ps|version|inspect|df|logs, " +
      "mcp catalog|tools|version, machine ls|list|inspect|info|start|stop|os, pod ps|ls|list|inspect|logs|stats|top|exists|start|restart|pause|unpause|create, generate *, kube generate, " +
      "checkpoint ls|list, extension ls, desktop status|version|logs, artifact ls|inspect|pull, namespace ls|inspect|list, quadlet list|print, farm list",
    destroy:
      "rm, rmi, container rm|remove|prune|kill|checkpoint, image rm|remove|prune, volume rm|remove|prune|import, network rm|remove|prune, system prune|reset|renumber|migrate, " +
      "builder prune, buildx rm|prune|stop, buildx history rm, context rm|remove, plugin rm|remove|disable, node rm|remove|demote, service rm|remove|rollback, stack rm|remove|down, secret rm|remove, config rm|remove, " +
      "swarm leave, manifest rm, pod rm|prune|kill|stop, kube down, machine rm|reset, checkpoint rm, extension rm, trust revoke, namespace rm|remove|prune, artifact rm, model rm|uninstall-runner, quadlet rm",
    apply:
      "node update|promote, service create|update|scale, stack deploy|up, secret create, config create, swarm init|join|update|unlock|join-token|ca|unlock-key, plugin enable|set|create|upgrade, play kube, kube play|apply, " +
      "extension install|update, model run|pull|serve|install-runner, machine init|set, desktop start|stop|restart|enable|disable|update, container restore, auto-update, namespace create|update, quadlet install, farm create|update|build",
    admin: "login, logout, context use|create|update|import, system service|connection, trust key|signer, machine cp",
    secret: "context export, secret show, swarm unlock-key",
    publish:
      "push, image push|scp|sign, manifest push, plugin push, trust sign, buildx imagetools create, scout push, artifact push, model push",
    remote: "machine ssh, system dial",
    url: "container runlabel, buildx install, scout install",
    exec: "unshare",
  },
  special: {
    compose,
    "run|create": runContainer,
    "container run|create": runContainer,
    exec: execContainer,
    "container exec": execContainer,
    build: buildImage,
    "image|builder|buildx build": buildImage,
    "buildx b|bake": buildImage,
    "stop|kill": stop,
    "container stop|kill": stop,
    cp: copy,
    "container cp": copy,
    "save|export": save,
    "image save": save,
    "container|volume export": save,
    "volume create": createVolume,
    "service create|update": serviceChange,
    "plugin install": installPlugin,
  },
});

export const profile: Profile = {
  names: ["docker", "podman", "nerdctl", "finch", "podman-remote", "docker.exe", "com.docker.cli"],
  summary: "runs containers",
  judge: (call, on) =>
    on.join(
      ...engine(on, {
        name: call.name,
        env: call.env.get("DOCKER_HOST") ?? call.env.get("CONTAINER_HOST"),
        args: call.args,
      }),
      judgeEngine(call, on),
    ),
  matches: [
    {
      line: "docker run --privileged -v /:/host alpine chroot /host sh",
      decision: "deny",
      effect: "privilege.container",
    },
    { line: "docker run --rm -itv /:/mnt busybox sh", decision: "deny", effect: "privilege.container" },
    {
      line: "docker run -v /var/run/docker.sock:/var/run/docker.sock docker ps",
      decision: "deny",
      effect: "privilege.container",
    },
    { line: "podman run --mount type=bind,src=/etc,dst=/e alpine ls", decision: "deny", effect: "privilege.container" },
    { line: 'docker run --rm -v "$PWD":/w alpine rm -rf /w/dist', decision: "ask", effect: "infra.destroy" },
    { line: "docker system prune -af", decision: "ask", effect: "infra.destroy" },
    { line: "docker compose down -v", decision: "ask", effect: "infra.destroy" },
    { line: "docker push app:1", decision: "ask", effect: "infra.publish" },
  ],
  spares: [
    "docker build -t app:dev .",
    'docker run --rm -v "$PWD":/work -w /work node:20 npm test',
    "docker compose up -d",
    "docker logs --tail 100 app",
  ],
};

interface Reached {
  readonly name: string;
  readonly env: Arg | undefined;
  readonly args: readonly Arg[];
}

const engineOptions = grammar(
  "config= context= c,context= D,debug H,host= l,log-level= tls tlscacert= tlscert= tlskey= tlsverify conmon= hooks-dir= runtime= network-cmd-path= url= remote=? connection= identity= ssh=",
  { posix: true },
);
const localEngine =
  /^(?:unix:|npipe:|fd:|$)|^(?:default|desktop-linux|desktop-windows|colima[\w-]*|orbstack|rancher-desktop|rootless)$/;
const looking =
  /^(?:ps|images|logs|inspect|version|info|stats|top|port|diff|events|history|search|help|context|ls|config)$/;

// Another machine's engine, or programs that the engine is told to start on this one.
function engine(on: Evaluation, { name, env, args }: Reached): readonly Outcome[] {
  const options = readOptions(args, engineOptions);
  const looks = looking.test(options.operands[0]?.text ?? "");
  const remote = [
    ...(env === undefined ? [] : [env]),
    ...["host", "context", "url", "connection"].flatMap((one) => options.values(one)),
  ];
  return [
    ...remote
      .filter(({ text }) => !looks && !localEngine.test(text))
      .map((where) => on.effect("remote-exec.remote-host", `run \`${name}\` at \`${shown(where)}\``)),
    ...programs(options).map((value) =>
      on.effect("code-injection.tool-exec", `let \`${name}\` start \`${shown(value)}\``),
    ),
    ...options
      .values("config")
      .map((value) => on.effect("infra.admin", `run \`${name}\` with the settings and plugins of \`${shown(value)}\``)),
  ];
}

const programs = (options: Options): readonly Arg[] =>
  ["conmon", "hooks-dir", "network-cmd-path", "runtime"]
    .flatMap((one) => options.values(one))
    .filter(({ text }) => text.includes("/"));
