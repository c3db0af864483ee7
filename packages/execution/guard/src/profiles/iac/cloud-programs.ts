// Programs that deploy what a project describes to a cloud: CDK, Serverless, SAM and their kin.
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { judgeSubcommands } from "../_subcommands.ts";

const judge = judgeSubcommands({
  options:
    "a,app= c,context= p,plugin= trace strict lookups=? ignore-errors j,json v,verbose debug ec2creds i,ca-bundle-path= path-metadata=? asset-metadata=? r,role-arn= staging=? o,output= notices=? no-color ci=? profile= " +
    "region= s,stage= f,function= config= param= type= aws-profile= config-file= config-env= t,template,template-file= b,base-dir= u,use-container parallel cached stack-name= s3-bucket= s3-prefix= capabilities= no-execute-changeset " +
    "parameter-overrides= e,event= env-vars= docker-network= name= n tail= start-time= dir= no-input proxy= timeout= require-approval= outputs-file= concurrency= all force exclusively hotswap method= no-interactive " +
    "log-level= quiet print-logs project= project-dir= yes y",
  means: {
    read:
      "list, ls, synth, synthesize, diff, metadata, docs, doc, doctor, notices, acknowledge, ack, init, context, version, help, flags, drift, lint, info, print, package-info, logs, metrics, validate, build, " +
      "local invoke|start-api|start-lambda|generate-event, generate *, invoke local, plan, output, outputs, get, convert, provider list|get, debug, traces, list *, status, env list|get, tail, url, " +
      "gen-policy, generate-sdk, generate-models, gen, offline, console, schedule-list, test, packages, plugin list|search, deploy list",
    destroy:
      "destroy, remove, delete, gc, rollback, undeploy, unschedule, rollback function, env remove|delete, unlink, reset, remove *, delete *, stop",
    apply:
      "deploy, deploy *, bootstrap, import, watch, migrate, invoke, invoke *, update, schedule, sync, sync *, package, publish-layer, provider add|upgrade, up, apply, remote *, pipeline *, push, pull, add *, update *, import *, env add|checkout, init *, " +
      "refactor, dev, start, certify, save-remote-copy-to-file, orphan, plugin install|uninstall, config *, configure *, unlock, diagnostic, shell, hosting *, mock, upgrade, run",
    secret: "secret list|get, secrets list|get, param *, env export, shell-env",
    admin: "login, logout, dashboard, credentials *, secret *, secrets *",
    publish: "publish",
  },
  otherwise: "unknown",
  trial: ["dry-run", "dryrun", "no-execute-changeset"],
});

const appOptions = grammar("a,app=");

// `cdk --app COMMAND`: the program that describes the stack, as a text for a shell.
function app({ name, args }: Call, on: Evaluation): readonly Outcome[] {
  if (name !== "cdk" && name !== "cdktf") return [];
  return readOptions(args, appOptions)
    .values("app")
    .filter(({ text }) => !text.endsWith(".out") && !/^[\w./-]+$/.test(text))
    .map((text) => on.script(text));
}

export const profile: Profile = {
  names: [
    "cdk",
    "cdktf",
    "cdk8s",
    "serverless",
    "sls",
    "sam",
    "sst",
    "chalice",
    "zappa",
    "amplify",
    "ampx",
    "arc",
    "copilot-cli",
    "up-cli",
    "osls",
  ],
  summary: "deploys what a project describes",
  judge: (call, on) => on.join(...app(call, on), judge(call, on)),
  matches: [
    { line: "cdk destroy --all --force", decision: "ask", effect: "infra.destroy" },
    { line: "cdk deploy --require-approval never", decision: "ask", effect: "infra.apply" },
    { line: "cdk synth --app 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "serverless remove --stage prod", decision: "ask", effect: "infra.destroy" },
    { line: "sam delete --no-prompts", decision: "ask", effect: "infra.destroy" },
    { line: "sls deploy -s prod", decision: "ask", effect: "infra.apply" },
  ],
  spares: ["cdk diff", "cdk synth", "cdk ls", "sam build", "sam local invoke", "sls print"],
};
