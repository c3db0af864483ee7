// Microsoft's client.
import type { Arg } from "../../arg.ts";
import type { Profile } from "../../profile.ts";
import { scriptInside } from "../containers/_inside.ts";
import { judgeSubcommands, sensed, type Special } from "../_subcommands.ts";

const rest: Special = ({ on, options, name }) => {
  const method = (options.value("method")?.text ?? "get").toLowerCase();
  return sensed(on, method === "get" || method === "head" ? "read" : method === "delete" ? "destroy" : "apply", name);
};

const download: Special = ({ on, options, name }) =>
  on.join(
    sensed(on, "fetch", name),
    ...[...options.values("file"), ...options.values("destination"), ...options.values("dest")].map((path) =>
      on.write(path, "overwrite"),
    ),
  );

const command: Special = ({ on, options, name }) =>
  on.join(
    ...[...options.values("scripts"), ...options.values("command")]
      .filter(({ text }) => !text.startsWith("@"))
      .map((text: Arg) => scriptInside(on, text)),
    sensed(on, "remote", name),
  );

export const profile: Profile = {
  names: ["az", "az.cmd", "azd"],
  summary: "works on Microsoft's cloud",
  judge: judgeSubcommands({
    options:
      "subscription= o,output= query= n,name= g,resource-group= l,location= ids= debug verbose only-show-errors s,scripts= m,method= u,uri,url= b,body= f,file= d,destination= dest= c,container-name= account-name= account-key= " +
      "sas-token= connection-string= auth-mode= vault-name= command= org,organization= p,project= detect= e,environment= cwd= C,cwd= no-prompt y,yes no-wait t,tags= template-file= parameters= what-if w,what-if command-id= image= sku= dry-run dryrun",
    means: {
      read:
        "version, find, feedback, help, account list|show|list-locations, config get, bicep build|decompile|lint|format|version|list-versions|generate-params|restore, cloud list|show, deployment group|sub|mg|tenant what-if|validate, extension list|show|list-available, graph query, " +
        "monitor log-analytics query, monitor app-insights query, acr check-health, acr repository list|show|show-tags, acr manifest list-metadata, aks check-acr, aks get-versions, aks get-upgrades, webapp log tail|show|download, webapp list-runtimes, vm list-*|get-instance-view, containerapp logs show, " +
        "resource list|show, costmanagement query, self-test, keyvault list|show, keyvault key list|show, keyvault certificate list|show|get-*, keyvault secret list, storage blob list|show|exists|url, network watcher show-*|test-*|list, show, env list, template list|show, package",
      secret:
        "account get-access-token, keyvault secret show|download|backup, keyvault key download|backup|decrypt, storage account keys *, storage account show-connection-string|generate-sas, storage blob|container|share|queue|table|file generate-sas, acr credential show|renew, acr token credential generate, " +
        "cosmosdb keys list, cosmosdb list-*, redis list-keys, functionapp keys list, webapp deployment list-publishing-*, webapp deployment user show, iot hub connection-string show, eventhubs|servicebus namespace authorization-rule keys list, search admin-key show, search query-key list, batch account keys list, " +
        "cognitiveservices account keys list, maps account keys list, signalr key list, webapp config appsettings|connection-string list, functionapp config appsettings list, env get-values|get-value|get-secret, ad sp credential list, staticwebapp secrets list, containerapp secret show, appconfig kv export, apim *-secret*",
      admin:
        "login, logout, account set|clear, configure, config set|unset, cloud set|register, aks get-credentials|install-cli, acr login, ad *, ad app|sp|user|group *, ad sp credential reset, role *, role assignment|definition *, policy *, keyvault set-policy|delete-policy, devops login, devops security *, auth *, " +
        "account management-group *, identity *, ssh config",
      destroy:
        "group delete, ad app|sp|user|group delete, role assignment|definition delete, policy assignment|definition|set-definition delete, down, identity delete, keyvault secret|key|certificate purge, disk revoke-access",
      apply:
        "init, up, provision, deploy, restore, env set|new|select|refresh, hooks run, pipeline config, add, webapp log config, interactive, upgrade, storage blob upload|upload-batch|sync|copy, pipelines run, webapp up, functionapp *-zip",
      remote:
        "vm run-command invoke, ssh vm|arc, webapp ssh|create-remote-connection, serial-console *, containerapp exec, network bastion *, aks command invoke",
      url: "extension add|update, bicep install|upgrade",
    },
    special: {
      rest,
      "storage blob|file|fs download": download,
      "storage blob|file|fs download-batch": download,
      "vm|vmss run-command invoke": command,
      "aks command invoke": command,
      "containerapp exec": command,
      "ad app|sp|user|group list|show": ({ on }) => on.fine(),
      "ad signed-in-user show": ({ on }) => on.fine(),
      "role assignment|definition list": ({ on }) => on.fine(),
      "policy assignment|definition|state|event list|show": ({ on }) => on.fine(),
      "identity list|show": ({ on }) => on.fine(),
    },
    otherwise: "verbs",
    trial: ["what-if", "dry-run", "dryrun"],
  }),
  matches: [
    { line: "az group delete --name rg-prod", decision: "ask", effect: "infra.destroy" },
    { line: "az vm delete -g rg -n vm --yes", decision: "ask", effect: "infra.destroy" },
    { line: "az search service delete -n x -g rg", decision: "ask", effect: "infra.destroy" },
    { line: "az keyvault secret show --vault-name v --name db", decision: "ask", effect: "exfil.secret-read" },
    { line: "az rest --method delete --url https://x.example/y", decision: "ask", effect: "infra.destroy" },
    { line: "az role assignment create --assignee x --role Owner", decision: "ask", effect: "infra.admin" },
    {
      line: "az vm run-command invoke -g rg -n vm --command-id RunShellScript --scripts 'rm -rf /srv'",
      decision: "ask",
      effect: "infra.destroy",
    },
  ],
  spares: [
    "az account show",
    "az vm list -o table",
    "az group list",
    "az deployment group what-if -g rg --template-file main.bicep",
    "az webapp log tail -n x -g rg",
  ],
};
