// Clients of smaller clouds, whose commands are things and verbs.
import type { Arg } from "../../arg.ts";
import type { Profile } from "../../profile.ts";
import { scriptInside } from "../containers/_inside.ts";
import { isTrial, judgeSubcommands, sensed, type Special } from "../_subcommands.ts";

const ssh: Special = ({ on, options, rest, name }) => {
  const texts: readonly Arg[] = [
    ...options.values("command"),
    ...options.values("ssh-command"),
    ...(rest.length > 1 ? rest.slice(1) : []),
  ];
  return on.join(...texts.map((text) => scriptInside(on, text)), sensed(on, "remote", name));
};

/** A request in the raw: its method says what it does. */
const request: Special = ({ on, call, options, name }) => {
  if (isTrial(call, options, ["help"])) return on.fine();
  const method = (options.value("http-method") ?? options.value("method"))?.text.toUpperCase() ?? "GET";
  return sensed(on, /^(?:GET|HEAD)$/.test(method) ? "read" : method === "DELETE" ? "destroy" : "apply", name);
};

export const profile: Profile = {
  names:
    "doctl linode-cli hcloud oci ibmcloud openstack nova cinder neutron scw cf yc aliyun tccli vultr-cli upctl exo civo ovhcloud metal databricks confluent ccloud ecs-cli tsh tctl rosa ocm".split(
      " ",
    ),
  summary: "works on a cloud",
  judge: judgeSubcommands({
    options:
      "t,access-token,token= c,config,cloud= context= o,output,format= u,api-url= http-retry-max= http-retry-wait-max= http-retry-wait-min= interactive=? trace v,verbose profile,p= region,r= zone,z= text json no-headers " +
      "endpoint= poll-interval= debug quiet,q config-file= cli-rc-file= defaults-file= auth= compartment-id= query= raw-output namespace-name,ns= bucket-name,bn= os-cloud= os-auth-url= os-username= os-password= " +
      "os-project-name= os-region-name= os-token= os-auth-type= insecure timing log-file= wait timeout= project-id,project= organization-id= folder-id= cloud-id= profile-name= no-color H no-user-agent columns= suppress-warnings " +
      "command= ssh-command= http-method= method= target-uri= request-body= file,f= dir= force y,yes k l,location= g,group= s,space= m,memory= i,instances= n,name= a,app= e,environment= cluster= dry-run no-defaults as-user= page= page-size= all-rows",
    means: {
      read:
        "account get|list, balance get, version, help, completion, regions list, region list, api get, apps logs|list|get|tier, apps spec validate|get, logs, projects list, auth list|describe|profiles, context list|active, whoami, " +
        "apps, app, services, service, orgs, spaces, routes, domains, buildpacks, marketplace, events, stacks, feature-flags, security-groups, target, oauth-info, quotas, org, space, org-users, space-users, isolation-segments, router-groups, " +
        "resource groups, resource service-instances, ks clusters, ks cluster get, ks workers, iam users, iam access-groups, regions, plugin list|repos|repo-plugins, cr images|namespaces, os ns get, fs ls|cat|head, clusters list|get, jobs list|get, workspace list|export|get-status, " +
        "bundle validate|summary|schema, configure list, config list|get|view|dump|info, session validate, catalog list, endpoint list, limits show, quota show, hypervisor stats show, usage list|show, profile view, *-list, *-show, *-details, domains list, linodes list|view, events list",
      secret:
        "kubernetes cluster kubeconfig show, kubernetes cluster config show, databases connection, databases get, databases user get|reset, registry kubernetes-manifest|docker-config, auth token, token issue, env, service-key, ssh-code, oauth-token, iam oauth-tokens, resource service-key, " +
        "secrets get-secret, secrets get, iam create-token, lke kubeconfig-view, databases *-creds-view, databases mysql-creds-view, object-storage keys-view, ec2 credentials create, application credential create, keys create, auth env, k8s kubeconfig get, instance get-windows-password",
      admin:
        "auth init|login|switch|remove, login, logout, auth, l, lo, t, kubernetes cluster kubeconfig save|remove|set-current-context, context use|create, set-org-role, set-space-role, unset-org-role, create-user, iam *, session authenticate|refresh|import, setup *, profile *, ks cluster config, cr login, configure, configure *, " +
        "config set|unset|activate|init, registry login|logout, registries *, role add|remove, user set|create|password set, init, api-key create, cert-pull",
      destroy:
        "d, ds, delete-*, context delete, iam * delete, iam user delete, iam policy delete, user delete, role delete, project delete, project purge, server shelve|rebuild|lock|pause, fs rm, workspace delete, profile delete, registry garbage-collection, ks cluster rm, ks worker rm, cr image-rm, cr namespace-rm",
      apply:
        "p, push, scale, map-route, unmap-route, bind-service, cs, csd, us, cups, restage, fs cp|mkdir|mv, fs put, bundle deploy|run, jobs run-now, api post|put|patch, cr build|image-tag, v3-push, rename, stage",
      publish: "cr image-push",
      remote: "ssh *, compute droplet-action *",
      url: "plugin install|update, install-plugin, add-plugin-repo",
      database: "sql *",
    },
    special: {
      ssh,
      "compute ssh": ssh,
      "server|instance|linodes ssh": ssh,
      "raw-request|curl": request,
      "api delete": ({ on, name }) => sensed(on, "destroy", name),
    },
    otherwise: "verbs",
    trial: ["dry-run"],
  }),
  matches: [
    { line: "doctl compute droplet delete web -f", decision: "ask", effect: "infra.destroy" },
    { line: "linode-cli linodes delete 123", decision: "ask", effect: "infra.destroy" },
    { line: "hcloud server delete web", decision: "ask", effect: "infra.destroy" },
    { line: "ibmcloud resource service-instance-delete db -f", decision: "ask", effect: "infra.destroy" },
    { line: "aliyun ecs DeleteInstance --InstanceId i-1", decision: "ask", effect: "infra.destroy" },
    {
      line: "oci raw-request --http-method DELETE --target-uri https://x.example",
      decision: "ask",
      effect: "infra.destroy",
    },
    { line: "cf delete app -f", decision: "ask", effect: "infra.destroy" },
  ],
  spares: [
    "doctl compute droplet list",
    "hcloud server list",
    "openstack server list",
    "cf apps",
    "scw instance server list",
  ],
};
