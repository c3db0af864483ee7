// Message brokers: listing and reading is free, deleting, purging and resetting is asked.
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { judgeSubcommands, sensed } from "../_subcommands.ts";

const kafkaLooks =
  /^--?(?:list|describe|version|help|verify|generate|groups|members|state|status|dry-run|unavailable-partitions|under-replicated-partitions|offsets|timeout|bootstrap-server|topic|group|command-config|all-groups|all-topics)(?:=|$)/;
const kafkaLoses = /^--?(?:delete|delete-config|remove|reset-offsets|delete-offsets|offset-json-file|cancel)(?:=|$)/;
const kafkaChanges = /^--?(?:create|alter|add|add-config|execute|election-type|entity-default)(?:=|$)/;

/** The scripts of Kafka: their options say what is done. */
function kafka({ name, args }: Call, on: Evaluation): Outcome {
  const tool = name.replace(/\.(?:sh|bat)$/, "");
  if (
    /-(?:console-consumer|dump-log|log-dirs|broker-api-versions|get-offsets|verifiable-consumer|replica-verification)$/.test(
      tool,
    )
  )
    return on.fine();
  const shownName = [tool, ...args.slice(0, 4).map(({ text }) => text)].join(" ").slice(0, 120);
  if (
    /-(?:delete-records|server-stop|server-start|storage|metadata-quorum|leader-election|run-class|streams-application-reset|zookeeper-shell)$|^zookeeper-/.test(
      tool,
    )
  )
    return sensed(on, "destroy", shownName);
  if (args.some(({ text }) => kafkaLoses.test(text)) && !args.some(({ text }) => text === "--dry-run"))
    return sensed(on, "destroy", shownName);
  if (
    args.some(({ text }) => kafkaChanges.test(text)) ||
    /-(?:console-producer|verifiable-producer|producer-perf-test|mirror-maker)$/.test(tool)
  )
    return sensed(on, "apply", shownName);
  return args.length === 0 || args.some(({ text }) => kafkaLooks.test(text))
    ? on.fine()
    : sensed(on, "unknown", shownName);
}

const judge = judgeSubcommands({
  options:
    "n,node= q,quiet s,silent,server,silent l,longnames t,timeout,topic= p,vhost,password= formatter= f,format= u,username,user= H,host= P,port= V,vhost= c,config,context,creds= d,depth= k,ssl N,declare= S,sort= R,reverse " +
    "context= creds= nkey= tlscert= tlskey= tlsca= js-domain= js-api-prefix= inbox-prefix= domain= admin-url= auth-plugin= auth-params= brokers= X= profile= force,f trace dry-run wait",
  means: {
    read:
      "status, list_*, ping, node_health_check, environment, report, cluster_status, version, help, diagnostics *, hash_password, check_*, alarms, memory_breakdown, observer, list, show, get, export, encode, decode, " +
      "stream ls|info|report|list|graph|state|view|subjects|find|get, consumer ls|info|report|graph|find|next, kv ls|get|info|history|status|watch, object ls|info|get|watch, server check|list|info|ping|report|request|mappings, account info|report, context ls|show|info, rtt, events, latency, bench, sub, schema *, errors *, top, cheat, " +
      "topic list|describe|consume, cluster info|health|status|metadata, group list|describe, acl list, registry schema list, topics list|stats|info|get-*|peek-messages, tenants list, namespaces list|policies, brokers *, clusters list, subscriptions list",
    destroy:
      "delete_*, purge_queue, clear_*, reset, force_reset, stop_app, stop, shutdown, forget_cluster_node, rotate_logs, close_*, remove, purge, delete, evict, " +
      "stream rm|purge|del|rmm|delete|restore|seal|cluster, consumer rm|delete|cluster, kv rm|purge|del|compact, object rm|seal|del, server cluster|raft|account-purge, context rm, account purge, topic delete|trim-prefix, group delete|seek|offset-delete, container purge, tenants delete, " +
      "topics delete|unload|skip*|reset-cursor|expire-messages|terminate|truncate|clear-backlog|unsubscribe, namespaces delete|clear-backlog|unload|unsubscribe, subscriptions delete, decommission_node, force_boot",
    admin:
      "add_user, change_password, set_permissions, set_topic_permissions, set_user_tags, authenticate_user, add_vhost, set_user_limits, context *, auth *, user *, acl *, security *, tenants *",
    apply:
      "declare, publish, import, set_*, start_app, join_cluster, rename_cluster_node, update_cluster_nodes, change_cluster_node_type, enable_*, disable_*, sync_queue, cancel_sync_queue, trace_on, trace_off, upgrade, add_*, start, wait, await_startup, " +
      "pub, request, reply, stream *, consumer *, kv *, object *, server *, governor *, service *, micro *, topic *, group *, cluster *, registry *, topics *, namespaces *, produce, functions *, sinks *, sources *, redpanda *, container *",
    exec: "eval, eval_file, remote_shell, exec",
  },
});

export const profile: Profile = {
  names: [
    "kafka-*",
    "zookeeper-shell*",
    "rabbitmqctl",
    "rabbitmqadmin",
    "rabbitmq-diagnostics",
    "rabbitmq-queues",
    "rabbitmq-upgrade",
    "nats",
    "pulsar-admin",
    "rpk",
  ],
  summary: "works on a message broker",
  judge: (call, on) => {
    if (/^(?:kafka|zookeeper)-/.test(call.name)) return kafka(call, on);
    return judge(call, on);
  },
  matches: [
    {
      line: "kafka-topics.sh --bootstrap-server db:9092 --delete --topic orders",
      decision: "ask",
      effect: "infra.destroy",
    },
    {
      line: "kafka-consumer-groups --bootstrap-server db --group g --reset-offsets --to-earliest --execute --topic t",
      decision: "ask",
      effect: "infra.destroy",
    },
    { line: "rabbitmqctl purge_queue orders", decision: "ask", effect: "infra.destroy" },
    { line: "rabbitmqctl eval 'os:cmd(\"id\").'", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "rabbitmqadmin delete queue name=orders", decision: "ask", effect: "infra.destroy" },
    { line: "nats stream purge ORDERS -f", decision: "ask", effect: "infra.destroy" },
    { line: "rpk topic delete orders", decision: "ask", effect: "infra.destroy" },
  ],
  spares: [
    "kafka-topics --bootstrap-server db:9092 --list",
    "rabbitmqctl list_queues",
    "nats stream ls",
    "rpk topic list",
  ],
};
