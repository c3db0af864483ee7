// The profiles by name. A profile is believed once its own examples hold; they run when its program is first met.
import type { Profile } from "../profile.ts";
import { profiles } from "../profiles.gen.ts";

const exact = new Map<string, Profile>();
const beginnings: { readonly beginning: string; readonly profile: Profile }[] = [];
const doubled = new Set<string>();
for (const profile of profiles as readonly Profile[]) {
  for (const name of profile.names) {
    if (name.endsWith("*")) beginnings.push({ beginning: name.slice(0, -1), profile });
    else if (exact.has(name)) doubled.add(name);
    else exact.set(name, profile);
  }
}

/** The profile of a program, by its exact name or the longest beginning. */
export function profileOf(name: string): Profile | undefined {
  const found = exact.get(name);
  if (found !== undefined) return found;
  let best: { readonly beginning: string; readonly profile: Profile } | undefined;
  for (const one of beginnings)
    if (name.startsWith(one.beginning) && one.beginning.length > (best?.beginning.length ?? 0)) best = one;
  return best?.profile;
}

/** Names that two profiles claim: neither is believed about them. A test keeps it empty. */
export const doubledNames: ReadonlySet<string> = doubled;

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
