// Certificates: looking is free, ordering, revoking and trusting is asked.
import type { Profile } from "../../profile.ts";
import { sensed } from "../_subcommands.ts";

export const profile: Profile = {
  names: ["certbot", "certbot-auto", "acme.sh", "lego", "dehydrated", "mkcert"],
  summary: "orders and revokes certificates",
  judge: ({ name, args }, on) => {
    const words = args.map(({ text }) => text);
    const has = (form: RegExp): boolean => words.some((word) => form.test(word));
    const shownName = [name, ...words.slice(0, 3)].join(" ");
    if (
      has(/^(?:--?help|-h|--?version|certificates|plugins|list|--list|--info|-CAROOT|show_account|--cron-help)$/) ||
      args.length === 0
    )
      return on.fine();
    if (
      has(
        /^(?:delete|revoke|--revoke|--remove|unregister|--deactivate|--deactivate-account|--uninstall|-uninstall|rollback|--removeall|uninstall)$/,
      )
    )
      return sensed(on, "destroy", shownName);
    if (name === "mkcert")
      return has(/^-install$/) ? on.effect("system.write", "make this machine trust a new authority") : on.fine();
    if (has(/^--dry-run$|^--test$/)) return on.fine();
    const hooks = words.filter((word) =>
      /^--(?:\w+-)?(?:hook|reloadcmd|pre-hook|post-hook|deploy-hook|renew-hook|manual-\w+-hook)/.test(word),
    );
    return on.join(
      ...hooks.map((hook) => on.effect("code-injection.tool-exec", `let \`${name}\` run what \`${hook}\` says`)),
      sensed(on, "admin", shownName),
    );
  },
  matches: [
    { line: "certbot revoke --cert-name x", decision: "ask", effect: "infra.destroy" },
    { line: "certbot certonly --manual -d x.example", decision: "ask", effect: "infra.admin" },
    { line: "certbot renew --deploy-hook 'sh x.sh'", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "mkcert -install", decision: "deny", effect: "system.write" },
    { line: "acme.sh --remove -d x.example", decision: "ask", effect: "infra.destroy" },
  ],
  spares: ["certbot certificates", "certbot renew --dry-run", "mkcert localhost 127.0.0.1"],
};
