// Disks of macOS: diskutil, hdiutil, asr, tmutil. Listing passes.
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { effectOf, judgeVerb, type VerbTable, verbTable } from "../_verb-effects.ts";
import { asksForHelp } from "../_words.ts";

const tables: Readonly<Record<string, VerbTable>> = {
  diskutil: verbTable({
    options: "plist",
    means: {
      fine: "list, info, activity, listfilesystems, verifyvolume, verifydisk, apfs list, apfs listcryptousers, apfs listusers, apfs listsnapshots, apfs listvolumegroups, corestorage list, corestorage info, cs list, cs info, appleraid list, ar list, coreStorage list",
      "disk.mount":
        "mount, unmount, mountdisk, unmountdisk, umount, umountdisk, eject, enableownership, disableownership, apfs unlockvolume, apfs lockvolume",
      "disk.tune":
        "repairvolume, repairdisk, repairpermissions, rename, renamevolume, enablejournal, disablejournal, resetuserpermissions, movejournal, setquota",
    },
    otherwise: "disk.format",
  }),
  hdiutil: verbTable({
    options: "plist verbose quiet",
    means: {
      fine: "info, imageinfo, verify, isencrypted, plugins, help, pmap, checksum, fsid",
      "disk.mount": "attach, detach, mount, unmount, eject, mountvol",
    },
    otherwise: "disk.tune",
  }),
  asr: verbTable({ means: { fine: "info, help, version" }, otherwise: "disk.format" }),
  tmutil: verbTable({
    means: {
      fine: "listbackups, listlocalsnapshots, listlocalsnapshotdates, status, latestbackup, destinationinfo, machinedirectory, isexcluded, compare, uniquesize, calculatedrift, version, currentphase",
    },
    otherwise: "disk.tune",
  }),
};

function judge(call: Call, on: Evaluation): Outcome {
  const { name, args } = call;
  const table = tables[name];
  if (table === undefined || asksForHelp(args)) return on.fine();
  const [verb, ...rest] = args;
  if (name === "hdiutil" && verb?.text === "create") return created(call, on);
  // diskutil takes its verbs in any case.
  const lower =
    verb === undefined || name !== "diskutil"
      ? args
      : [
          { ...verb, text: verb.text.toLowerCase() },
          ...rest.map((arg, index) => (index === 0 ? { ...arg, text: arg.text.toLowerCase() } : arg)),
        ];
  return judgeVerb({ ...call, args: lower }, on, table);
}

// `hdiutil create … out.dmg` writes its last word.
function created(call: Call, on: Evaluation): Outcome {
  const target = call.args.at(-1);
  if (target === undefined || call.args.some(({ text }) => /^-(?:attach|srcdevice|ov)/.test(text)))
    return effectOf(call, on, "disk.tune");
  return on.write(target, "overwrite");
}

export const profile: Profile = {
  names: ["diskutil", "hdiutil", "asr", "tmutil"],
  summary: "changes disks of macOS",
  judge,
  matches: [
    { line: "diskutil eraseDisk JHFS+ x disk2", decision: "deny", effect: "disk.format" },
    { line: "diskutil erasevolume free x disk2s1", decision: "deny", effect: "disk.format" },
    { line: "diskutil apfs deleteContainer disk1", decision: "deny", effect: "disk.format" },
    { line: "diskutil unmountDisk /dev/disk2", decision: "deny", effect: "disk.mount" },
    { line: "hdiutil attach x.dmg", decision: "deny", effect: "disk.mount" },
    { line: "asr restore --source a --target b --erase", decision: "deny", effect: "disk.format" },
    { line: "tmutil delete /Volumes/x", decision: "deny", effect: "disk.tune" },
  ],
  spares: [
    "diskutil list",
    "diskutil info /",
    "diskutil apfs list",
    "hdiutil info",
    "hdiutil create -volname App -srcfolder dist -format UDZO dist/app.dmg",
    "tmutil listbackups",
  ],
};
