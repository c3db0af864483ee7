// Command lines of other forges: GitLab's, Gitea's, hub and their like.
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { judgeGit } from "../git/_as-git.ts";
import { sends } from "../_sent-data.ts";
import { judgeSubcommands, sensed, type Special } from "../_subcommands.ts";
import { apiRequest } from "./_api-request.ts";

const api: Special = ({ on, tail, name }) => apiRequest(on, tail, name);
const aliasSet: Special = ({ on, name }) =>
  on.effect("code-injection.config", `run \`${name}\`, which keeps a command to be run later`);

const glab = judgeSubcommands({
  options:
    "R,repo= g,group= P,per-page= p,page= a,assignee= l,label= t,title= d,description= b,target-branch= s,source-branch= m,message= F,output= hostname= X,method= author= reviewer= milestone= ref= v,verbose",
  means: {
    read: "mr create|new|note|checkout|update|reopen|todo|subscribe|unsubscribe|close, issue create|note|update|close|reopen|subscribe|unsubscribe|board, auth status, config get|list, alias list, check-update, version, help, label create, incident create|note, repo search, duo ask",
    fetch:
      "mr list|ls|view|show|diff|issues|approvers|for, issue list|ls|view|show, ci list|view|status|trace|lint|get|artifact|config, pipeline list|view|status|trace, repo view|list|contributors|clone, release list|view|download, variable list|get|export, label list|get, user *, schedule list, snippet list|view, job artifact, changelog *, incident list|view, iteration list, milestone list|get, ssh-key list|get, deploy-key list|get, token list, stack list, cluster list, securefile list",
    generator: "completion",
    secret: "auth token",
    destroy:
      "issue delete, mr delete, repo delete|archive, release delete, variable delete, ci delete, label delete, schedule delete, ssh-key delete, deploy-key delete, token revoke, milestone delete, securefile remove, snippet delete",
    apply:
      "mr merge|rebase|revoke, ci run|retry|trigger|cancel|run-trig, pipeline run|retry|cancel, schedule create|run|update, repo fork|mirror|transfer|update, milestone create|edit, stack *, job play",
    publish: "release create|upload, snippet create",
    admin:
      "mr approve, variable set|update, repo create|publish, auth login|logout|configure-docker|docker-helper, config set|edit, alias delete, ssh-key add, deploy-key add, token create|rotate, securefile create, user-key add, cluster agent",
  },
  special: { api, "alias set": aliasSet },
});

const tea = judgeSubcommands({
  options:
    "R,repo= r,remote= l,login= o,output= state= limit= page= t,title= d,description= b,base= head= a,assignees= L,labels=",
  means: {
    read: "issue create|c|edit|close|reopen, issues create|c|edit|close|reopen, pull create|c|checkout|co|clean|close|reopen, pulls create|c|checkout|co|clean|close|reopen|review, comment, open, whoami, help, version, login list|ls|default",
    fetch:
      "issue, issues, issue list|ls, issues list|ls, pull, pulls, pr, pull list|ls, pulls list|ls, label, labels, labels list|ls, milestone, milestones, milestones list|ls, release, releases, releases list|ls, time, times, org, organizations, organizations list|ls, repo, repos, repos list|ls|search, notification, notifications, branch, branches, branches list, clone",
    destroy:
      "label delete, labels delete|rm, milestones delete|rm, releases delete|rm, organizations delete|rm, repo delete, repos delete|rm, branches unprotect, webhooks delete",
    apply:
      "pull merge, pulls merge|m, labels create|update, milestones create|close|reopen, repo fork, repos fork|f|migrate, releases edit",
    publish: "releases create|c, release create",
    admin:
      "pulls approve|lgtm, repo create, repos create|c|create-from-template, login add|edit|delete|oauth, logout, organizations create, branches protect, admin *, webhooks create|update, actions secrets|variables",
  },
});

const hubWords = judgeSubcommands({
  options: "",
  means: {
    read: "pull-request, issue create, pr checkout, browse, compare, ci-status, help, version, issue, sync",
    fetch: "pr list, pr show, issue show, issue labels, release, release show, release download, gist show",
    destroy: "delete, release delete",
    publish: "release create, release edit, gist create",
    admin: "create, fork, pr merge",
  },
  special: { api },
});

const own: Readonly<Record<string, (call: Call, on: Evaluation) => Outcome>> = { glab, lab: glab, tea, "git-tea": tea };
const ofHub = /^(?:pull-request|issue|pr|browse|compare|ci-status|sync|release|gist|delete|create|fork|api)$/;

// hub hands everything that is not its own to git.
function hub(call: Call, on: Evaluation): Outcome {
  return ofHub.test(call.args[0]?.text ?? "") ? hubWords(call, on) : judgeGit(call, on);
}

export const profile: Profile = {
  names: ["glab", "lab", "tea", "git-tea", "hub"],
  summary: "works with a forge",
  judge: (call, on) =>
    on.join(
      ...(call.name === "hub" ? [] : sends(on, "to a forge", call.args)),
      call.name === "hub" ? hub(call, on) : (own[call.name] ?? sensedUnknown)(call, on),
    ),
  matches: [
    { line: "glab mr merge 4", decision: "ask", effect: "infra.apply" },
    { line: "glab repo delete acme/app", decision: "ask", effect: "infra.destroy" },
    { line: "glab api -X DELETE projects/1", decision: "ask", effect: "infra.destroy" },
    { line: "glab variable set KEY x", decision: "ask", effect: "infra.admin" },
    { line: "tea repos delete x", decision: "ask", effect: "infra.destroy" },
    { line: "hub reset --hard", decision: "ask", effect: "git.discard" },
    { line: "hub delete acme/app", decision: "ask", effect: "infra.destroy" },
  ],
  spares: [
    "glab mr list",
    "glab ci status",
    "glab mr create --fill",
    "glab api projects/1",
    "tea issues list",
    "hub status",
    "hub pr list",
  ],
};

const sensedUnknown = (call: Call, on: Evaluation): Outcome => sensed(on, "unknown", call.name);
