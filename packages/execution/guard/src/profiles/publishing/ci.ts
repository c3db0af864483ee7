// Clients of build servers, error trackers and report collectors.
import type { Profile } from "../../profile.ts";
import { judgeSubcommands, sensed, type Special } from "../_subcommands.ts";
import { onThisMachine } from "../clouds/_inside-app.ts";

const sends = /^(?:chromatic|coveralls|percy|happo|argos|cc-test-reporter|codacy-coverage)$/;
const bare: Special = ({ on, call }) => sensed(on, sends.test(call.name) ? "apply" : "read", call.name);

export const profile: Profile = {
  names:
    "circleci gitlab-runner travis buildkite-agent bk drone woodpecker-cli jenkins-cli jenkins-jobs jenkins-job-builder datadog-ci sentry-cli chromatic coveralls percy happo argos cc-test-reporter fossa codemagic bitrise appcenter teamcity semaphore spin octo".split(
      " ",
    ),
  summary: "talks to a build server",
  judge: judgeSubcommands({
    bare,
    otherwise: "verbs",
    options:
      "s,server= t,token,project-token,target= auth-token,api-key= u,url= o,org= p,project= r,repo,release= host= token= skip-update-check debug v,verbose e,env,environment= header= log-level= quiet allow-failure c,config= agent-access-token= endpoint= job= build= branch= format= dist= pipeline= application= gate-endpoint= d,storybook-build-dir= i n no-interactive space= apiKey= dry-run exit-zero-on-changes",
    means: {
      read:
        "config validate|process|pack, orb list|source|info|validate|pack|process, info, diagnostic, version, help, lint, status, logs, history, show, whatsup, repos, branches, monitor, whoami, report, accounts, encrypt, requests, cron list, caches, " +
        "meta-data get|exists|keys, artifact search|shasum, step get, pipeline list, build ls|info|logs|show, repo ls|info, cron ls, secret ls, server ls, user ls, convert, jsonnet, starlark, test, analyze, " +
        "releases list|info|propose-version, projects list, organizations list, repos list, issues list, events list, debug-files check, difutil *, list-jobs, get-job, console, who-am-i, list-plugins, get-view, application list|get, pipeline get, execution list|get, project list",
      destroy:
        "cancel, delete, disable, cache --delete, repository-delete, abort, purge, meta-data delete, delete-*, disable-*, safe-shutdown, shutdown, quiet-down, stop, clear-queue, offline-node, releases delete, debug-files delete, monitors delete",
      apply:
        "pipeline upload|run, artifact upload, annotate, annotation *, meta-data set, start, enable, restart, trigger, build *, sync, init, setup, settings, cron *, create-*, update-*, copy-job, enable-*, install-plugin, safe-restart, reload-configuration, connect-node, online-node, " +
        "upload, sourcemaps *, lambda *, junit *, coverage *, synthetics *, git-metadata *, dora *, deployment *, sbom *, sarif *, measure *, tag *, trace *, gate *, dsyms *, flutter-symbols *, stepfunctions *, cloud-run *, aas *, container-app *, releases *, deploys *, debug-files *, upload-*, send-event, send-envelope, send-metric *, monitors run, react-native *, bash-hook, exec, finalize, follow, unfollow, admin *, context *, namespace *, runner *, policy *, env *, variables, sshkey, pubkey, pipeline *, application *, project *, after-build, before-build, format-coverage, upload-coverage, sum-coverage, distribute *, codepush *, apps *, orgs *, run",
      admin:
        "login, logout, setup, token, tokens *, update, context *, secret *, user *, repo *, sshkey, namespace *, runner *",
      secret: "secret get, env list, token, redactor *, oidc *",
      publish: "orb publish|create|promote|unlist",
      exec: "groovy, groovysh, install-tool",
      remote: "ssh, ssh *",
    },
    special: {
      "local execute|build": ({ on }) => on.fine(),
      "monitors run": onThisMachine,
      exec: onThisMachine,
      "trace command": onThisMachine,
    },
    trial: ["dry-run"],
  }),
  matches: [
    { line: "sentry-cli releases delete 1.0", decision: "ask", effect: "infra.destroy" },
    { line: "sentry-cli sourcemaps upload dist", decision: "ask", effect: "infra.apply" },
    { line: "circleci orb publish a.yml x/y@1", decision: "ask", effect: "infra.publish" },
    { line: "jenkins-cli groovy = < x.groovy", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "drone build stop x/y 1", decision: "ask", effect: "infra.destroy" },
    { line: "buildkite-agent pipeline upload", decision: "ask", effect: "infra.apply" },
    { line: "chromatic --project-token=x", decision: "ask", effect: "infra.apply" },
  ],
  spares: [
    "circleci config validate",
    "circleci local execute build",
    "sentry-cli releases list",
    "travis lint",
    "buildkite-agent meta-data get x",
  ],
};
