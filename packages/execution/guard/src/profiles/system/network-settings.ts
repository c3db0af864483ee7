// How this machine is connected: looking passes, changing asks.
import { HOLE, known } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { callShown, judgeVerb, type VerbTable, verbTable } from "../_verb-effects.ts";
import { asksForHelp } from "../_words.ts";

type Looks = (call: Call) => boolean;

const tables: Readonly<Record<string, VerbTable>> = {
  nmcli: verbTable({
    options: "t,terse p,pretty m,mode= c,colors= f,fields= e,escape= a,ask w,wait= o,overview g,get-values= rescan=",
    means: {
      fine: "general $, general status, g $, g status, gen $, gen status, general hostname $, general permissions, networking $, networking connectivity, n $, n connectivity, radio $, radio all $, radio wifi $, r $, connection $, connection show, connection monitor, c $, c show, c s, con $, con show, con s, device $, device status, device show, device wifi $, device wifi list, device monitor, d $, d status, d show, d wifi $, d wifi list, d w $, d w l, dev $, dev status, dev show, dev wifi $, dev wifi list, monitor, m",
    },
    otherwise: "system.service",
  }),
  networkctl: verbTable({
    options: "a,all s,stats l,full n,lines= json=",
    means: { fine: "list, status, lldp, label, cat" },
    otherwise: "system.service",
  }),
  netplan: verbTable({
    options: "root-dir= all verbose debug",
    means: { fine: "get, status, info, ip leases" },
    otherwise: "system.service",
  }),
  brctl: verbTable({ means: { fine: "show, showmacs, showstp" }, otherwise: "system.service" }),
  rfkill: verbTable({
    options: "J,json n,noheadings o,output= r,raw",
    means: { fine: "list" },
    otherwise: "system.service",
  }),
  wg: verbTable({
    means: { fine: "show, genkey, genpsk, pubkey", "exfil.secret-read": "showconf" },
    otherwise: "system.service",
  }),
  bluetoothctl: verbTable({
    options: "t,timeout=",
    means: { fine: "list, show, devices, info, version, help" },
    otherwise: "system.service",
  }),
  hostnamectl: verbTable({
    options: "H,host= M,machine= j json= static transient pretty",
    means: { fine: "status, hostname $" },
    otherwise: "system.service",
  }),
  timedatectl: verbTable({
    options: "H,host= M,machine= p,property= a,all value monitor",
    means: { fine: "status, show, list-timezones, timesync-status, show-timesync" },
    otherwise: "system.service",
  }),
  localectl: verbTable({
    options: "H,host= M,machine= l,full",
    means: {
      fine: "status, list-locales, list-keymaps, list-x11-keymap-models, list-x11-keymap-layouts, list-x11-keymap-variants, list-x11-keymap-options",
    },
    otherwise: "system.service",
  }),
  chronyc: verbTable({
    options: "n c h= p= v",
    means: {
      fine: "tracking, sources, sourcestats, activity, ntpdata, clients, serverstats, rtcdata, smoothing, waitsync",
    },
    otherwise: "system.service",
  }),
  loginctl: verbTable({
    options:
      "H,host= M,machine= p,property= a,all value l,full n,lines= o,output= no-pager no-legend json= kill-whom= s,signal=",
    means: {
      fine: "list, list-sessions, list-users, list-seats, session-status, user-status, seat-status, show-session, show-user, show-seat",
      "system.kill": "terminate-session, terminate-user, terminate-seat, kill-session, kill-user",
      "system.persist": "enable-linger, disable-linger",
    },
    otherwise: "system.service",
  }),
};

const every =
  (pattern: RegExp): Looks =>
  ({ args }) =>
    args.every((arg) => pattern.test(known(arg) ?? HOLE));

const looks: Readonly<Record<string, Looks>> = {
  ifconfig: ({ args }) =>
    args.every(({ text }) => text.startsWith("-")) ||
    (args.length === 1 && !args[0]?.text.includes(HOLE)) ||
    (args.length === 2 && args[0]?.text === "-a"),
  route: ({ args }) =>
    every(/^-[neev46C]+$|^-net$|^print$/)({ args } as Call) || args.some(({ text }) => text === "get"),
  arp: every(/^(?:-[anevi]+|[\w.:-]+)$/),
  iwconfig: ({ args }) => args.length <= 1,
  iwlist: () => true,
  iw: ({ args }) =>
    args.length === 0 ||
    (/^(?:dev|list|phy|reg|event|features|commands|help|--version)$/.test(args[0]?.text ?? "") &&
      !args.some(
        ({ text }) =>
          /^(?:set|add|del|connect|disconnect|interface|switch|offchannel|roc|ibss|mesh|ap|cac)$/.test(text) ||
          text.includes(HOLE),
      )),
  ethtool: ({ args }) =>
    args.every((arg) =>
      /^(?:-[iSkgacTPmnxldeuw]|--(?:driver|statistics|show-.*|module-info|phy-statistics|version)|\w[\w.@-]*)$/.test(
        known(arg) ?? HOLE,
      ),
    ) && !args.some(({ text }) => /^-[sKGACNXLEpr]/.test(text)),
  tc: ({ args }) =>
    every(/^(?!add$|del|delete$|change$|replace$|link$|-b)/)({ args } as Call) &&
    args.some(({ text }) => /^(?:show|ls|list|sh)$/.test(text)),
  bridge: ({ args }) => every(/^(?!add$|del|append$|replace$|set$|-b)/)({ args } as Call),
  hwclock: every(/^(?:-r|--show|--get|-v|--verbose|-D|--utc|-u|--localtime|-l|-V)$/),
  ntpdate: ({ args }) => args.some(({ text }) => /^-[a-z]*q/.test(text)),
  sntp: ({ args }) => !args.some(({ text }) => /^-[a-z]*[sS]/.test(text)),
  networksetup: ({ args }) => /^-(?:get|list|show|is|print|help|version)/.test(known(args[0]) ?? ""),
  systemsetup: ({ args }) => /^-(?:get|list|print|help|version)/.test(known(args[0]) ?? ""),
  airport: every(/^(?:-[IsS]|--getinfo|--scan)$/),
  iwgetid: () => true,
};

/** `ip [OPTIONS] OBJECT [VERB …]`: verbs may be cut short. */
function ip(call: Call, on: Evaluation): Outcome {
  const read = readOptions(
    call.args,
    grammar(
      "4 6 B M 0 s,stats,statistics d,details o,oneline r,resolve p,pretty j,json c,color=? br,brief t,timestamp ts a,all V,Version h,human iec N,Numeric f,family= n,netns= b,batch= rc,rcvbuf= force l,loops= echo",
      { single: true },
    ),
  );
  const [object, verb, , ...command] = read.operands;
  const what = `run \`${callShown(call)}\``;
  if (read.has("batch") || read.uncertain.length > 0) return on.effect("system.service", what);
  if (object?.text === "netns" && /^e(?:x(?:e(?:c)?)?)?$/.test(verb?.text ?? ""))
    return on.join(on.effect("privilege.namespace", what), on.run(command));
  if (object?.text === "vrf" && /^e/.test(verb?.text ?? ""))
    return on.join(on.effect("privilege.namespace", what), on.run(command));
  const text = known(verb) ?? (verb === undefined ? "" : HOLE);
  const shows =
    /^(?:sh(?:o(?:w)?)?|l(?:i(?:s(?:t)?)?)?|ls|lst|g(?:e(?:t)?)?|m(?:o(?:n.*)?)?|help|identify|pids|list-id|save|dev|)$/.test(
      text,
    ) ||
    (text === "s" && !/^l/.test(object?.text ?? "l"));
  return shows ? on.fine() : on.effect("system.service", what);
}

function judge(call: Call, on: Evaluation): Outcome {
  if (asksForHelp(call.args)) return on.fine();
  if (call.name === "ip") return ip(call, on);
  const table = tables[call.name];
  if (table !== undefined) {
    const secrets = call.name === "nmcli" && call.args.some(({ text }) => /^(?:-s|--show-secrets)/.test(text));
    return on.join(
      ...(secrets ? [on.effect("exfil.secret-read", `run \`${callShown(call)}\``)] : []),
      judgeVerb(call, on, table),
    );
  }
  return looks[call.name]?.(call) === true ? on.fine() : on.effect("system.service", `run \`${callShown(call)}\``);
}

export const profile: Profile = {
  names: [
    "ip",
    ...Object.keys(tables),
    ...Object.keys(looks),
    "wg-quick",
    "ifup",
    "ifdown",
    "ifquery",
    "dhclient",
    "dhcpcd",
    "udhcpc",
    "nmtui",
    "wpa_supplicant",
    "wpa_cli",
    "hostapd",
    "pppd",
    "openvpn",
    "resolvconf",
    "vconfig",
    "ifrename",
    "macchanger",
    "tunctl",
    "ovs-vsctl",
  ],
  summary: "connects the machine",
  judge,
  matches: [
    { line: "ip link set eth0 down", decision: "ask", effect: "system.service" },
    { line: "ip addr add 10.0.0.1/24 dev eth0", decision: "ask", effect: "system.service" },
    { line: "ip route flush table main", decision: "ask", effect: "system.service" },
    { line: "ip netns exec x sudo id", decision: "deny", effect: "privilege.namespace" },
    { line: "ifconfig eth0 down", decision: "ask", effect: "system.service" },
    { line: "nmcli device disconnect eth0", decision: "ask", effect: "system.service" },
    { line: "hostnamectl set-hostname x", decision: "ask", effect: "system.service" },
    { line: "timedatectl set-time '2020-01-01'", decision: "ask", effect: "system.service" },
    { line: "loginctl terminate-user dev", decision: "deny", effect: "system.kill" },
    { line: "loginctl enable-linger dev", decision: "ask", effect: "system.persist" },
  ],
  spares: [
    "ip addr",
    "ip -br a",
    "ip route get 1.1.1.1",
    "ip -j link show",
    "ifconfig",
    "ifconfig en0",
    "nmcli device status",
    "hostnamectl",
    "timedatectl status",
    "loginctl list-sessions",
    "networksetup -listallhardwareports",
  ],
};
