// Infrastructure as code: the plan is free, what carries it out is asked.
import { type Arg, literal } from "../../arg.ts";
import type { Outcome, Profile } from "../../profile.ts";
import { type Here, isTrial, judgeSubcommands, sensed, type Special } from "../_subcommands.ts";

const helps = ({ call, options }: Here): boolean => isTrial(call, options, ["help"]);

const apply: Special = (here) => {
  if (helps(here)) return here.on.fine();
  return sensed(here.on, here.options.has("destroy") ? "destroy" : "apply", here.name);
};

const init: Special = (here) => {
  const { on, options, name } = here;
  if (helps(here)) return on.fine();
  const moves = options.has("migrate-state", "force-copy");
  const url = options.has("from-module") ? [sensed(on, "url", name)] : [];
  return on.join(on.fine(), ...url, ...(moves ? [sensed(on, "apply", name)] : []));
};

const plan: Special = ({ on, options }) =>
  on.join(
    on.fine(),
    ...[...options.values("out"), ...options.values("generate-config-out")].map((path) => on.write(path, "overwrite")),
  );

/** A value that is shown although the configuration calls it a secret. */
const output: Special = ({ on, options }) =>
  on.fine(
    options.has("raw", "json") ? { text: null, taints: new Set(["secret"]), files: [], from: "pipe" } : undefined,
  );

/** `terragrunt run [--all] [--] COMMAND`, `run-all COMMAND`: the rest is terraform's; `terramate run -- PROGRAM …`: the rest is a command. */
const everywhere: Special = ({ on, call, tail }): Outcome => {
  const dashes = tail.findIndex(({ text }) => text === "--");
  if (call.name === "terramate") return dashes < 0 ? on.fine() : on.run(tail.slice(dashes + 1));
  const words = tail.filter((word: Arg) => !/^--$|^--(?:all|graph)$/.test(word.text));
  return on.run([literal("terraform"), ...words]);
};

const withName = (name: string, words: readonly string[]): string => words.map((word) => `${name} ${word}`).join(", ");

export const profile: Profile = {
  names: [
    "terraform",
    "tofu",
    "terragrunt",
    "tf",
    "tg",
    "tflocal",
    "opentofu",
    "terraform.exe",
    "terramate",
    "atmos",
    "tfenv",
    "tfswitch",
    "tofuenv",
    "infracost",
    "tflint",
    "terraform-docs",
    "driftctl",
  ],
  summary: "plans and changes infrastructure",
  judge: judgeSubcommands({
    single: true,
    options:
      "chdir= version help out= var= var-file= target= replace= refresh=? refresh-only destroy lock=? lock-timeout= input=? no-color json raw parallelism= state= state-out= backup= compact-warnings " +
      "detailed-exitcode generate-config-out= upgrade reconfigure migrate-state force-copy backend=? backend-config= from-module= get=? plugin-dir= lockfile= auto-approve force check diff recursive " +
      "write=? list=? allow-missing config= provider= ignore-remote-version or-create test-directory= filter= verbose type= plan= draw-cycles module-depth= show-sensitive exclude= " +
      // terragrunt and tools beside it
      "terragrunt-non-interactive terragrunt-working-dir= terragrunt-config= terragrunt-log-level= terragrunt-source= terragrunt-download-dir= terragrunt-iam-role= terragrunt-include-dir= " +
      "terragrunt-exclude-dir= terragrunt-parallelism= terragrunt-no-auto-init terragrunt-no-auto-approve terragrunt-ignore-dependency-errors terragrunt-include-external-dependencies terragrunt-source-update " +
      "terragrunt-no-color terragrunt-tfpath= terragrunt-debug non-interactive working-dir= log-level= log-format= source= download-dir= queue-include-dir= queue-exclude-dir= queue-include-external tf-path= all graph " +
      "no-auto-init no-auto-approve source-update strict-mode experiment= s= stack= changed path= format= show-skipped minimum-failure-severity= c=",
    means: {
      read:
        "fmt, validate, show, state list|show, graph, console, get, version, providers, providers *, metadata *, modules, help, workspace list|show|select|new, env list|show|select|new, " +
        "hclfmt, hcl *, render, render-json, terragrunt-info, output-module-groups, graph-dependencies, validate-inputs, list, find, info *, dag *, aws-provider-patch, catalog, scaffold, hclvalidate, " +
        "describe *, generate *, trigger, breakdown, markdown, json, yaml, pretty, asciidoc, scan, list-remote, " +
        withName("stack", ["generate", "output", "clean"]),
      secret: "state pull",
      apply:
        "import, refresh, test, query, workspace *, untaint, providers unlock, state *, cloud *, rpcapi, stacks *, upload, configure *, experimental *, create, apply-all, exec, uninstall, comment",
      destroy:
        "destroy, taint, force-unlock, state rm|mv|push|replace-provider|replace, workspace delete, env delete, destroy-all, backend delete|migrate, remote *, 0.13upgrade, untrigger",
      admin: "login, logout, auth *, register",
      url: "install, use, pin",
    },
    special: {
      apply,
      init,
      plan,
      output,
      "plan-all|output-all|validate-all": plan,
      "run-all|run": everywhere,
      "stack run": everywhere,
      terraform: everywhere,
      "backend bootstrap": apply,
    },
  }),
  matches: [
    { line: "terraform destroy", decision: "ask", effect: "infra.destroy" },
    { line: "terraform -chdir=infra apply -auto-approve", decision: "ask", effect: "infra.apply" },
    { line: "terraform apply -destroy", decision: "ask", effect: "infra.destroy" },
    { line: "tofu state rm aws_db_instance.main", decision: "ask", effect: "infra.destroy" },
    { line: "terraform force-unlock -force 123", decision: "ask", effect: "infra.destroy" },
    { line: "terragrunt run-all destroy", decision: "ask", effect: "infra.destroy" },
    { line: "terraform state pull", decision: "ask", effect: "exfil.secret-read" },
  ],
  spares: [
    "terraform plan -out=plan.tfplan",
    "terraform fmt -check -recursive",
    "terraform init -upgrade",
    "terragrunt run-all plan",
    "terraform show -json plan.tfplan",
  ],
};
