// Making file systems: whatever was there is gone.
import type { Profile } from "../../profile.ts";
import { callShown } from "../_verb-effects.ts";
import { asksForHelp } from "../_words.ts";

export const profile: Profile = {
  names: [
    "mkfs",
    "mkfs.*",
    "mke2fs",
    "newfs",
    "newfs_*",
    "mkswap",
    "mkdosfs",
    "mkntfs",
    "mkexfatfs",
    "mkudffs",
    "mkreiserfs",
    "mkzonefs",
    "make-bcache",
    "make_f2fs",
    "jfs_mkfs",
    "mkbtrfs",
    "mkzftree",
    "mformat",
    "fdformat",
    "superformat",
    "mkbootdisk",
    "sg_format",
    "sg_sanitize",
    "stratis",
    "vdo",
    "vdoformat",
    "bcachefs",
    "integritysetup",
    "veritysetup",
  ],
  summary: "makes file systems",
  judge: (call, on) => (asksForHelp(call.args) ? on.fine() : on.effect("disk.format", `run \`${callShown(call)}\``)),
  matches: [
    { line: "mkfs.ext4 /dev/sdb1", decision: "deny", effect: "disk.format" },
    { line: "mkfs -t xfs /dev/sdb1", decision: "deny", effect: "disk.format" },
    { line: "mke2fs -F disk.img", decision: "deny", effect: "disk.format" },
    { line: "newfs_apfs /dev/disk2", decision: "deny", effect: "disk.format" },
    { line: "mkswap /dev/sdb2", decision: "deny", effect: "disk.format" },
  ],
  spares: ["mkfs.ext4 -V", "mkfs --help", "which mkfs.ext4", "ls mkfs*"],
};
