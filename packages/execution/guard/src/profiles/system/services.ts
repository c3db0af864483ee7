// Services: looking passes, starting and stopping is shared with everything else here and asks.
import { HOLE, known } from "../../arg.ts";
import type { EffectKind } from "../../effect-kinds.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { grammar, readOptions } from "../../options.ts";
import { callShown, judgeVerb, type VerbTable, verbTable } from "../_verb-effects.ts";
import { asksForHelp } from "../_words.ts";

const systemctl = verbTable({
  options:
    "H,host= M,machine= C,capsule= t,type= state= p,property= P= a,all failed r,recursive reverse with-dependencies job-mode= show-transaction show-types value check-inhibitors= i what= q,quiet v,verbose no-block wait no-wall message= no-reload no-legend legend= no-pager no-ask-password system user global runtime f,force preset-mode= root= image= image-policy= n,lines= o,output= firmware-setup boot-loader-menu= boot-loader-entry= plain timestamp= mkdir marked read-only drop-in= when= stdin now l,full kill-whom= kill-value= s,signal= dry-run",
  means: {
    fine: "status, show, cat, help, list-units, list-sockets, list-timers, list-paths, list-automounts, list-jobs, list-machines, list-unit-files, list-dependencies, is-active, is-enabled, is-failed, is-system-running, get-default, service-log-level, service-log-target, whoami",
    "system.power":
      "poweroff, reboot, halt, kexec, soft-reboot, suspend, hibernate, hybrid-sleep, suspend-then-hibernate, sleep, exit, rescue, emergency, default, isolate, switch-root",
    "code-injection.environment": "set-environment, import-environment",
    "system.persist": "enable, reenable, link, edit, add-wants, add-requires, preset, preset-all, set-default, revert",
  },
  otherwise: "system.service",
});

const tables: Readonly<Record<string, VerbTable>> = {
  "rc-service": verbTable({
    options: "l,list e,exists= r,resolve= i,ifexists",
    means: {},
    otherwise: "system.service",
  }),
  "rc-update": verbTable({ options: "a,all v,verbose", means: { fine: "show" }, otherwise: "system.persist" }),
  "rc-status": verbTable({ options: "a l s u f r c m", means: {}, otherwise: "fine" }),
  openrc: verbTable({ means: {}, bare: "system.service", otherwise: "system.service" }),
  initctl: verbTable({
    options: "system session q",
    means: { fine: "list, status, version, show-config, check-config, usage, list-env, get-env" },
    otherwise: "system.service",
  }),
  sv: verbTable({ options: "v w=", means: { fine: "status, check" }, otherwise: "system.service" }),
  svcs: verbTable({ means: {}, otherwise: "fine" }),
  svcadm: verbTable({ means: {}, otherwise: "system.service" }),
  supervisorctl: verbTable({
    options: "c,configuration= s,serverurl= u,username= p,password= r",
    means: { fine: "status, avail, pid, tail, maintail, version, help" },
    otherwise: "system.service",
  }),
  monit: verbTable({
    options: "c=",
    means: { fine: "status, summary, report, validate" },
    otherwise: "system.service",
  }),
  launchctl: verbTable({
    means: {
      fine: "list, print, print-cache, print-disabled, plist, procinfo, hostinfo, resolveport, blame, dumpstate, dumpjpcategory, getenv, error, version, managerpid, manageruid, managername, variant, help, examine",
      "system.power": "reboot, userswitch",
      "code-injection.environment": "setenv, unsetenv",
    },
    otherwise: "system.service",
  }),
  pm2: verbTable({
    options:
      "n,name= i,instances= e,error= o,output= l,log= p,pid= lines= env= interpreter= namespace= cwd= u= a m s,silent raw nostream format json timestamp err out",
    means: {
      fine: "list, ls, l, status, show, describe, desc, info, jlist, prettylist, logs, log, monit, imonit, dash, dashboard, env, ping, id, pid, report, conf, get, prettylist, start, restart, reload, gracefulReload, scale, serve, sendSignal, reset",
      "system.persist": "startup, unstartup, save, dump, resurrect, unsave, install, module:install",
      "system.service":
        "stop, delete, del, kill, flush, update, set, multiset, unset, deploy, uninstall, trigger, attach, send",
    },
    otherwise: "unknown.option",
  }),
  forever: verbTable({ means: { fine: "list, logs, columns, config" }, otherwise: "system.service" }),
  "s6-rc": verbTable({
    options: "l= v= t= n= a d u p b",
    means: { fine: "list, listall, help, diff" },
    otherwise: "system.service",
  }),
};

// `service NAME VERB`: the verb comes last.
function service(call: Call, on: Evaluation): Outcome {
  const words = call.args.map((arg) => known(arg) ?? HOLE);
  const looks =
    words[0] === "--status-all" || (words.length === 2 && /^(?:status)$/.test(words[1] ?? "")) || words.length === 0;
  return looks ? on.fine() : on.effect("system.service", `run \`${callShown(call)}\``);
}

// A program or file that is started is judged like any other.
function pm2(call: Call, on: Evaluation, table: VerbTable): Outcome {
  const words = call.args.filter(({ text }) => !text.startsWith("-"));
  const [verb, target] = words;
  const outcome = judgeVerb(call, on, table);
  if (!/^(?:start|restart|reload)$/.test(verb?.text ?? "") || target === undefined) return outcome;
  const interpreter = call.args.some(({ text }) => /^--(?:interpreter|node-args|interpreter-args)/.test(text));
  if (interpreter) return on.join(outcome, on.effect("unknown.option", `run \`${callShown(call)}\``));
  if (target.text === "all") return on.join(outcome, on.effect("system.service", `run \`${callShown(call)}\``));
  if (/\s/.test(target.text)) return on.join(outcome, on.script(target));
  return /\.(?:[cm]?[jt]s|py|sh|rb|php|pl)$/.test(target.text)
    ? on.join(outcome, on.programFile(target, null, []))
    : /^(?:npm|yarn|pnpm|bun|node|python3?|bash|sh)$/.test(target.text)
      ? startedByName(call, on, outcome)
      : outcome;
}

// `pm2 start npm -- run dev`
function startedByName(call: Call, on: Evaluation, outcome: Outcome): Outcome {
  const cut = call.args.findIndex(({ text }) => text === "--");
  const [, program] = call.args.filter(({ text }) => !text.startsWith("-"));
  if (program === undefined) return outcome;
  return on.join(outcome, on.run([program, ...(cut < 0 ? [] : call.args.slice(cut + 1))]));
}

function judge(call: Call, on: Evaluation): Outcome {
  if (asksForHelp(call.args)) return on.fine();
  if (call.name === "service" || call.name === "invoke-rc.d") return service(call, on);
  if (call.name === "systemctl")
    return remote(call)
      ? on.effect("remote-exec.remote-host", `run \`${callShown(call)}\``)
      : judgeVerb(call, on, systemctl);
  if (call.name === "start-stop-daemon") return daemon(call, on);
  const table = tables[call.name];
  if (table === undefined) return on.effect(persists.get(call.name) ?? "system.service", `run \`${callShown(call)}\``);
  return call.name === "pm2" ? pm2(call, on, table) : judgeVerb(call, on, table);
}

const remote = ({ args }: Call): boolean => args.some(({ text }) => /^(?:-H|--host|-M|--machine)/.test(text));

// `start-stop-daemon --start --exec PROGRAM -- ARGS`
function daemon(call: Call, on: Evaluation): Outcome {
  const given = readOptions(call.args, daemonOptions);
  const [program] = [...given.values("startas"), ...given.values("exec")];
  const service = on.effect("system.service", `run \`${callShown(call)}\``);
  return program === undefined ? service : on.join(service, on.run([program, ...given.operands]));
}

const daemonOptions = grammar(
  "S,start K,stop T,status H,help V,version a,startas= x,exec= p,pidfile= n,name= u,user= g,group= c,chuid= r,chroot= d,chdir= N,nicelevel= P,procsched= I,iosched= k,umask= s,signal= R,retry= b,background m,make-pidfile remove-pidfile o,oknodo t,test q,quiet v,verbose C,no-close O,output= ppid= pid= notify-await notify-timeout=",
  { posix: true },
);

const persists: ReadonlyMap<string, EffectKind> = new Map([
  ["update-rc.d", "system.persist"],
  ["chkconfig", "system.persist"],
  ["sysrc", "system.persist"],
  ["systemd-sysusers", "privilege.account"],
  ["systemd-tmpfiles", "system.write"],
]);

export const profile: Profile = {
  names: [
    "systemctl",
    "service",
    "invoke-rc.d",
    ...Object.keys(tables),
    ...persists.keys(),
    "s6-svc",
    "svc",
    "start-stop-daemon",
    "daemonize",
  ],
  summary: "starts and stops services",
  judge,
  matches: [
    { line: "systemctl stop postgresql", decision: "ask", effect: "system.service" },
    { line: "systemctl --user enable --now x.service", decision: "ask", effect: "system.persist" },
    { line: "systemctl poweroff", decision: "deny", effect: "system.power" },
    { line: "systemctl -q reboot", decision: "deny", effect: "system.power" },
    { line: "systemctl $VERB nginx", decision: "ask", effect: "system.service" },
    {
      line: "systemctl --user set-environment LD_PRELOAD=./x.so",
      decision: "deny",
      effect: "code-injection.environment",
    },
    { line: "service nginx stop", decision: "ask", effect: "system.service" },
    { line: "launchctl load ~/Library/LaunchAgents/x.plist", decision: "ask", effect: "system.service" },
    { line: "start-stop-daemon --start --exec /usr/bin/sudo -- id", decision: "deny", effect: "privilege.elevate" },
    { line: "pm2 delete all", decision: "ask", effect: "system.service" },
    { line: "pm2 start scripts/evil.sh", decision: "deny", effect: "privilege.elevate" },
  ],
  spares: [
    "systemctl status nginx",
    "systemctl --user list-timers",
    "systemctl is-active docker",
    "systemctl --failed",
    "service nginx status",
    "launchctl list",
    "pm2 logs",
    "supervisorctl status",
  ],
};
