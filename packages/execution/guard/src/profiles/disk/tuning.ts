// Checking and tuning file systems below their files. What is sure to write nothing passes.
import { HOLE } from "../../arg.ts";
import type { EffectKind } from "../../effect-kinds.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Profile } from "../../profile.ts";
import { callShown } from "../_verb-effects.ts";
import { asksForHelp } from "../_words.ts";

const hasFlag =
  (letters: string, without = "") =>
  ({ args }: Call): boolean => {
    const options = args.filter(({ text }) => text.startsWith("-") || text.includes(HOLE)).map(({ text }) => text);
    return (
      options.some((word) => new RegExp(`^-[a-zA-Z]*[${letters}]`).test(word)) &&
      !options.some(
        (word) => word.includes(HOLE) || (without !== "" && new RegExp(`^-[a-zA-Z]*[${without}]`).test(word)),
      )
    );
  };

const always = (): boolean => true;
const never = (): boolean => false;

/** True for a call that only looks. */
const looks: Readonly<Record<string, (call: Call) => boolean>> = {
  tune2fs: hasFlag("l", "cCeEfgijJLmMoOQrsTuUz"),
  dumpe2fs: always,
  e2label: ({ args }) => args.length === 1,
  e2freefrag: always,
  e2fsck: hasFlag("nN", "yapD"),
  fsck: hasFlag("nNT", "yap"),
  dosfsck: hasFlag("n", "yaw"),
  ntfsfix: hasFlag("n"),
  ntfsresize: ({ args }) => args.some(({ text }) => /^(?:-i|--info|-n|--no-action|-m|--info-mb-only)$/.test(text)),
  resize2fs: hasFlag("P"),
  badblocks: ({ args }) =>
    !args.some(({ text }) => /^-[a-zA-Z]*[wnf]/.test(text) || text.includes(HOLE)) &&
    readOptions(args, grammar("o= b= c= d= e= i= p= t= s v X B")).values("o").length === 0,
  fstrim: ({ args }) => args.some(({ text }) => /^(?:-[a-zA-Z]*n|--dry-run)/.test(text)),
  filefrag: always,
  e4defrag: hasFlag("c"),
  xfs_info: always,
  xfs_bmap: always,
  xfs_ncheck: always,
  xfs_repair: hasFlag("n", "L"),
  xfs_spaceman: never,
  blockdev: ({ args }) =>
    args.filter(({ text }) => text.startsWith("-")).every(({ text }) => /^--(?:get\w+|report|getro)$/.test(text)) &&
    !args.some(({ text }) => text.startsWith(HOLE)),
  zramctl: ({ args }) =>
    args.every(({ text }) => /^(?:--output(?:-all)?|-o|--noheadings|-n|--bytes|-b|--raw)$/.test(text)),
};

const others: Readonly<Record<string, EffectKind>> = {
  debugfs: "disk.tune",
  ddrescue: "disk.device-write",
  partclone: "disk.device-write",
  partimage: "disk.device-write",
  fsarchiver: "disk.device-write",
  clonezilla: "disk.device-write",
  "ocs-sr": "disk.device-write",
  balena: "disk.device-write",
  etcher: "disk.device-write",
  "balena-etcher": "disk.device-write",
  "rpi-imager": "disk.device-write",
  "usb-creator-gtk": "disk.device-write",
  ventoy: "disk.device-write",
};

export const profile: Profile = {
  names: [
    ...Object.keys(looks),
    ...Object.keys(others),
    "fsck.*",
    "fsck_*",
    "xfs_*",
    "e2image",
    "e2undo",
    "e2mmpstatus",
    "tunefs",
    "reiserfsck",
    "reiserfstune",
    "jfs_fsck",
    "jfs_tune",
    "btrfstune",
    "btrfsck",
    "btrfs-convert",
    "ntfsclone",
    "ntfslabel",
    "ntfsundelete",
    "fatlabel",
    "dosfslabel",
    "exfatlabel",
    "extundelete",
    "photorec",
    "foremost",
    "resize.f2fs",
    "resize_reiserfs",
    "quotacheck",
    "quotaon",
    "quotaoff",
    "setquota",
    "edquota",
    "bcache-super-show",
    "partclone.*",
  ],
  summary: "checks and tunes file systems",
  judge: (call, on) => {
    const look = looks[call.name] ?? (/^fsck[._]/.test(call.name) ? looks["fsck"] : undefined);
    if (asksForHelp(call.args) || look?.(call) === true) return on.fine();
    return on.effect(others[call.name] ?? "disk.tune", `run \`${callShown(call)}\``);
  },
  matches: [
    { line: "debugfs -w -R 'rm /etc/passwd' /dev/sda1", decision: "deny", effect: "disk.tune" },
    { line: "tune2fs -O ^has_journal /dev/sda1", decision: "deny", effect: "disk.tune" },
    { line: "tune2fs -l -L x /dev/sda1", decision: "deny", effect: "disk.tune" },
    { line: "e2fsck -fy /dev/sda1", decision: "deny", effect: "disk.tune" },
    { line: "fsck.ext4 -y /dev/sda1", decision: "deny", effect: "disk.tune" },
    { line: "badblocks -wsv /dev/sdb", decision: "deny", effect: "disk.tune" },
    { line: "xfs_repair -L /dev/sda1", decision: "deny", effect: "disk.tune" },
    { line: "resize2fs /dev/sda1 10G", decision: "deny", effect: "disk.tune" },
    { line: "fstrim -av", decision: "deny", effect: "disk.tune" },
  ],
  spares: [
    "tune2fs -l /dev/sda1",
    "e2fsck -n /dev/sda1",
    "fsck -N /dev/sda1",
    "badblocks -sv /dev/sda",
    "xfs_info /",
    "blockdev --getsize64 /dev/sda",
    "fstrim -n /",
    "dumpe2fs -h /dev/sda1",
  ],
};
