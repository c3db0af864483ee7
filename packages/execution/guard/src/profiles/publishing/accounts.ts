// Clients of paid services, name servers and content stores: their verbs say what is done.
import type { Profile } from "../../profile.ts";
import { judgeSubcommands, sensed, type Special } from "../_subcommands.ts";

const api: Special = ({ on, path, name }) =>
  sensed(on, path[0]?.text === "get" ? "read" : path[0]?.text === "delete" ? "destroy" : "apply", name);

export const profile: Profile = {
  names:
    "stripe ldcli launchdarkly dnscontrol octodns-sync octodns-validate cli53 godaddy namecheap slack discord shopify contentful sanity algolia hasura logcli grafana-cli newrelic pd pagerduty jira linear trello auth0 okta clerk segment mixpanel airtable paddle braintree mailgun postmark sfdx sf ghost".split(
      " ",
    ),
  summary: "works on an account of a service",
  judge: judgeSubcommands({
    colons: true,
    otherwise: "verbs",
    options:
      "api-key= p,project,project-name= c,config= d,data,dataset= e,environment,env= o,output,organization= t,token,target-org= color= device-name= log-level= live access-token= base-uri= flag= creds= domains= providers= no-purge q,quiet addr= org-id= username= password= tls-skip-verify bearer-token= tenant= admin-secret= endpoint= envfile= space-id= management-token= environment-id= s,store,shop= theme= json no-color f,file= u,target-org= dry-run debug doit dry confirm idempotency= limit= expand=",
    means: {
      read:
        "get, logs tail, listen, status, open, resources, help, version, samples list, preview, check, check-creds, print-ir, fmt, get-zones, get-certs, ppreview, write-types, list, ls, query, labels, series, instant-query, stats, detected-fields, metadata diff|export|inconsistency list, migrate status, console, " +
        "space list, content-type list|get, entry list|get, theme list|info|check|serve|dev, app dev|build|info, theme pull, dataset list, documents get|query, projects list, schema extract|validate, typegen *, build, dev, start, whoami, me, issue list|view, sprint list, epic list, board list, project list, org list|display, data query, plugins ls|list-remote, apps list, flags list|get, members list, docs, projects, documents list, limits",
      secret: "config --list, config list, tokens *, org display --verbose, login status, auth token",
      destroy:
        "metadata clear, migrate delete, dataset delete|unset, theme delete, documents delete, space delete, org delete, project delete source, sites purge",
      apply:
        "trigger, fixtures, post, resend, push, metadata *, migrate *, seeds *, dataset *, documents *, theme push|publish|share|rename, app *, hydrogen *, apex run, data *, project deploy *, space *, flags *, entry *, issue *, samples create, events resend, terminal *, deploy, run, actions *",
      admin:
        "login, logout, config *, auth *, org login *, member *, members *, plugins install|update|remove|uninstall, users *, switch, init",
      publish: "publish, package version *, app deploy|release",
    },
    special: { "get|post|delete": api },
    trial: ["dry-run"],
  }),
  matches: [
    { line: "stripe customers delete cus_1", decision: "ask", effect: "infra.destroy" },
    { line: "stripe delete /v1/customers/cus_1", decision: "ask", effect: "infra.destroy" },
    { line: "stripe trigger payment_intent.succeeded", decision: "ask", effect: "infra.apply" },
    { line: "dnscontrol push", decision: "ask", effect: "infra.apply" },
    { line: "ldcli flags delete --flag x", decision: "ask", effect: "infra.destroy" },
    { line: "sanity dataset delete production", decision: "ask", effect: "infra.destroy" },
    { line: "hasura metadata clear", decision: "ask", effect: "infra.destroy" },
  ],
  spares: [
    "stripe listen --forward-to localhost:3000/hook",
    "stripe customers list",
    "dnscontrol preview",
    "logcli query '{app=\"x\"}'",
    "shopify theme list",
  ],
};
