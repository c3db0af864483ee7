// Lines of clusters and what must come of each.
import { describe } from "vitest";
import { linesAre } from "./example-lines.ts";

describe("looking and building: clusters", () => {
  linesAre(
    "allow",
    `
    kubectl get pods
    kubectl -n prod get deploy,svc -o wide
    kubectl get deploy -o yaml
    kubectl get secrets -n x
    kubectl get secret x -o name
    kubectl get --raw /healthz
    kubectl describe secret x
    kubectl describe pod x -n y
    kubectl logs -f deploy/api --tail=100
    kubectl logs -l app=x --since=1h
    kubectl top pods
    kubectl diff -f k8s/
    kubectl explain pod.spec
    kubectl api-resources
    kubectl cluster-info
    kubectl config view
    kubectl config current-context
    kubectl config get-contexts
    kubectl auth can-i create pods
    kubectl auth can-i --list --as system:serviceaccount:x:y
    kubectl wait --for=condition=ready pod -l app=x --timeout=60s
    kubectl rollout status deploy/x
    kubectl rollout history deploy/x
    kubectl delete ns prod --dry-run=client
    kubectl apply -f k8s/ --dry-run=server
    kubectl apply --dry-run=client -o yaml -f k8s/
    kubectl create deployment x --image=y --dry-run=client -o yaml
    kubectl set env deploy/x --list
    kubectl exec -it pod/x -- ls /
    kubectl exec pod -c main -- cat /etc/hosts
    kubectl exec x -n y -- env
    kubectl exec x ls
    kubectl cp x:/tmp/a ./a
    kubectl
    kubectl --help
    kubectl version --client
    kubectl kustomize .
    kubectl completion bash
    oc get routes
    oc status
    oc whoami
    kubectl get pods | grep Error
    for p in $(kubectl get pods -o name); do kubectl logs $p; done
    helm list
    helm status x
    helm history x
    helm get values x
    helm template . -f v.yaml --set a=b
    helm lint ./chart
    helm dependency update
    helm repo add x https://y
    helm repo update
    helm show values x/y
    helm search repo x
    helm upgrade -i x y --dry-run
    helm install x y --dry-run=client
    helm diff upgrade x y
    helmfile template
    helmfile -f x.yaml diff
    kustomize build .
    argocd app get x
    argocd app diff x
    argo list
    flux get kustomizations
    flux logs
    flux check
    istioctl analyze
    istioctl version
    velero get backups
    velero backup describe x
    eksctl get cluster
    kops get clusters
    talosctl -n 1.2.3.4 dmesg
    vcluster list
    tkn pipelinerun logs x
    dapr list
    microk8s status
    `,
  );
});

describe("what changes, loses or reveals something is asked: clusters", () => {
  linesAre(
    "ask",
    `
    kubectl get secret x -o yaml
    kubectl get secret x -oyaml
    kubectl get cm,secret -o json
    kubectl -n prod get secrets/db -ojsonpath={.data}
    kubectl get secret x --template={{.data}}
    kubectl get --raw /api/v1/namespaces/x/secrets
    kubectl config view --raw
    kubectl config use-context prod
    kubectl config set-context --current --namespace=x
    kubectl config delete-context x
    kubectl rollout undo deploy/x
    kubectl rollout restart deploy/x
    kubectl delete namespace staging
    kubectl delete -f k8s/
    kubectl delete pods --all
    kubectl delete pod x --force --grace-period=0
    kubectl -n prod delete pvc data
    kubectl --context=prod delete ns x
    kubectl delete pod $(kubectl get pods -o name)
    kubectl delete ns prod -n --dry-run=client
    kubectl delete ns prod --dry-run=none
    kubectl delete ns prod --frob --dry-run=client
    kubectl delete ns prod --dry-run=client --dry-run=none
    kubectl drain node1 --ignore-daemonsets
    kubectl cordon node1
    kubectl uncordon node1
    kubectl taint nodes n k=v:NoSchedule
    kubectl scale deploy/x --replicas=0
    kubectl scale deploy/x --replicas 3
    kubectl apply -f k8s/
    kubectl apply -f https://x.io/a.yaml
    kubectl apply -k overlays/prod
    kubectl apply -f - <<'EOF'\\nkind: Pod\\nEOF
    kubectl apply --prune -l app=x -f k8s
    kubectl create deployment x --image=y
    kubectl create token admin
    kubectl create secret generic x --from-literal=a=b
    kubectl patch deploy x -p '{"spec":{}}'
    kubectl edit deploy x
    kubectl replace --force -f x.yaml
    kubectl label pod x a=b
    kubectl annotate pod x a=b
    kubectl set image deploy/x a=b
    kubectl expose deploy x
    kubectl autoscale deploy x --max 3
    kubectl proxy
    kubectl exec x -- rm -rf /data
    kubectl exec x -n prod -it -- sh -c 'rm -rf /data'
    kubectl exec -i db -- psql -c 'drop table x'
    kubectl exec x -- frobnicate
    kubectl cp ./a x:/tmp/a
    kubectl run x --image=alpine -- sleep 100
    kubectl debug node/n1 -it --image=busybox
    kubectl debug pod/x -it --image=busybox
    kubectl certificate approve x
    kubectl --as=admin delete pod x
    kubectl --as=admin get secrets
    kubectl attach x
    kubectl krew install x
    kubectl frob
    kubectl $VERB pods
    kubectl --frob get pods
    k delete ns x
    oc delete project x
    oc login https://x
    oc whoami -t
    oc rsh pod rm -rf /x
    oc adm drain n
    oc new-app x
    helm install x y
    helm upgrade -i x y -f v.yaml
    helm uninstall x -n y
    helm delete x
    helm rollback x 1
    helm -n x uninstall y
    helm push x oci://y
    helm test x
    helm secrets view x.yaml
    helmfile apply
    helmfile -e prod sync
    argocd app delete x
    argocd app rollback x 1
    argocd login x
    argo submit x.yaml
    argo delete x
    flux reconcile source git x
    flux delete kustomization status
    flux bootstrap github --owner x
    flux uninstall
    flux install
    istioctl install
    istioctl uninstall --purge
    velero backup delete x
    velero restore create --from-backup x
    eksctl delete cluster x
    kops delete cluster x --yes
    talosctl reset
    talosctl -n 1.2.3.4 reboot
    kubeadm init
    vcluster delete x
    skaffold run
    tilt up
    tilt down
    kn service delete x
    dapr uninstall --all
    microk8s reset
    k3s server
    `,
  );
});

describe("what takes this machine or runs unread is refused: clusters", () => {
  linesAre(
    "deny",
    `
    kubectl exec x -- sudo id
    kubectl cp x:/tmp/a /etc/cron.d/a
    kubectl run x --image=alpine --overrides='{"spec":{"hostPID":true,"containers":[]}}'
    kubectl run x --image=alpine --privileged
    helmfile -b ./evil diff
    `,
  );
});
