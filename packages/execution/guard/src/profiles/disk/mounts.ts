// Mounting: what every path means. Listing passes.
import { known } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Profile } from "../../profile.ts";
import { callShown } from "../_verb-effects.ts";
import { asksForHelp } from "../_words.ts";

const lists: Readonly<Record<string, (call: Call) => boolean>> = {
  mount: ({ args }) => {
    const read = readOptions(args, grammar("l,show-labels t,types= v,verbose h,help V,version"));
    return read.operands.length === 0 && read.unknown.length === 0 && read.uncertain.length === 0;
  },
  losetup: ({ args }) => {
    const read = readOptions(
      args,
      grammar("a,all l,list j,associated= O,output= n,noheadings J,json raw f,find D output-all"),
    );
    if (read.unknown.length + read.uncertain.length > 0 || read.has("D")) return false;
    // `losetup /dev/loop0` prints; a second word, or a file for `-f`, sets up.
    return read.has("find") ? read.operands.length === 0 : read.operands.length <= 1;
  },
  swapon: ({ args }) =>
    args.every((arg) => /^(?:-s|--summary|--show(?:=.*)?|--bytes|--raw|--noheadings|-v)$/.test(known(arg) ?? "?")),
  automount: ({ args }) => args.some(({ text }) => text === "-m" || text === "--dumpmaps"),
};

export const profile: Profile = {
  names: [
    "mount",
    "umount",
    "mount.*",
    "umount.*",
    "mount_*",
    "fusermount",
    "fusermount3",
    "losetup",
    "swapon",
    "swapoff",
    "swaplabel",
    "pmount",
    "pumount",
    "udevil",
    "sshfs",
    "ntfs-3g",
    "bindfs",
    "encfs",
    "gocryptfs",
    "cryfs",
    "s3fs",
    "gcsfuse",
    "mergerfs",
    "unionfs",
    "overlayroot",
    "fuse-overlayfs",
    "squashfuse",
    "mount-s3",
    "automount",
    "diskarbitrationd",
    "devmon",
    "unmount",
  ],
  summary: "changes mounts",
  judge: (call, on) => {
    if (asksForHelp(call.args) || lists[call.name]?.(call) === true) return on.fine();
    return on.effect("disk.mount", `run \`${callShown(call)}\``);
  },
  matches: [
    { line: "mount --bind / /mnt", decision: "deny", effect: "disk.mount" },
    { line: "mount -o remount,rw /", decision: "deny", effect: "disk.mount" },
    { line: "mount -a", decision: "deny", effect: "disk.mount" },
    { line: "umount -l /home", decision: "deny", effect: "disk.mount" },
    { line: "losetup -f disk.img", decision: "deny", effect: "disk.mount" },
    { line: "swapoff -a", decision: "deny", effect: "disk.mount" },
    { line: "sshfs host:/ mnt", decision: "deny", effect: "disk.mount" },
  ],
  spares: [
    "mount",
    "mount -l",
    "mount -t ext4",
    "losetup -a",
    "losetup -f",
    "swapon --show",
    "mount | column -t | head",
    "umount --help",
  ],
};
