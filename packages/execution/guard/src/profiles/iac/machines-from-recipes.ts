// Chef, Puppet, Salt, Packer: machines made and kept by recipes.
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { judgeSubcommands, sensed, type Special } from "../_subcommands.ts";
import { runJoined } from "../_words.ts";

const salt = (call: Call, on: Evaluation): Outcome => {
  const words = call.args.filter(({ text }) => !text.startsWith("-"));
  const here = call.name === "salt-call";
  const at = words.findIndex(({ text }) => /^[a-z_]+\.[a-z_]+$/i.test(text));
  const fn = words[at]?.text;
  const name = `${call.name} ${fn ?? ""}`.trim();
  if (call.args.some(({ text }) => /^test=(?:True|true)$/.test(text)) || fn === undefined) return on.fine();
  if (
    /^(?:test|grains|status|network|pillar|sys|disk)\.(?:ping|version|items|item|get|ls|all.*|list.*|doc|interfaces|usage|show.*|uptime|true)$/.test(
      fn,
    )
  )
    return on.fine();
  if (/^cmd\./.test(fn)) {
    const [command] = words.slice(at + 1);
    const inner =
      command === undefined
        ? on.fine()
        : on.script(here ? command : { ...command, at: null }, here ? {} : { elsewhere: true });
    return on.join(inner, here ? on.fine() : sensed(on, "remote", name));
  }
  return sensed(on, /remove|delete|purge|absent|shutdown|reboot|halt|stop|kill/.test(fn) ? "destroy" : "apply", name);
};

const ssh: Special = ({ on, rest, name }) =>
  on.join(runJoined(on, rest.slice(1), { elsewhere: true }), sensed(on, "remote", name));
const resource: Special = ({ on, rest, name }) =>
  sensed(on, rest.some(({ text }) => text.includes("=")) ? "apply" : "read", name);

const judge = judgeSubcommands({
  options:
    "var= var-file= only= except= machine-readable c,config= k,key= s,server-url= u,user= e,editor= F,format= d,disable-editing y,yes z,local-mode environment= v,verbose= V version defaults chef-zero-host= chef-zero-port= " +
    "color=? on-error= parallel-builds= timestamp-ui force color-scheme= x,ssh-user= i,identity-file= m a,attribute= modulepath= manifest= confdir= vardir= certname= server= debug logdest= noop t,test onetime",
  means: {
    read:
      "fmt, validate, inspect, version, console, hcl2_upgrade, plugins installed|required, init, completion, help, " +
      "node list|show, client list|show, cookbook list|show|test|metadata|site-search, role list|show, environment list|show|compare, data-bag-list, status, search, list, show, diff, tag list, user list|show, ssl check, spork check, " +
      "parser *, lookup, facts *, describe, epp *, module list|search|build|generate, config print, catalog find|select|compile, doc, man, generate *, strings *, device-show, validate, " +
      "audit",
    destroy:
      "node delete|purge|bulk, node bulk delete, client delete, client bulk delete, cookbook delete, cookbook bulk delete, role delete, environment delete, data bag delete, delete, user delete, purge, tag delete, module uninstall, cert clean|revoke, ca *, destroy, plugins remove, node clean|deactivate",
    apply:
      "build, node *, client *, cookbook upload|create|download, role *, environment *, upload, download, edit, bootstrap, data bag *, tag *, user *, apply, agent, module install|upgrade, config set, kitchen *, converge, verify, test, create, setup, push *, install, update, export, plan run, task run, device",
    secret: "data bag show, vault show, secret *",
    url: "plugins install, supermarket *, exec",
    admin: "configure, user *, key *, acl *, group *, ssl *, cert *",
    remote: "winrm, job *",
  },
  special: { ssh, resource },
  otherwise: "verbs",
  trial: ["noop", "why-run"],
});

export const profile: Profile = {
  names: [
    "packer",
    "knife",
    "chef",
    "chef-client",
    "chef-solo",
    "chef-apply",
    "puppet",
    "bolt",
    "kitchen",
    "inspec",
    "salt",
    "salt-call",
    "salt-key",
    "salt-run",
    "salt-ssh",
    "salt-cp",
  ],
  summary: "makes and keeps machines by recipes",
  judge: (call, on) => {
    if (call.name === "salt" || call.name === "salt-call" || call.name === "salt-ssh") return salt(call, on);
    const direct = /^(?:chef-(?:client|solo|apply)|salt-(?:run|cp|key))$/.test(call.name);
    if (!direct) return judge(call, on);
    const looks = call.args.some(({ text }) => /^(?:-W|--why-run|-h|--version|-v|-L|--list.*|-l)$/.test(text));
    const deletes =
      call.args.some(({ text }) => /^(?:-[dDrR]|--(?:delete|reject).*)$/.test(text)) && call.name === "salt-key";
    return looks
      ? on.fine()
      : sensed(
          on,
          deletes ? "destroy" : "apply",
          [call.name, ...call.args.slice(0, 2).map(({ text }) => text)].join(" "),
        );
  },
  matches: [
    { line: "packer build image.pkr.hcl", decision: "ask", effect: "infra.apply" },
    { line: "knife node delete web1 -y", decision: "ask", effect: "infra.destroy" },
    { line: "knife ssh 'role:web' 'rm -rf /srv'", decision: "ask", effect: "infra.destroy" },
    { line: "puppet apply site.pp", decision: "ask", effect: "infra.apply" },
    { line: "salt '*' cmd.run 'rm -rf /srv'", decision: "ask", effect: "infra.destroy" },
    { line: "salt-call --local cmd.run 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "salt-key -d web1", decision: "ask", effect: "infra.destroy" },
  ],
  spares: [
    "packer validate .",
    "knife node list",
    "puppet parser validate site.pp",
    "salt '*' test.ping",
    "puppet apply --noop site.pp",
  ],
};
