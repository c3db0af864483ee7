// Key stores of clusters.
import type { Profile } from "../../profile.ts";
import { judgeSubcommands, type Special } from "../_subcommands.ts";

/** `watch KEY -- COMMAND`, `lock NAME COMMAND`: the command runs on this machine. */
const child: Special = ({ on, rest, path, call }) => {
  const dashes = call.args.findIndex(({ text }) => text === "--");
  const words = path[0]?.text === "watch" ? (dashes < 0 ? [] : call.args.slice(dashes + 1)) : rest.slice(1);
  return words.length === 0 ? on.fine() : on.run(words);
};

export const profile: Profile = {
  names: ["etcdctl", "etcdutl", "zkCli.sh", "zkcli", "zookeepercli"],
  summary: "works on a cluster's key store",
  judge: judgeSubcommands({
    single: true,
    options:
      "endpoints= cacert= cert= key= user= password= w,write-out= insecure-skip-tls-verify insecure-transport=? dial-timeout= command-timeout= keepalive-time= keepalive-timeout= d,discovery-srv= hex debug server= prefix from-key rev= limit= lease= prev-kv order= sort-by= keys-only count-only print-value-only data-dir= name= initial-cluster= server= version",
    means: {
      read: "get, ls, get2, stat, ls2, getAcl, version, help, member list, endpoint health|status|hashkv, lease list|timetolive, alarm list, user list|get, role list|get, auth status, check *, snapshot status, completion, hashkv",
      apply:
        "put, create, set, snapshot save, lease grant|keep-alive, defrag, elect, txn, make-mirror, member add|update|promote, setAcl, setquota, sync, addauth, backup",
      destroy:
        "del, delete, deleteall, rmr, rm, member remove, snapshot restore, compaction, lease revoke, alarm disarm, move-leader, downgrade *, delquota, migrate, removewatches",
      admin: "user *, role *, auth *",
    },
    special: { "watch|lock": child },
  }),
  matches: [
    { line: "etcdctl del --prefix /app", decision: "ask", effect: "infra.destroy" },
    { line: "etcdctl member remove 1", decision: "ask", effect: "infra.destroy" },
    { line: "etcdctl snapshot restore db", decision: "ask", effect: "infra.destroy" },
    { line: "etcdctl lock l sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "zkCli.sh -server db deleteall /app", decision: "ask", effect: "infra.destroy" },
  ],
  spares: ["etcdctl get /app --prefix", "etcdctl member list", "etcdctl endpoint health"],
};
