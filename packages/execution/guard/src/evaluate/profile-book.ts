// The profiles by name. A profile is believed once its own examples hold; they run when its program is first met.
import type { Profile } from "../profile.ts";
import { profiles } from "../profiles.gen.ts";

/** What is known of a name. Two profiles that claim it: neither is believed about it. */
interface Found {
  readonly profile: Profile | undefined;
  readonly doubled: boolean;
}

// Names as one text for each profile: a start of the guard meets a few names of thousands, and its snapshot holds what it met.
const shelves = (profiles as readonly Profile[]).map((profile) => ({ profile, names: ` ${profile.names.join(" ")} ` }));
const beginnings = shelves
  .filter(({ names }) => names.includes("*"))
  .flatMap(({ profile }) =>
    profile.names.filter((name) => name.endsWith("*")).map((name) => ({ beginning: name.slice(0, -1), profile })),
  );
const found = new Map<string, Found>();
const MAX_FOUND = 4_096;

/** The profile of a program, by its exact name or the longest beginning. */
export const profileOf = (name: string): Profile | undefined => find(name).profile;

/** Whether two profiles claim the name. */
export const isDoubled = (name: string): boolean => find(name).doubled;

function find(name: string): Found {
  const known = found.get(name);
  if (known !== undefined) return known;
  const claims = /[\s*]/.test(name) ? [] : shelves.filter(({ names }) => names.includes(` ${name} `));
  const what = { profile: claims[0]?.profile ?? beginningOf(name), doubled: claims.length > 1 };
  if (found.size < MAX_FOUND) found.set(name, what);
  return what;
}

const beginningOf = (name: string): Profile | undefined =>
  beginnings
    .filter(({ beginning }) => name.startsWith(beginning))
    .toSorted((a, b) => b.beginning.length - a.beginning.length)[0]?.profile;

/** All profiles, in the registry's order. */
export const allProfiles: readonly Profile[] = profiles;

/** Names that a rename, a link or a copy must not hide: programs that destroy, elevate or run what they are given. */
export const dangerousNames: ReadonlySet<string> = new Set(
  (
    "sudo su doas pkexec run0 runuser setpriv gosu su-exec rm rmdir unlink shred dd mkfs fdisk parted sgdisk gdisk cfdisk sfdisk wipefs blkdiscard hdparm nvme " +
    "mount umount chroot nsenter unshare capsh setcap passwd chpasswd useradd usermod userdel visudo mdadm cryptsetup lvremove vgremove pvremove " +
    "sh bash dash ash zsh ksh mksh fish csh tcsh pwsh python python2 python3 node nodejs perl ruby php lua tclsh busybox toybox coreutils env xargs " +
    "shutdown reboot poweroff halt init kill pkill killall killall5 insmod rmmod modprobe iptables nft chmod chown chattr ssh scp nc ncat netcat socat curl wget git find"
  ).split(" "),
);

/** True for a name that must not be hidden, `mkfs.ext4` and `python3.12` included. */
export const isDangerousName = (name: string): boolean =>
  dangerousNames.has(name) || /^(?:mkfs\.|python[23]?\.\d|fsck\.|lv|vg|pv)/.test(name);
