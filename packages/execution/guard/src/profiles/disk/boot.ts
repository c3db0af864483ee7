// What a machine starts from: boot loaders, firmware, the first image. Listing passes.
import { known } from "../../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { callShown, judgeVerb, verbTable } from "../_verb-effects.ts";
import { asksForHelp } from "../_words.ts";

const bootctl = verbTable({
  options: "esp-path= boot-path= p x print-esp-path print-boot-path no-pager",
  means: {
    fine: "status, list, is-installed, systemd-efi-options, reboot-to-firmware, kernel-identify, kernel-inspect",
  },
  otherwise: "disk.tune",
});
const fwupdmgr = verbTable({
  options: "json verbose y",
  means: {
    fine: "get-devices, get-updates, get-upgrades, get-history, get-remotes, get-releases, get-topology, get-plugins, get-results, get-details, security, get-approved-firmware, hwids",
  },
  otherwise: "disk.tune",
});

function judge(call: Call, on: Evaluation): Outcome {
  const { name, args } = call;
  if (asksForHelp(args)) return on.fine();
  if (name === "bootctl") return judgeVerb(call, on, bootctl);
  if (name === "fwupdmgr") return judgeVerb(call, on, fwupdmgr);
  if (name === "efibootmgr" && args.every((arg) => /^(?:-v|--verbose|-u|--unicode)$/.test(known(arg) ?? "?")))
    return on.fine();
  if (/mkconfig$/.test(name)) return mkconfig(call, on);
  if (name === "grub-editenv" && args.at(-1)?.text === "list") return on.fine();
  if (name === "lsinitramfs" || name === "lsinitrd") return on.fine();
  return on.effect("disk.tune", `run \`${callShown(call)}\``);
}

// Without `-o` it prints.
function mkconfig(call: Call, on: Evaluation): Outcome {
  return call.args.length === 0 ? on.fine() : on.effect("disk.tune", `run \`${callShown(call)}\``);
}

export const profile: Profile = {
  names: [
    "grub-install",
    "grub2-install",
    "grub-mkconfig",
    "grub2-mkconfig",
    "update-grub",
    "update-grub2",
    "grub-set-default",
    "grub2-set-default",
    "grub-reboot",
    "grub2-reboot",
    "grub-editenv",
    "grub-mkimage",
    "grub-bios-setup",
    "grubby",
    "efibootmgr",
    "efivar",
    "bootctl",
    "flashrom",
    "fwupdmgr",
    "fwupdtool",
    "dracut",
    "mkinitramfs",
    "update-initramfs",
    "mkinitcpio",
    "mkinitrd",
    "lsinitramfs",
    "lsinitrd",
    "kernel-install",
    "installkernel",
    "refind-install",
    "syslinux",
    "extlinux",
    "isolinux",
    "lilo",
    "zipl",
    "bless",
    "mokutil",
    "sbctl",
    "startosinstall",
    "rpi-update",
    "rpi-eeprom-update",
    "raspi-config",
    "bcdedit",
    "bcdboot",
  ],
  summary: "changes what the machine starts from",
  judge,
  matches: [
    { line: "grub-install /dev/sda", decision: "deny", effect: "disk.tune" },
    { line: "grub-mkconfig -o /boot/grub/grub.cfg", decision: "deny", effect: "disk.tune" },
    { line: "efibootmgr -b 0001 -B", decision: "deny", effect: "disk.tune" },
    { line: "flashrom -p internal -w bios.rom", decision: "deny", effect: "disk.tune" },
    { line: "bootctl install", decision: "deny", effect: "disk.tune" },
    { line: "update-initramfs -u", decision: "deny", effect: "disk.tune" },
  ],
  spares: ["efibootmgr -v", "bootctl status", "fwupdmgr get-devices", "grub-install --version"],
};
