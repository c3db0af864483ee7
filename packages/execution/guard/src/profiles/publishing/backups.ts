// Backups: making and listing is free, forgetting, pruning and restoring over files is asked.
import type { Profile } from "../../profile.ts";
import { judgeSubcommands, sensed, type Special } from "../_subcommands.ts";

/** Restoring writes over what is there: to a folder of the workspace, or asked. */
const restore: Special = ({ on, options, name }) => {
  const targets = [...options.values("target"), ...options.values("destination")];
  return targets.length > 0
    ? on.join(on.fine(), ...targets.map((path) => on.write(path, "overwrite")))
    : sensed(on, "destroy", name);
};

const mount: Special = ({ on, rest }) => on.join(on.fine(), ...rest.slice(-1).map((path) => on.write(path, "create")));

export const profile: Profile = {
  names: [
    "restic",
    "rustic",
    "borg",
    "borgmatic",
    "kopia",
    "duplicity",
    "duplicati-cli",
    "bup",
    "pgbackrest",
    "wal-g",
    "wal-e",
    "barman",
    "tarsnap",
    "timeshift",
    "btrbk",
    "rsnapshot",
    "autorestic",
    "resticprofile",
  ],
  summary: "makes and restores backups",
  judge: judgeSubcommands({
    options:
      "r,repo= repository-file= p,password-file= password-command= key-hint= cacert= cache-dir= cleanup-cache json limit-download= limit-upload= no-cache no-lock o,option= q,quiet v,verbose=? tls-client-cert= retry-lock= compression= pack-size= t,target= tag= H,host= path= i,include= e,exclude= exclude-file= files-from= n,dry-run keep-last= keep-daily= keep-weekly= keep-monthly= keep-yearly= keep-within= prune d,destination= " +
      "remote-path= lock-wait= umask= rsh= debug info progress show-rc iec s,stats,stanza= list C,compression= P,prefix= a,glob-archives= c,config,checkpoint-interval= type= set= delta pg1-path= repo= log-level-console= config-file= f= x= create restore snapshot= snapshot-device= delete delete-all l,list",
    means: {
      read: "snapshots, ls, stats, check, find, diff, cat, dump, version, help, list, info, verify, snapshot list, repository status, policy show|list, content list, backup, create, create-archive, init, repoinfo, rinfo, rlist, collection-status, list-current-files, backup-list, wal-show, wal-verify, list-backup, show-backup, status, listbackups, latestbackup, destinationinfo, listlocalsnapshots, calculatedrift, compare, uniquesize, isexcluded, machinedirectory, configtest, list-configs, get-config, generate, cache *, features, options, key list, tag-list, show-config, benchmark *, snapshot create, rcreate, export-tar, dry-run, resume, archive-get, schedule-list, profiles",
      destroy:
        "forget, prune, delete, rdelete, rewrite, recover, repair *, unlock, key remove|passwd, compact, recreate, rename, break-lock, migrate, tag, remove-all-but-n-full, remove-older-than, remove-all-inc-of-but-n-full, cleanup, expire, stanza-delete, delete-backup, rollback, undochange, delete-config, deletelocalsnapshots, disable, removedestination, thinlocalsnapshots, wal-delete, snapshot delete|expire, repository disconnect, stop, purge, backup-mark, garbage, keep, cleanup-repo, deleteinprogress",
      apply:
        "copy, key add, stanza-create, stanza-upgrade, start, archive-push, backup-push, wal-push, enable, startbackup, stopbackup, setdestination, addexclusion, removeexclusion, inheritbackup, associatedisk, create-config, set-config, modify, repository *, policy *, server *, maintenance *, cron, schedule, sync, run, self-update, import-tar, config, daemon *, hourly, daily, weekly, monthly, with-lock",
    },
    special: {
      "restore|extract|backup-fetch|wal-fetch": restore,
      "snapshot restore": restore,
      mount,
      umount: ({ on }) => on.fine(),
    },
    bare: ({ on, options, name }) =>
      sensed(on, options.has("delete", "delete-all", "restore", "d") ? "destroy" : "read", name),
    trial: ["dry-run"],
  }),
  matches: [
    { line: "restic forget --keep-last 1 --prune", decision: "ask", effect: "infra.destroy" },
    { line: "borg delete repo::monday", decision: "ask", effect: "infra.destroy" },
    { line: "restic restore latest --target /", decision: "deny", effect: "system.write" },
    { line: "wal-g delete everything FORCE", decision: "ask", effect: "infra.destroy" },
    { line: "timeshift --delete-all", decision: "ask", effect: "infra.destroy" },
  ],
  spares: [
    "restic snapshots",
    "restic restore latest --target dist/restored",
    "borg list repo",
    "restic forget --keep-last 1 --dry-run",
  ],
};
