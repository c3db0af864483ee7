// Tools that only look at a cluster or at manifests.
import type { Profile } from "../../profile.ts";

export const profile: Profile = {
  names:
    "stern kubetail kail kubeconform kubeval kube-linter kube-score kubent pluto popeye kube-capacity kubespy polaris datree kubepug kor helm-docs ct".split(
      " ",
    ),
  summary: "looks at a cluster or at manifests",
  judge: (_call, on) => on.fine(),
  matches: [{ line: "stern api > /etc/x.log", decision: "deny", effect: "system.write" }],
  spares: ["stern -n prod api --tail 10", "kubeconform -strict k8s/", "kube-linter lint k8s/"],
};
