// Schedulers, service registries and secret stores.
import type { Arg } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Outcome, Profile } from "../../profile.ts";
import { judgeSubcommands, sensed, type Special } from "../_subcommands.ts";

const taskOptions = grammar(
  "job task= group= i=? t=? e= namespace= region= address= token= near= node= service= wait= verbose",
  { single: true, posix: true },
);

/** A command in an allocation, or on every node. */
const exec: Special = ({ on, call, tail, name }): Outcome => {
  const { operands } = readOptions(tail, taskOptions);
  const words: readonly Arg[] = call.name === "nomad" ? operands.slice(1) : operands;
  const inner =
    words.length === 1 && words[0] !== undefined
      ? on.script({ ...words[0], at: null }, { elsewhere: true })
      : words.length === 0
        ? on.fine()
        : on.run(words, { elsewhere: true });
  return on.join(inner, call.name === "nomad" ? on.fine() : sensed(on, "remote", name));
};

const childOptions = grammar(
  "http-addr= token= datacenter= type= n= name= pass-stdin shell=? try= timeout= monitor-retry= verbose child-exit-code key= prefix= service= tag= passingonly= state= ca-file= ca-path= client-cert= client-key= tls-server-name= stale token-file= exec-mode= no-restart config= upcase sanitize pristine once secret=",
  {
    single: true,
    posix: true,
  },
);

/** `consul lock PREFIX CHILD…`, `consul watch … CHILD…`: the rest runs on this machine. */
const child: Special = ({ on, tail, path }): Outcome => {
  const { operands } = readOptions(tail, childOptions);
  const words = path.at(-1)?.text === "watch" ? operands : operands.slice(1);
  const [only] = words;
  return only !== undefined && words.length === 1 ? on.script(only) : words.length === 0 ? on.fine() : on.run(words);
};

export const profile: Profile = {
  names: ["nomad", "consul", "vault", "bao", "boundary", "waypoint"],
  summary: "keeps services and secrets",
  judge: judgeSubcommands({
    single: true,
    options:
      "address= agent-address= ca-cert= ca-path= client-cert= client-key= tls-server-name= tls-skip-verify header= mfa= namespace,ns= non-interactive output-curl-string output-policy policy-override unlock-key= " +
      "wrap-ttl= format= field= log-format= disable-redirects detailed mount= version= versions= cas= path= method= no-store no-print token-only token= policy= ttl= period= orphan display-name= default-lease-ttl= " +
      "max-lease-ttl= description= force f,force prefix h,help key-shares= key-threshold= http-addr= token-file= datacenter= stale ca-file= region= no-color force-color purge detach yes y verbose json t= q= " +
      "job= task= tail stderr n= type= filter= per-page= all-namespaces keys recurse base64 separator= replace-existing-checks reason= enable disable node= service= id= name= accessor= addr= scope-id= keyring-type= token-name= " +
      "recursive login-name= password= auth-method-id= host-id= target-id= var= var-file= policy-name= check-index= dev dev-root-token-id= config= secret= on-conflict= dc= wan segment=",
    means: {
      read:
        "status, version, help, path-help, list, kv list, kv metadata get, secrets list|-detailed, auth list|help, audit list, policy read|list|fmt, plugin list|info, lease lookup, operator key-status|members|diagnose|usage|utilization, " +
        "operator raft list-peers|configuration, operator raft autopilot, token capabilities, namespace list|lookup, debug, monitor, server, agent, proxy, events *, " +
        "job status|inspect|plan|history|validate|allocs|deployments|init, plan, validate, inspect, node status|config, alloc status|logs|checks, alloc fs, logs, fs, eval status|list, deployment status|list, server members, " +
        "agent-info, volume status|init, namespace status|inspect, quota status|inspect, acl policy list|info, acl token list, acl token self, acl role list|info, acl binding-rule list|info, acl auth-method list|info, " +
        "service list|info, var list|init, fmt, ui, config validate|cache, operator metrics|api, operator autopilot get-config|health, " +
        "members, catalog *, info, rtt, keygen, validate, config list|read, intention check|get|list|match, intention *-get, connect ca get-config, acl policy read|list, acl role read, services export, peering list|read, kv get, kv export, " +
        "targets list|read, hosts list|read, sessions list|read, scopes list|read, users list|read, groups list|read, roles list|read, accounts list|read, auth-methods list|read, search, project list|inspect, context list|inspect|verify, deployment inspect, build list, release list, troubleshoot *, snapshot inspect",
      secret:
        "read, kv get, read *, unwrap, print token, token create|lookup, operator init|generate-root|rekey, pki issue, ssh, var get|lock, acl token create, acl bootstrap, acl token read|info, config get-token, get-token, operator root keyring *, connect ca roots, credentials *, operator gossip keyring *, tls *",
      destroy:
        "delete, kv delete|destroy|rollback|undelete, kv metadata delete, secrets disable|move, auth disable|move, audit disable, policy delete, token revoke, lease revoke, operator seal|step-down|migrate, operator raft remove-peer, operator raft snapshot restore, " +
        "operator rotate, plugin deregister, namespace delete, stop, job stop|revert|purge, system gc|reconcile, node drain|purge|eligibility, alloc stop|signal|restart, deployment fail, server force-leave, volume delete|deregister|detach, quota delete, " +
        "acl policy delete, acl token delete, acl role delete, acl auth-method delete, acl binding-rule delete, var purge, eval delete, sentinel delete, snapshot restore, operator snapshot restore, leave, force-leave, kv import, services deregister, config delete, intention delete, " +
        "peering delete, maint, partition delete, targets delete, hosts delete, scopes delete, users delete, destroy, release rollback, project destroy, scaling *",
      apply:
        "write, kv put|patch, patch, secrets enable|tune, auth enable|tune, audit enable, plugin register|reload|runtime, operator unseal, operator raft join, operator raft snapshot save, operator import, lease renew, namespace create|patch|apply|lock|unlock, run, job run|dispatch|scale|promote|eval|restart|periodic|action|tag, " +
        "deployment promote|pause|resume|unblock, volume create|register, quota apply, var put, sentinel apply, operator *, snapshot save|agent, services register, config write, intention create, connect *, peering *, reload, event, rotate, node meta, setup *, start, up, deploy, release, build, install, init, project *, " +
        "alloc pause, server join, join, pki *, keyring *, wait, resource *, tls cert create, targets *, hosts *, scopes *, config set, recommendation *",
      admin:
        "login, logout, policy write, token *, acl *, authenticate, authenticate *, users *, groups *, roles *, accounts *, auth-methods *, connect ssh, connect postgres, context *, license *, login *, runner *, config *",
    },
    special: { exec, "alloc exec": exec, "lock|watch": child },
  }),
  matches: [
    { line: "vault kv destroy -versions=1 secret/app", decision: "ask", effect: "infra.destroy" },
    { line: "vault kv get -field=password secret/app", decision: "ask", effect: "exfil.secret-read" },
    { line: "vault secrets disable kv", decision: "ask", effect: "infra.destroy" },
    { line: "nomad job stop -purge web", decision: "ask", effect: "infra.destroy" },
    { line: "nomad alloc exec -task web 1a rm -rf /srv", decision: "ask", effect: "infra.destroy" },
    { line: "consul kv delete -recurse app/", decision: "ask", effect: "infra.destroy" },
    { line: "consul lock app 'sudo id'", decision: "deny", effect: "privilege.elevate" },
  ],
  spares: [
    "vault status",
    "vault kv list secret/",
    "nomad job plan web.nomad",
    "nomad alloc logs -f 1a",
    "consul members",
  ],
};
