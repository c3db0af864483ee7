// Volumes, arrays, pools and encrypted disks: listing passes, everything that changes them is refused.
import { known } from "../../arg.ts";
import type { EffectKind } from "../../effect-kinds.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { callShown, effectOf, judgeVerb, type VerbTable, verbTable } from "../_verb-effects.ts";
import { asksForHelp } from "../_words.ts";

const tables: Readonly<Record<string, VerbTable>> = {
  cryptsetup: verbTable({
    options: "type= q,batch-mode v,verbose debug header= dump-json-metadata",
    means: {
      fine: "status, isLuks, luksDump, luksUUID, benchmark, tcryptDump, bitlkDump, fvault2Dump",
      "disk.mount": "open, close, create, remove, luksOpen, luksClose, plainOpen, tcryptOpen, bitlkOpen",
    },
    otherwise: "disk.format",
  }),
  zpool: verbTable({
    options: "H o= p v T= L P y",
    means: {
      fine: "list, status, get, history, iostat, events, version, wait",
      "disk.mount": "import, export, online, offline, reopen",
      "disk.tune": "scrub, trim, set, upgrade, clear, checkpoint, sync, initialize, resilver",
    },
    otherwise: "disk.format",
  }),
  zfs: verbTable({
    options: "H r p o= t= s= S= d=",
    means: {
      fine: "list, get, version, holds, diff, userspace, groupspace, projectspace, bookmark",
      "disk.mount": "mount, unmount, umount, load-key, unload-key",
      "disk.tune":
        "snapshot, snap, clone, create, set, inherit, hold, release, send, share, unshare, allow, unallow, rename, upgrade, promote, change-key, jail",
    },
    otherwise: "disk.format",
  }),
  btrfs: verbTable({
    options: "h si iec b t p o s",
    means: {
      fine: "filesystem show, filesystem df, filesystem du, filesystem usage, filesystem label, fi show, fi df, fi usage, fi du, subvolume list, subvolume show, subvolume get-default, subvolume find-new, sub list, sub show, device stats, device usage, device ready, scrub status, balance status, qgroup show, property get, property list, inspect-internal dump-super, inspect-internal dump-tree, inspect-internal inode-resolve, inspect-internal tree-stats, version, help",
      "disk.tune":
        "filesystem defragment, filesystem sync, filesystem resize, fi defrag, fi resize, balance, balance start, scrub start, scrub, quota, quota enable, subvolume create, subvolume snapshot, subvolume set-default, property set, check, send, receive",
    },
    otherwise: "disk.format",
  }),
  dmsetup: verbTable({
    options: "v c C noheadings o,columns= tree target= exec=",
    means: { fine: "ls, info, status, table, deps, targets, version, splitname, report, stats" },
    otherwise: "disk.tune",
  }),
  udisksctl: verbTable({
    options: "b= p=",
    means: {
      fine: "status, info, dump, monitor, smart-info, help",
      "disk.mount": "mount, unmount, unlock, lock, loop-setup, loop-delete",
    },
    otherwise: "disk.tune",
  }),
  lvm: verbTable({
    means: {
      fine: "lvs, vgs, pvs, lvdisplay, vgdisplay, pvdisplay, lvscan, vgscan, pvscan, version, help, formats, segtypes, devtypes, fullreport, config, dumpconfig",
    },
    bare: "disk.tune",
    otherwise: "disk.format",
  }),
};

const reads =
  "lvs lvdisplay lvscan vgs vgdisplay vgscan pvs pvdisplay pvscan lvmdiskscan lvmconfig lvmdump lvmsadc lvmsar".split(
    " ",
  );
const loses = "lvremove lvreduce lvconvert vgremove vgreduce vgmerge vgcfgrestore pvremove pvcreate pvmove".split(" ");
const changes =
  "lvcreate lvresize lvextend lvchange lvrename vgcreate vgextend vgchange vgrename vgsplit vgexport vgimport vgimportclone vgmknodes vgck vgcfgbackup vgconvert pvresize pvchange pvck lvmpolld lvmdevices fsadm dmstats dmraid dmeventd ledctl tcplay veracrypt truecrypt".split(
    " ",
  );

const looksAtArray =
  /^(?:-[DEQVX]+|--(?:detail|examine|query|version|detail-platform|examine-bitmap|scan|brief|verbose|export|test|no-devices)|-[svbY]+)$/;

function mdadm(call: Call, on: Evaluation): Outcome {
  const options = call.args.flatMap((arg) => {
    const word = known(arg);
    return word === undefined || word.startsWith("-") ? [word] : [];
  });
  if (
    options.some((word) => /^(?:-[DEQX]|--(?:detail|examine|query))/.test(word ?? "")) &&
    options.every((word) => word !== undefined && looksAtArray.test(word))
  )
    return on.fine();
  const loses = options.some(
    (word) =>
      word === undefined || /^(?:-C|--create|--zero-superblock|--build|-B|--remove|-r|--fail|-f|--stop|-S)/.test(word),
  );
  return effectOf(call, on, loses ? "disk.format" : "disk.tune");
}

function judge(call: Call, on: Evaluation): Outcome {
  const { name, args } = call;
  if (asksForHelp(args) || reads.includes(name)) return on.fine();
  const table = tables[name];
  if (table !== undefined && !(name === "cryptsetup" && args.some(({ text }) => text.startsWith("--dump-"))))
    return judgeVerb(call, on, table);
  if (name === "mdadm") return mdadm(call, on);
  const kind: EffectKind =
    name === "cryptsetup" ? "exfil.secret-read" : loses.includes(name) ? "disk.format" : "disk.tune";
  return on.effect(kind, `run \`${callShown(call)}\``);
}

export const profile: Profile = {
  names: [...Object.keys(tables), ...reads, ...loses, ...changes, "mdadm"],
  summary: "changes volumes, arrays and pools",
  judge,
  matches: [
    { line: "lvremove -f vg0/data", decision: "deny", effect: "disk.format" },
    { line: "vgremove vg0", decision: "deny", effect: "disk.format" },
    { line: "cryptsetup luksFormat /dev/sdb1", decision: "deny", effect: "disk.format" },
    { line: "cryptsetup -q erase /dev/sdb1", decision: "deny", effect: "disk.format" },
    { line: "mdadm --stop /dev/md0", decision: "deny", effect: "disk.format" },
    { line: "zfs destroy -r tank/data", decision: "deny", effect: "disk.format" },
    { line: "zpool labelclear -f /dev/sdb", decision: "deny", effect: "disk.format" },
    { line: "btrfs subvolume delete /data/x", decision: "deny", effect: "disk.format" },
    { line: "dmsetup remove_all", decision: "deny", effect: "disk.tune" },
  ],
  spares: [
    "lvs",
    "vgdisplay vg0",
    "zfs list -t snapshot",
    "zpool status",
    "btrfs filesystem usage /",
    "mdadm --detail /dev/md0",
    "cryptsetup status home",
    "dmsetup ls",
  ],
};
