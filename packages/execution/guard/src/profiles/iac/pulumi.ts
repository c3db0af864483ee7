// Pulumi: the preview is free.
import type { Profile } from "../../profile.ts";
import { isTrial, judgeSubcommands, sensed, type Special } from "../_subcommands.ts";

const config: Special = (here) => sensed(here.on, here.options.has("show-secrets") ? "secret" : "read", here.name);
const up: Special = (here) =>
  sensed(here.on, isTrial(here.call, here.options, ["preview-only", "help"]) ? "read" : "apply", here.name);

export const profile: Profile = {
  names: ["pulumi"],
  summary: "changes infrastructure from a program",
  judge: judgeSubcommands({
    options:
      "C,cwd= color= disable-integrity-checking e,emoji=? logtostderr memprofilerate= non-interactive profiling= tracing= v,verbose= Q,fully-qualify-stack-names s,stack= config= c,config-file= path m,message= " +
      "p,parallel= t,target= target-dependents r,refresh=? f,skip-preview y,yes preview-only diff json j show-secrets=? secrets-provider= plan= save-plan= policy-pack= policy-pack-config= " +
      "exclude-protected remove replace= target-replace= expect-no-changes show-config show-reads show-sames show-names secret plaintext all since= o,output= file= from= to= a preserve-config",
    means: {
      read:
        "preview, pre, stack, stack ls|output|graph|history|select, config get, whoami, about, logs, version, help, plugin ls, policy ls, schema *, convert, gen-completion, " +
        "package get-schema|gen-sdk|info, org get-default, env ls, state list, history, project ls, console, trace *, deployment get",
      destroy:
        "destroy, down, dn, stack rm, state delete|move|rename|repair|taint, cancel, env rm, policy disable|rm, plugin rm, config rm|rm-all, deployment cancel",
      apply:
        "refresh, import, watch, w, state *, stack init|import|rename|tag|unselect, stack tag *, config set|set-all|refresh|cp|env *, config env *, env init|edit|set|clone|rotate|tag|version, policy enable|new|install, deployment *, install, new, package add, do",
      secret: "stack export, env get|open|run",
      admin: "login, logout, org *, stack change-secrets-provider, ai *",
      publish: "policy publish, package publish, template publish",
      url: "plugin install, plugin run",
    },
    special: {
      config,
      "config get": config,
      "stack output": config,
      "up|update": up,
      "stack export": ({ on, options, name }) => sensed(on, options.has("show-secrets") ? "secret" : "read", name),
    },
  }),
  matches: [
    { line: "pulumi destroy --yes", decision: "ask", effect: "infra.destroy" },
    { line: "pulumi up -y", decision: "ask", effect: "infra.apply" },
    { line: "pulumi stack rm prod", decision: "ask", effect: "infra.destroy" },
    { line: "pulumi config --show-secrets", decision: "ask", effect: "exfil.secret-read" },
    { line: "pulumi -C infra down", decision: "ask", effect: "infra.destroy" },
  ],
  spares: ["pulumi preview --diff", "pulumi stack ls", "pulumi config get region", "pulumi up --preview-only"],
};
