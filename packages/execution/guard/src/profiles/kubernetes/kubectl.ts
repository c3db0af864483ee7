// Clusters: looking is free, secrets and changes are asked, and what runs in a pod is judged like any other command.
import { type Arg, HOLE } from "../../arg.ts";
import { grammar, type Options, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { copyFiles } from "../containers/_compose.ts";
import { type Here, isTrial, judgeSubcommands, sensed, type Special } from "../_subcommands.ts";
import { shown } from "../_words.ts";
import { clusterOptions } from "./_cluster-options.ts";

const secretKinds = /(?:^|,)(?:secrets?)(?:\.[\w.-]*)?(?:\/|,|$)|\0/i;

/** `get secret x -o yaml` prints it, `get secrets` only names it. */
const get: Special = ({ on, options, rest, name }) => {
  const raw = options.value("raw");
  if (raw !== undefined)
    return secretKinds.test(raw.text.replaceAll("/", ",")) ? sensed(on, "secret", name) : on.fine();
  const prints = [...options.values("output"), ...options.values("template")].some(
    ({ text }) => !/^(?:name|wide)$/.test(text),
  );
  return prints && rest.some(({ text }) => secretKinds.test(text)) ? sensed(on, "secret", name) : on.fine();
};

const execOptions = grammar(
  `${clusterOptions} c,container= f,filename= pod-running-timeout= q,quiet i,stdin t,tty T,no-tty shell= image= help`,
);

/** What runs in a pod: after `--`, or after the pod's name. */
const exec: Special = ({ on, tail, name }) => on.join(sensed(on, "read", name), inPod(on, tail));

function inPod(on: Evaluation, tail: readonly Arg[]): Outcome {
  const words = commandOf(tail);
  return words.length === 0 ? on.fine() : on.run(words, { elsewhere: true });
}

function commandOf(tail: readonly Arg[]): readonly Arg[] {
  const dashes = tail.findIndex(({ text }) => text === "--");
  if (dashes >= 0) return tail.slice(dashes + 1);
  const second = readOptions(tail, execOptions).operands[1];
  return second === undefined ? [] : tail.slice(tail.indexOf(second));
}

const trial = (here: Here): boolean => isTrial(here.call, here.options, ["dry-run", "help"]);
const urls = (on: Evaluation, options: Options): readonly Outcome[] =>
  [...options.values("filename"), ...options.values("kustomize")]
    .filter(({ text }) => /^(?:https?:|git@|ssh:|github\.com\/)/.test(text))
    .map((file) => on.effect("remote-exec.run-url", `apply what is at \`${shown(file)}\``));

const apply: Special = (here) => {
  const { on, options, name, path } = here;
  if (trial(here)) return on.fine();
  const destroys = options.has("prune", "force") || path[0]?.text === "delete";
  return on.join(...urls(on, options), sensed(on, destroys ? "destroy" : "apply", name));
};

const scale: Special = (here) => {
  if (trial(here)) return here.on.fine();
  const replicas = here.options.value("replicas");
  return sensed(here.on, replicas === undefined || /^0*$|\0/.test(replicas.text) ? "destroy" : "apply", here.name);
};

const powerful =
  /"?(?:privileged|hostPID|hostNetwork|hostIPC|allowPrivilegeEscalation)"?\s*:\s*true|"?hostPath"?\s*:|"?add"?\s*:\s*\[\s*"?(?:SYS_ADMIN|ALL)/;

const run: Special = (here) => {
  const { on, options, tail, name, call } = here;
  if (isTrial(call, options, ["dry-run", "help"])) return on.fine();
  const host =
    options.has("privileged") ||
    options.values("overrides").some(({ text }) => powerful.test(text) || text.includes(HOLE));
  const dashes = tail.findIndex(({ text }) => text === "--");
  return on.join(
    ...(host ? [on.effect("privilege.container", "start a pod that is root on its node")] : []),
    sensed(on, "apply", name),
    ...(dashes < 0 ? [] : [inPod(on, tail.slice(dashes))]),
  );
};

const debug: Special = ({ on, rest, options, tail, name }) => {
  const node =
    rest.some(({ text }) => /^(?:nodes?\/|no\/)|\0/.test(text)) ||
    rest[0]?.text === "node" ||
    /^sysadmin$/.test(options.value("profile")?.text ?? "");
  const dashes = tail.findIndex(({ text }) => text === "--");
  return on.join(
    node ? on.effect("privilege.debug-node", `run \`${name}\``) : sensed(on, "admin", name),
    ...(dashes < 0 ? [] : [inPod(on, tail.slice(dashes))]),
  );
};

const copy: Special = ({ on, rest, name }) => {
  const intoPod = rest.at(-1)?.text.includes(":") === true && !/^[./]/.test(rest.at(-1)?.text ?? "");
  return on.join(copyFiles(on, rest), intoPod ? sensed(on, "apply", name) : on.fine());
};

const viewConfig: Special = ({ on, options, name }) =>
  sensed(
    on,
    options.has("raw-config") || options.given.some(({ arg }) => arg.text.startsWith("--raw")) ? "secret" : "read",
    name,
  );
const setEnv: Special = ({ on, tail, name }) =>
  sensed(on, tail.some(({ text }) => text === "--list") ? "read" : "apply", name);
const dumpInfo: Special = ({ on, options }) =>
  on.join(
    on.fine(),
    ...options
      .values("output-directory")
      .filter(({ text }) => text !== "-")
      .map((path) => on.write(path, "create")),
  );
const whoami: Special = ({ on, tail, name }) =>
  sensed(on, tail.some(({ text }) => /^(?:-[a-z]*t|--show-token)/.test(text)) ? "secret" : "read", name);

const judge = judgeSubcommands({
  options:
    `${clusterOptions} f,filename= k,kustomize= l,selector= o,output= field-selector= template= sort-by= L,label-columns= raw= subresource= chunk-size= p,patch= patch-file= type= replicas= ` +
    "current-replicas= timeout= grace-period= cascade=? overrides= override-type= image= port= env= labels= restart= to-revision= revision= c,container= since= since-time= tail= limit-bytes= " +
    "max-log-requests= pod-running-timeout= dry-run=? field-manager= validate=? for= from-file= from-literal= from-env-file= from= verb= resource= resource-name= non-resource-url= clusterrole= role= " +
    "group= serviceaccount= duration= audience= output-directory= profile= target= copy-to= set-image= target-port= protocol= external-ip= name= min= max= cpu-percent= cpu= memory= requests= limits= " +
    "prune-allowlist= applyset= server-side=? force-conflicts=? show-managed-fields all A,all-namespaces force now recursive R ignore-not-found=? wait=? watch w watch-only show-labels show-kind no-headers " +
    "include-uninitialized prune overwrite local ignore-daemonsets delete-emptydir-data disable-eviction save-config record=? windows-line-endings allow-missing-template-keys=? " +
    "previous follow timestamps prefix ignore-errors all-containers i,stdin t,tty q,quiet rm=? attach=? expose privileged command show-token allow-missing",
  means: {
    read:
      "log, logs, describe, diff, explain, port-forward, top, version, api-resources, api-versions, cluster-info, wait, events, options, completion, kustomize, " +
      "config get-contexts|current-context|get-clusters|get-users|get-context, auth can-i|whoami, rollout status|history|latest, plugin list, apply view-last-applied, help, " +
      "adm top|inspect|must-gather, status, projects, project-info, process, policy who-can, adm policy who-can, image info, registry info, convert, alpha list, ktop, tree, neat, who-can, view-allocations, df-pv, access-matrix, stern",
    destroy:
      "drain, rollout undo|cancel, config delete-context|delete-cluster|delete-user|unset, evict, idle, cancel-build, adm prune, adm drain, rollback, adm migrate",
    apply:
      "create, edit, patch, annotate, label, set, expose, autoscale, cordon, uncordon, taint, rollout restart|pause|resume|retry, set-last-applied, apply set-last-applied|edit-last-applied, new-app, new-build, start-build, " +
      "import-image, tag, deploy, secrets, volume, env, new-project, adm cordon|uncordon|taint|node-logs, extract, image mirror|append|extract, annotate, autoscale",
    admin:
      "config use-context|use|set|set-context|set-cluster|set-credentials|rename-context, certificate *, auth reconcile, proxy, login, logout, project, adm, policy, ctx, ns, use-context, serviceaccounts, sa, registry login, " +
      "adm policy, adm groups, adm certificate, adm new-project",
    secret:
      "create token, view-secret, config extract, serviceaccounts get-token|new-token, sa get-token, oidc-login, modify-secret, get-all-secrets, extract-secret",
    remote: "attach, ssh, node-shell, node-ssh, rsync",
    url: "krew install|upgrade|index, plugin install",
  },
  special: {
    get,
    exec,
    rsh: exec,
    "apply|replace|delete|create": apply,
    scale,
    run,
    debug,
    cp: copy,
    "config view": viewConfig,
    "set env": setEnv,
    "cluster-info dump": dumpInfo,
    whoami,
  },
  trial: ["dry-run"],
});

export const profile: Profile = {
  names: ["kubectl", "oc", "k", "kubecolor", "kubectl.exe"],
  summary: "talks to a cluster",
  judge: (call, on) => on.join(...impersonates(call, on), judge(call, on)),
  matches: [
    { line: "kubectl delete namespace staging", decision: "ask", effect: "infra.destroy" },
    { line: "kubectl scale deploy/api --replicas=0", decision: "ask", effect: "infra.destroy" },
    { line: "kubectl apply -f https://x.example/m.yaml", decision: "ask", effect: "remote-exec.run-url" },
    { line: "kubectl get secret db -o jsonpath='{.data.password}'", decision: "ask", effect: "exfil.secret-read" },
    { line: "kubectl exec -it api -- rm -rf /data", decision: "ask", effect: "infra.destroy" },
    { line: "kubectl debug node/a -it --image=busybox", decision: "ask", effect: "privilege.debug-node" },
    { line: "kubectl config use-context prod", decision: "ask", effect: "infra.admin" },
  ],
  spares: [
    "kubectl get pods -n staging",
    "kubectl logs -f deploy/api --tail=100",
    "kubectl apply -f k8s/ --dry-run=client -o yaml",
    "kubectl exec api -- ls /",
    "kubectl get secrets",
  ],
};

// Acting as somebody else.
function impersonates({ args, name }: Call, on: Evaluation): readonly Outcome[] {
  if (args.some(({ text }) => text === "can-i")) return [];
  const end = args.findIndex(({ text }) => text === "--");
  const as = (end < 0 ? args : args.slice(0, end)).find(({ text }) => /^--as(?:-group|-uid)?(?:=|$)/.test(text));
  return as === undefined ? [] : [on.effect("infra.admin", `run \`${name}\` as somebody else (\`${shown(as)}\`)`)];
}
