// Drives spoken to directly: hdparm, nvme, smartctl and the SCSI tools. Asking passes, everything else is refused.
import { HOLE } from "../../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { callShown, judgeVerb, verbTable } from "../_verb-effects.ts";
import { asksForHelp } from "../_words.ts";

const nvme = verbTable({
  options: "o,output-format= v,verbose json n,namespace-id=",
  means: {
    fine: "list, list-subsys, list-ns, list-ctrl, id-ctrl, id-ns, id-ns-granularity, id-uuid, id-iocs, id-domain, nvm-id-ctrl, smart-log, error-log, fw-log, effects-log, self-test-log, endurance-log, ana-log, telemetry-log, changed-ns-list-log, supported-log-pages, persistent-event-log, sanitize-log, get-log, get-feature, get-ns-id, get-lba-status, show-regs, show-topology, show-hostnqn, gen-hostnqn, discover, version, help",
    "disk.format": "format, sanitize, delete-ns, detach-ns, create-ns, attach-ns",
    "disk.device-write":
      "write, write-zeroes, write-uncor, dsm, copy, verify, io-passthru, admin-passthru, security-send, zns",
  },
  otherwise: "disk.tune",
});

// What hdparm asks a drive, and what it tells one that cannot be taken back.
const asks =
  /^-(?:[IitTgCvVqz]+|-(?:direct|offset|Istdin|drq-hsm-error|fibmap|dco-identify|read-sector|prefer-ata12|verbose|version|help)(?:=.*)?)$/;
const erases =
  /^--(?:security|trim|write-sector|repair-sector|make-bad|fwdownload|sanitize|dco-(?:restore|set|freeze)|format|i-know|yes-i-know|please-destroy)/;

const looksOnly: Readonly<Record<string, RegExp>> = {
  smartctl:
    /^(?:-[aixHcAlgdqnTrPv]+.*|--(?:all|xall|info|health|capabilities|attributes|scan(?:-open)?|log|get|device|quietmode|nocheck|tolerance|json|presets|identify|badsum|report|vendorattribute|firmwarebug|format)(?:=.*)?|-j|-[fFBb].*)$/,
  sdparm: /^(?:-[aivlqx6]+|--(?:all|inquiry|get|page|long|enumerate|quiet)(?:=.*)?|-[gpe].*)$/,
};

const readers =
  /^sg_(?:inq|scan|map|map26|readcap|vpd|logs|ses|luns|modes|opcodes|read|read_long|readcap|requests|rtpg|turs|verify|ident|get_lba_status|get_config|emc_trespass|xcopy_log)$/;

function judge(call: Call, on: Evaluation): Outcome {
  const { name, args } = call;
  if (asksForHelp(args)) return on.fine();
  if (name === "nvme") return judgeVerb(call, on, nvme);
  if (name === "hdparm") return hdparm(call, on);
  if (name.startsWith("sg_"))
    return readers.test(name) ? on.fine() : on.effect("disk.device-write", `run \`${callShown(call)}\``);
  const options = args.filter(({ text }) => text.startsWith("-") || text.startsWith(HOLE));
  const looks = looksOnly[name];
  return looks !== undefined && options.every(({ text }) => looks.test(text))
    ? on.fine()
    : on.effect("disk.tune", `run \`${callShown(call)}\``);
}

function hdparm(call: Call, on: Evaluation): Outcome {
  const options = call.args.filter(({ text }) => text.startsWith("-") || text.startsWith(HOLE));
  if (options.every(({ text }) => asks.test(text))) return on.fine();
  const erased = options.some(({ text }) => erases.test(text) || text.startsWith(HOLE));
  return on.effect(erased ? "disk.device-write" : "disk.tune", `run \`${callShown(call)}\``);
}

export const profile: Profile = {
  names: [
    "hdparm",
    "nvme",
    "smartctl",
    "sdparm",
    "sg_*",
    "sedutil-cli",
    "openSeaChest_*",
    "storcli",
    "storcli64",
    "megacli",
    "ssacli",
    "mtx",
    "mt",
    "eject",
  ],
  summary: "speaks to drives",
  judge,
  matches: [
    { line: "hdparm --user-master u --security-erase p /dev/sda", decision: "deny", effect: "disk.device-write" },
    { line: "hdparm -S 0 /dev/sda", decision: "deny", effect: "disk.tune" },
    { line: "nvme format /dev/nvme0n1 --ses=1", decision: "deny", effect: "disk.format" },
    { line: "nvme sanitize /dev/nvme0 -a 2", decision: "deny", effect: "disk.format" },
    { line: "sg_unmap --lba=0 --num=1 /dev/sda", decision: "deny", effect: "disk.device-write" },
    { line: "smartctl -t long /dev/sda", decision: "deny", effect: "disk.tune" },
  ],
  spares: [
    "hdparm -I /dev/sda",
    "hdparm -tT /dev/sda",
    "nvme list",
    "nvme smart-log /dev/nvme0",
    "smartctl -a /dev/sda",
    "smartctl -H --json /dev/sda",
    "sg_inq /dev/sda",
  ],
};
