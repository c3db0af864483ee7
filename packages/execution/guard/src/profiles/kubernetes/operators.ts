// Tools around a cluster whose verbs say what they do: delivery, meshes, backups, builders, providers of clusters.
import type { Profile } from "../../profile.ts";
import { judgeSubcommands } from "../_subcommands.ts";
import { clusterOptions } from "./_cluster-options.ts";

export const profile: Profile = {
  names: [
    ..."argocd argo flux istioctl velero linkerd cilium hubble eksctl kops talosctl kubeadm clusterctl vcluster rancher tkn kn dapr kpt skaffold tilt devspace okteto telepresence crossplane cmctl kubeone".split(
      " ",
    ),
    ..."k3s rke2 rke microk8s k0s kubefedctl odo tanzu subctl karmadactl vela garden werf".split(" "),
  ],
  summary: "works on a cluster",
  judge: judgeSubcommands({
    options:
      `${clusterOptions} o,output= f,file= p,profile= c,config= region= auth-token= grpc-web grpc-web-root-path= port-forward port-forward-namespace= core plaintext insecure client-crt= client-crt-key= header= ` +
      "server-crt= server-name= http-retry-max= loglevel= logformat= verbose revision= i,istioNamespace= kubeclient-qps= kubeclient-burst= features= colorized=? L,linkerd-namespace= cni-namespace= api-addr= " +
      "as-of= state= name= endpoints= e,nodes= talosconfig= color= C,cluster= instancegroups= module= filename= default-repo= interactive=? update-check=? timestamps=? detect-minikube=? kube-api-qps= no-warn debug silent " +
      "var= override-name= inactivity-timeout= helm-release-name= chart-directory= helm-set= log-format= t,timeout= yes y w,watch A,all-namespaces l,selector= helm",
    means: {
      read:
        "app diff|history|logs|resources|wait|manifests, version, help, completion, build kustomization|artifact, tree *, trace, logs, diff *, proxy-status, ps, proxy-config *, pc *, analyze, manifest generate|diff, " +
        "profile list|dump|diff, stat, tap, observe, cluster-info, dmesg, health, members, disks, processes, memory, containers, netstat, mounts, services, certs check-expiration, upgrade plan, render, diagnose, survey, doctor, " +
        "config images|view|print|contexts|info, account can-i, fix, schema",
      secret:
        "account generate-token, admin initial-password, admin export, export secret, kubeconfig, config kubeconfig|new, cluster kubeconfig, token create|generate, gen *, certs certificate-key, export kubecfg|kubeconfig",
      apply:
        "up, dev, debug, ci, converge, live apply, fn *, hydrator *, actions run, inject, kube-inject, connectivity test, x *, sync *, submit *",
      destroy:
        "app rollback|terminate-op, down, live destroy, leave, quit, etcd remove-member|forfeit-leadership, disconnect, cleanup *",
      admin:
        "cluster add|rm|set, account update-password|delete-token, join *, server, agent, intercept *, use *, certs renew, kubeconfig merge, ssh *",
      publish: "push artifact, xpkg push, package *, bundle *",
      remote: "exec *, node-shell *, shell *",
    },
    otherwise: "verbs",
    trial: ["dry-run", "preview"],
  }),
  matches: [
    { line: "argocd app delete web --cascade", decision: "ask", effect: "infra.destroy" },
    { line: "argocd app sync web", decision: "ask", effect: "infra.apply" },
    { line: "flux suspend kustomization apps", decision: "ask", effect: "infra.destroy" },
    { line: "velero backup delete nightly", decision: "ask", effect: "infra.destroy" },
    { line: "eksctl delete cluster --name prod", decision: "ask", effect: "infra.destroy" },
    { line: "kubeadm reset -f", decision: "ask", effect: "infra.destroy" },
    { line: "skaffold delete", decision: "ask", effect: "infra.destroy" },
  ],
  spares: ["argocd app list", "flux get all -A", "istioctl proxy-status", "velero backup get", "skaffold render"],
};
