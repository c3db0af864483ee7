// Web servers and balancers as programs: asking them about themselves and their settings is harmless, starting and stopping them is a service.
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { asksForHelp, shown } from "../_words.ts";

export const profile: Profile = {
  names: [
    "nginx",
    "apachectl",
    "apache2ctl",
    "httpd",
    "apache2",
    "haproxy",
    "lighttpd",
    "traefik",
    "envoy",
    "varnishd",
  ],
  summary: "serves and balances",
  judge: (call, on) => (asksForHelp(call.args) ? on.fine() : served(call, on)),
  matches: [
    { line: "nginx -s reload", decision: "ask", effect: "system.service" },
    { line: "nginx", decision: "ask", effect: "system.service" },
    { line: "nginx -t -g 'load_module /tmp/x.so;'", decision: "ask", effect: "system.service" },
    { line: "apachectl graceful", decision: "ask", effect: "system.service" },
    { line: "haproxy -f x.cfg", decision: "ask", effect: "system.service" },
  ],
  spares: ["nginx -t", "nginx -v", "nginx -T", "nginx -tc nginx.conf", "apachectl configtest", "haproxy -c -f x.cfg"],
};

const looks: Readonly<Record<string, RegExp>> = {
  nginx: /^-(?:t|T|v|V|q|h|\?|tq|qt|tc)$/,
  apachectl: /^(?:configtest|-t|-S|-M|-v|-V|-l|-L|-D|status|fullstatus|-t\w+)$/,
  haproxy: /^-(?:c|v|vv|V|q)$/,
  lighttpd: /^-(?:t|tt|p|v|V)$/,
  traefik: /^(?:version|healthcheck)$/,
  envoy: /^--(?:version|mode)$/,
  varnishd: /^-(?:V|x|C)$/,
};

function served({ name, args }: Call, on: Evaluation): Outcome {
  const look = looks[/^(?:apache2(?:ctl)?|httpd)$/.test(name) ? "apachectl" : name];
  const asks = args.some(({ text }) => look?.test(text) === true);
  const does = args.some(({ text }) =>
    /^(?:-s|-g|-k|-sf|-st|-D|restart|start|stop|graceful|graceful-stop)$/.test(text),
  );
  if (asks && !does) return on.fine();
  return on.effect("system.service", `run \`${[name, ...args.map(shown)].join(" ").slice(0, 120)}\``);
}
