// The kernel and its firewall: looking passes, changing is refused.
import { HOLE, known } from "../../arg.ts";
import type { Call, Profile } from "../../profile.ts";
import { callShown } from "../_verb-effects.ts";
import { asksForHelp } from "../_words.ts";

type Looks = (call: Call) => boolean;

const some =
  (wanted: RegExp, unwanted = /^\b$/): Looks =>
  ({ args }) =>
    args.some((arg) => wanted.test(known(arg) ?? HOLE)) &&
    !args.some(({ text }) => unwanted.test(text) || text.startsWith(HOLE));

const none =
  (unwanted: RegExp): Looks =>
  ({ args }) =>
    !args.some(({ text }) => unwanted.test(text) || text.startsWith(HOLE));

const tables: Looks = some(
  /^(?:-[nvxt46w]*[LS][nvx]*|--list|--list-rules|-C|--check|-V|--version)$/,
  /^(?:-[nvx]*[ADIRFZNXPE]|--(?:append|delete|insert|replace|flush|zero|new-chain|delete-chain|policy|rename-chain))/,
);

const looks: Readonly<Record<string, Looks>> = {
  iptables: tables,
  ip6tables: tables,
  "iptables-nft": tables,
  "iptables-legacy": tables,
  "ip6tables-nft": tables,
  "ip6tables-legacy": tables,
  ebtables: tables,
  arptables: tables,
  "iptables-save": none(/^(?:-f|--file|-M|--modprobe)/),
  "ip6tables-save": none(/^(?:-f|--file|-M|--modprobe)/),
  nft: ({ args }) => {
    const verb = args.find(({ text }) => !text.startsWith("-"));
    return (
      /^(?:list|monitor|describe)$/.test(known(verb) ?? "") &&
      none(/^(?:-f|--file|-i|--interactive|-I)/)({ args } as Call)
    );
  },
  ufw: some(
    /^(?:status|show|version|app)$/,
    /^(?:enable|disable|allow|deny|reject|limit|delete|insert|reset|reload|default|logging|route|update|prepend)$/,
  ),
  "firewall-cmd": ({ args }) =>
    args.length > 0 &&
    args.every((arg) =>
      /^--(?:state|(?:list|get|query|info|path)-.*|zone=.*|permanent|policy=.*|version|check-config|service=.*|quiet|help)$/.test(
        known(arg) ?? HOLE,
      ),
    ) &&
    !args.every((arg) => /^--(?:zone|permanent|policy|service)/.test(known(arg) ?? "")),
  pfctl: ({ args }) =>
    args.some(({ text }) => /^-[vq]*s/.test(text)) && none(/^-[a-z]*[deFfkKtTaROANzx]/)({ args } as Call),
  "fail2ban-client": some(
    /^(?:status|ping|get|version|banned|-V)$/,
    /^(?:set|start|stop|reload|restart|unban|add|flushlogs)$/,
  ),
  ipset: some(/^(?:list|-L|save|test|version|help)$/, /^(?:add|del|destroy|flush|create|swap|rename|restore)$/),
  sysctl: ({ args }) => args.length > 0 && none(/=|^(?:-[a-zA-Z]*[wpf]|--(?:write|load|system))/)({ args } as Call),
  dmesg: none(/^(?:-[a-zA-Z]*[CcDEnJ]|--(?:clear|read-clear|console))/),
  modprobe: some(
    /^(?:-[a-zA-Z]*[nDcR]|--(?:dry-run|show|show-depends|showconfig|show-config|resolve-alias|show-modversions|show-exports))$/,
  ),
  modinfo: () => true,
  kmod: some(/^(?:list|static-nodes|help)$/, /^(?:insert|remove|load|unload)$/),
  kldstat: () => true,
  kextstat: () => true,
  kmutil: some(
    /^(?:showloaded|inspect|find|check|log|print-diagnostics)$/,
    /^(?:load|unload|install|clear-staging|trigger-panic-medic|configure-boot)/,
  ),
  csrutil: some(/^(?:status|authenticated-root)$/, /^(?:enable|disable|clear|netboot)$/),
  spctl: some(
    /^(?:--status|-a|--assess|--list|-vv?|--type.*)$/,
    /^--(?:master|global|add|remove|enable|disable|reset|disable-status)/,
  ),
  nvram: some(/^(?:-p|-xp|-px|[\w-]+)$/, /=|^-[a-z]*[cdf]/),
  auditctl: some(/^-[ls]$/, /^-[DadwWeRbfrc]/),
  apparmor_status: () => true,
  "aa-status": () => true,
  getenforce: () => true,
  sestatus: () => true,
  getsebool: () => true,
  bpftool: some(/^(?:show|list|dump|help)$/, /^(?:load|attach|detach|pin|update|delete|create)$/),
};

const always =
  "ip6tables-restore iptables-restore iptables-apply insmod rmmod depmod kexec kldload kldunload kextload kextunload setenforce setsebool semanage semodule restorecon chcon aa-complain aa-disable aa-enforce aa-teardown apparmor_parser cpupower tuned-adm x86_energy_perf_policy wrmsr setpci ctrlaltdel".split(
    " ",
  );

export const profile: Profile = {
  names: [...Object.keys(looks), ...always],
  summary: "changes the kernel or its firewall",
  judge: (call, on) =>
    asksForHelp(call.args) || looks[call.name]?.(call) === true
      ? on.fine()
      : on.effect("system.kernel", `run \`${callShown(call)}\``),
  matches: [
    { line: "iptables -F", decision: "deny", effect: "system.kernel" },
    { line: "iptables -L -F", decision: "deny", effect: "system.kernel" },
    { line: "ufw disable", decision: "deny", effect: "system.kernel" },
    { line: "nft flush ruleset", decision: "deny", effect: "system.kernel" },
    { line: "modprobe -r overlay", decision: "deny", effect: "system.kernel" },
    { line: "insmod ./x.ko", decision: "deny", effect: "system.kernel" },
    { line: "sysctl -w kernel.core_pattern='|/tmp/x'", decision: "deny", effect: "system.kernel" },
    { line: "sysctl vm.swappiness=10", decision: "deny", effect: "system.kernel" },
    { line: "csrutil disable", decision: "deny", effect: "system.kernel" },
    { line: "setenforce 0", decision: "deny", effect: "system.kernel" },
    { line: "dmesg -C", decision: "deny", effect: "system.kernel" },
  ],
  spares: [
    "iptables -L -n -v",
    "ufw status verbose",
    "nft list ruleset",
    "sysctl -a",
    "sysctl -n hw.ncpu",
    "dmesg -T | tail",
    "modinfo overlay",
    "firewall-cmd --list-all",
    "pfctl -sr",
    "csrutil status",
    "spctl --status",
  ],
};
