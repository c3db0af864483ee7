// Options that clients of a cluster have in common.

/** How the cluster is reached, and what is said of it. */
export const clusterOptions =
  "n,namespace= context= cluster= kubeconfig= kube-context= kube-apiserver= kube-as-user= kube-as-group= kube-ca-file= kube-token= kube-tls-server-name= kube-insecure-skip-tls-verify " +
  "user= s,server= token= as= as-group= as-uid= certificate-authority= client-certificate= client-key= tls-server-name= insecure-skip-tls-verify=? request-timeout= username= password= " +
  "cache-dir= profile-output= v= vmodule= log-flush-frequency= log-level= warnings-as-errors match-server-version disable-compression kuberc= logtostderr=? alsologtostderr=? stderrthreshold= " +
  "log-file= log-dir= add-dir-header one-output skip-headers skip-log-headers ";
