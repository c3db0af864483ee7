// Virtual machines: looking is free, their disks and their power are asked, what runs inside is judged.
import type { Profile } from "../../profile.ts";
import { judgeSubcommands, sensed, type Special } from "../_subcommands.ts";
import { runInside } from "./_inside.ts";

/** `qemu-img create FILE`, `convert FROM TO`: the last file named is written. */
const image: Special = ({ on, rest, path, name }) => {
  const target = path[0]?.text === "create" ? rest[0] : rest.at(-1);
  return target === undefined ? sensed(on, "unknown", name) : on.write(target, "overwrite");
};

const inside: Special = ({ on, tail, name }) => {
  const dashes = tail.findIndex(({ text }) => text === "--");
  return on.join(runInside(on, dashes < 0 ? [] : tail.slice(dashes + 1)), sensed(on, "remote", name));
};

export const profile: Profile = {
  names: [
    "virsh",
    "qemu-img",
    "VBoxManage",
    "vboxmanage",
    "prlctl",
    "vmrun",
    "utmctl",
    "tart",
    "govc",
    "xl",
    "orb",
    "orbctl",
  ],
  summary: "runs virtual machines",
  judge: judgeSubcommands({
    otherwise: "verbs",
    options:
      "c,connect= q,quiet r,readonly f,format= O= o= T,vm= m,machine= u,user= w,path= s b= p d,debug= l,log= k n v,version json t= k= e= F= B= U",
    means: {
      read:
        "list, dominfo, domstate, domblklist, domiflist, domstats, domid, domuuid, domifaddr, dumpxml, net-list, net-info, net-dumpxml, net-dhcp-leases, pool-list, pool-info, vol-list, vol-info, vol-path, snapshot-list, snapshot-info, iface-list, nodedev-list, nwfilter-list, secret-list, nodeinfo, capabilities, uri, hostname, sysinfo, vncdisplay, " +
        "info, check, map, compare, measure, showvminfo, showhdinfo, showmediuminfo, guestproperty, snapshot * list, listSnapshots, status, ip-address, get, ip, fqn, about, ls, vm.info, host.info, datastore.ls, datastore.info, cluster.usage, events, logs, top, dmesg, uptime, domname, config show, doctor",
      destroy:
        "destroy, controlvm, unregistervm, closemedium, discardstate, managedsave-remove, blockcommit, snapshot-revert, revertToSnapshot, detach-*, suspend, power, vm.power, mediumio, setextradata, prune",
      apply:
        "start, startvm, define, edit, attach-*, setmem, setvcpus, autostart, migrate, modifyvm, clonevm, createvm, import, export, snapshot *, registervm, sharedfolder, storageattach, run, config set",
      remote:
        "console, guestcontrol, runProgramInGuest, runScriptInGuest, exec, enter, qemu-monitor-command, qemu-agent-command, ssh, guest.*",
      publish: "push",
      admin: "login, logout, session.*, permissions.*",
    },
    special: { "create|convert|resize|commit|rebase|snapshot|amend|dd": image, "exec|run": inside },
  }),
  matches: [
    { line: "virsh undefine vm --remove-all-storage", decision: "ask", effect: "infra.destroy" },
    { line: "virsh vol-delete --pool default disk.img", decision: "ask", effect: "infra.destroy" },
    { line: "VBoxManage unregistervm vm --delete", decision: "ask", effect: "infra.destroy" },
    { line: "vmrun deleteVM vm.vmx", decision: "ask", effect: "infra.destroy" },
    { line: "qemu-img convert -O raw a.qcow2 /dev/sda", decision: "deny", effect: "disk.device-write" },
    { line: "govc vm.destroy vm", decision: "ask", effect: "infra.destroy" },
  ],
  spares: [
    "virsh list --all",
    "qemu-img info a.qcow2",
    "qemu-img create -f qcow2 dist/a.qcow2 1G",
    "VBoxManage list vms",
  ],
};
