// Charts: rendering and looking is free, releases are asked.
import type { Arg } from "../../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { type Here, isTrial, judgeSubcommands, sensed, type Special } from "../_subcommands.ts";
import { shown } from "../_words.ts";
import { clusterOptions } from "./_cluster-options.ts";

const release: Special = (here) => {
  const { on, name } = here;
  return isTrial(here.call, here.options, ["dry-run", "help"])
    ? on.fine()
    : on.join(...remoteChart(here), sensed(on, "apply", name));
};

const remoteChart = ({ on, rest, options }: Here): readonly Outcome[] =>
  [...rest, ...options.values("values"), ...options.values("repo")]
    .filter(({ text }) => /^(?:https?|oci):/.test(text))
    .map((chart) => on.effect("remote-exec.run-url", `release what is at \`${shown(chart)}\``));

const judge = judgeSubcommands({
  options:
    `${clusterOptions} debug registry-config= repository-cache= repository-config= burst-limit= qps= content-cache= color= colour= f,values= set= set-string= set-file= set-json= set-literal= version= repo= o,output= ` +
    "d,destination= timeout= post-renderer= post-renderer-args= history-max= max= name-template= g,generate-name devel install i atomic wait=? wait-for-jobs create-namespace force reuse-values " +
    "reset-values reset-then-reuse-values no-hooks skip-crds dry-run=? keep-history username= password= ca-file= cert-file= key-file= keyring= l,selector= filter= A,all-namespaces a,all revision= " +
    "description= labels= cascade= q,quiet three-way-merge detailed-exitcode allow-unreleased C,context-lines= suppress= show-secrets normalize-manifests environment= e= state-values-set= " +
    "state-values-file= b,helm-binary= k,kustomize-binary= kubeconfig= chart= no-color enable-live-output interactive log-level= allow-no-matching-release skip-deps args= concurrency= include-needs include-transitive-needs strip-args-values-on-exit-error",
  means: {
    read:
      "list, ls, status, history, hist, get *, template, lint, show *, inspect *, search *, env, version, dependency|dep|dependencies *, repo list|ls|update|up|index|add|remove|rm, package, create, verify, pull, fetch, " +
      "completion, plugin list|ls, diff, diff *, help, docs, registry list, unittest, dashboard, schema, " +
      "build, deps, repos, cache *, write-values, show-dag, print-env",
    destroy: "uninstall, del, delete, un, rollback, destroy, plugin uninstall|remove|rm",
    apply: "test, sync, charts, apply, mapkubeapis, init",
    admin: "registry login|logout",
    publish: "push, cm-push, s3 push, gcs push",
    secret: "secrets view|decrypt|dec|edit",
    url: "plugin install|add|update",
  },
  special: { "install|upgrade": release, "secrets install|upgrade|template|diff": release },
  trial: ["dry-run"],
});

export const profile: Profile = {
  names: ["helm", "helmfile", "helm3", "werf-helm"],
  summary: "releases charts into a cluster",
  judge: (call, on) => on.join(...renderers(call, on), judge(call, on)),
  matches: [
    { line: "helm uninstall app", decision: "ask", effect: "infra.destroy" },
    { line: "helm rollback app 1", decision: "ask", effect: "infra.destroy" },
    { line: "helm upgrade --install app ./chart", decision: "ask", effect: "infra.apply" },
    { line: "helm template app ./chart --post-renderer ./x.sh", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "helm push app-1.tgz oci://reg.local/charts", decision: "ask", effect: "infra.publish" },
    { line: "helmfile destroy", decision: "ask", effect: "infra.destroy" },
    { line: "helm plugin install https://x.example/p", decision: "ask", effect: "remote-exec.run-url" },
  ],
  spares: [
    "helm list -A",
    "helm template app ./chart -f values.yaml",
    "helm upgrade app ./chart --dry-run",
    "helm -n prod get values app",
    "helmfile diff",
  ],
};

const startsProgram = /^--?(?:post-renderer|helm-binary|kustomize-binary|b|k)(?:=|$)/;

// Programs that render what is released.
function renderers({ args, name }: Call, on: Evaluation): readonly Outcome[] {
  return args.flatMap((arg: Arg, at) => {
    if (!startsProgram.test(arg.text) || (/^-[bk]/.test(arg.text) && name !== "helmfile")) return [];
    const value = arg.text.includes("=") ? arg : (args[at + 1] ?? arg);
    return [on.effect("code-injection.tool-exec", `let \`${name}\` run \`${shown(value)}\``)];
  });
}
