// Ansible: a check is free; what it would do on other machines is asked, what it would do on this one is judged like any other command.
import { literal } from "../../arg.ts";
import { grammar, type Options, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { isTrial, judgeSubcommands, sensed } from "../_subcommands.ts";
import { oddWords, partOf, shown } from "../_words.ts";

const options = grammar(
  "a,args= m,module-name= i,inventory,inventory-file= l,limit= e,extra-vars= u,user= c,connection= T,timeout= f,forks= P,poll= B,background= t,tree= M,module-path= o,one-line b,become become-method= become-user= " +
    "K,ask-become-pass become-password-file= become-pass-file= k,ask-pass connection-password-file= conn-pass-file= private-key,key-file= ssh-common-args= ssh-extra-args= sftp-extra-args= scp-extra-args= " +
    "C,check D,diff syntax-check list-hosts list-tasks list-tags tags= skip-tags= start-at-task= step flush-cache force-handlers vault-id= J,ask-vault-password,ask-vault-pass vault-password-file,vault-pass-file= " +
    "playbook-dir= task-timeout= v,verbose version h,help U,url= C_checkout= d,directory= checkout=",
);

const shells = /^(?:ansible\.(?:builtin|legacy|windows)\.)?(?:shell|command|raw|win_shell|win_command|expect)$/;
const lookers =
  /^(?:ansible\.builtin\.)?(?:ping|setup|debug|stat|slurp|gather_facts|package_facts|service_facts|getent|find|fetch|wait_for|wait_for_connection|assert|set_fact|win_ping|uri)$/;
const deletes = /state=absent|state:\s*absent|"state"\s*:\s*"absent"/;

/** One module on some machines: `ansible all -m shell -a 'COMMAND'`. */
function adHoc(call: Call, on: Evaluation, read: Options): Outcome {
  const module = read.value("module-name") ?? literal("command");
  const words = read.value("args");
  const name = `ansible -m ${shown(module)}`;
  const here = isHere(read);
  const elevated =
    here && read.has("become")
      ? [on.effect("privilege.elevate", "run a module on this machine with other privileges")]
      : [];
  if (lookers.test(module.text)) return on.join(...elevated, on.fine());
  if (!shells.test(module.text)) {
    if (isTrial(call, read, ["check"])) return on.fine();
    return on.join(
      ...elevated,
      sensed(on, words !== undefined && deletes.test(words.text) ? "destroy" : "apply", name),
    );
  }
  const source =
    words === undefined
      ? undefined
      : partOf(words, words.text.replaceAll(/\b(?:chdir|creates|removes|executable|warn)=\S+\s*/g, ""));
  const inner =
    source === undefined
      ? on.fine()
      : on.script({ ...source, at: here ? source.at : null }, here ? {} : { elsewhere: true });
  return on.join(...elevated, inner, ...(here ? [] : [sensed(on, "remote", name)]));
}

const isHere = (read: Options): boolean =>
  /^local$/.test(read.value("connection")?.text ?? "") ||
  read.operands.some(({ text }) => /^(?:localhost|127\.0\.0\.1|::1)(?:,|$)/.test(text));

function judgeTool(call: Call, on: Evaluation): Outcome {
  const read = readOptions(call.args, options);
  const odd = oddWords(on, call.name, [...read.unknown, ...read.uncertain]);
  if (
    isTrial(call, read, ["list-hosts", "list-tasks", "list-tags", "syntax-check", "version", "help"]) ||
    call.args.length === 0
  )
    return on.join(...odd, on.fine());
  if (call.name === "ansible") return on.join(...odd, adHoc(call, on, read));
  if (call.name === "ansible-playbook")
    return on.join(
      ...odd,
      isTrial(call, read, ["check"])
        ? on.fine()
        : sensed(on, "apply", `ansible-playbook ${read.operands.map(shown).join(" ")}`),
    );
  return on.join(...odd, sensed(on, call.name === "ansible-pull" ? "url" : "remote", call.name));
}

const judgeVault = judgeSubcommands({
  options:
    "vault-id= vault-password-file,vault-pass-file= J,ask-vault-password,ask-vault-pass new-vault-id= new-vault-password-file= encrypt-vault-id= output= n,name= stdin-name= v,verbose version",
  means: { read: "encrypt, encrypt_string, create", secret: "view, decrypt, edit", admin: "rekey" },
});

const judgeGalaxy = judgeSubcommands({
  options:
    "s,server= token,api-key= c,ignore-certs timeout= v,verbose version p,roles-path,collections-path= r,role-file,requirements-file= f,force n,no-deps init-path= api-version=",
  means: {
    read: "list, info, search, init, role list|info|search|init, collection list|init|build|verify|download, help",
    url: "install, role install, collection install, import, role import, role setup, setup",
    destroy: "remove, delete, role remove|delete",
    publish: "collection publish",
    admin: "login",
  },
});

export const profile: Profile = {
  names: [
    "ansible",
    "ansible-playbook",
    "ansible-pull",
    "ansible-console",
    "ansible-vault",
    "ansible-galaxy",
    "ansible-inventory",
    "ansible-doc",
    "ansible-config",
    "ansible-lint",
  ],
  summary: "changes other machines",
  judge: (call: Call, on: Evaluation): Outcome => {
    if (/-(?:inventory|doc|config|lint)$/.test(call.name)) return on.fine();
    if (call.name === "ansible-vault") return judgeVault(call, on);
    return call.name === "ansible-galaxy" ? judgeGalaxy(call, on) : judgeTool(call, on);
  },
  matches: [
    { line: "ansible all -m shell -a 'rm -rf /var/tmp/x'", decision: "ask", effect: "infra.destroy" },
    { line: "ansible web -a 'uptime'", decision: "ask", effect: "remote-exec.remote-host" },
    { line: "ansible localhost -m shell -a 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "ansible all -b -m file -a 'path=/srv/x state=absent'", decision: "ask", effect: "infra.destroy" },
    { line: "ansible-playbook -i hosts site.yml", decision: "ask", effect: "infra.apply" },
    { line: "ansible-vault view secrets.yml", decision: "ask", effect: "exfil.secret-read" },
    { line: "ansible-galaxy install geerlingguy.docker", decision: "ask", effect: "remote-exec.run-url" },
  ],
  spares: [
    "ansible all -m ping",
    "ansible-playbook --check --diff site.yml",
    "ansible-playbook site.yml --syntax-check",
    "ansible-inventory --list",
  ],
};
