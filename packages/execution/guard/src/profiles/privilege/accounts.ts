// Accounts, groups and passwords: looking passes, everything else is a person's.
import { HOLE, known } from "../../arg.ts";
import type { Call, Profile } from "../../profile.ts";
import { callShown } from "../_verb-effects.ts";
import { asksForHelp } from "../_words.ts";

const every =
  (pattern: RegExp) =>
  ({ args }: Call): boolean =>
    args.length > 0 && args.every((arg) => pattern.test(known(arg) ?? HOLE));

const first =
  (pattern: RegExp) =>
  ({ args }: Call): boolean =>
    pattern.test(args.map(known).find((word) => word !== undefined && !/^-(?:q|plist|f)$/.test(word)) ?? "");

/** Calls that only look. */
const looks: Readonly<Record<string, (call: Call) => boolean>> = {
  passwd: ({ args }) =>
    args.some(({ text }) => /^(?:-[a-z]*S|--status)$/.test(text)) &&
    args.every((arg) => /^(?:-[aS]+|--status|--all|\w[\w.-]*)$/.test(known(arg) ?? HOLE)),
  chage: ({ args }) =>
    args.some(({ text }) => /^(?:-l|--list)$/.test(text)) &&
    args.every((arg) => /^(?:-l|-i|--list|--iso8601|[\w.]+)$/.test(known(arg) ?? HOLE)),
  visudo: ({ args }) => args.some(({ text }) => /^(?:-[a-z]*c[a-z]*|--check)$/.test(text)),
  pwck: every(/^(?:-r|--read-only|-q|--quiet|-s|\/.*)$/),
  grpck: every(/^(?:-r|--read-only|-q|--quiet|-s|\/.*)$/),
  useradd: every(/^(?:-D|--defaults)$/),
  faillock: ({ args }) => !args.some(({ text }) => /^--r/.test(text) || text.startsWith(HOLE)),
  faillog: ({ args }) =>
    !args.some(({ text }) => /^(?:-[a-z]*[rlmt]|--(?:reset|lock|max|time))/.test(text) || text.startsWith(HOLE)),
  chsh: every(/^(?:-l|--list-shells)$/),
  dscl: ({ args }) =>
    args.some((arg) => /^-?(?:read|readall|readpl|list|search|diff)$/.test(known(arg) ?? "")) &&
    !args.some(({ text }) => /^-?(?:create|append|merge|delete|change|passwd|mcx)/.test(text)),
  dseditgroup: ({ args }) => args.some(({ text }, index) => text === "read" && args[index - 1]?.text === "-o"),
  dsconfigad: every(/^-show$/),
  sysadminctl: first(/^-(?:secureTokenStatus|guestAccount|screenLock)$/),
  fdesetup: first(/^(?:status|list|isactive|version)$/),
  "pam-auth-update": every(/^--help$/),
  authselect: first(/^(?:current|list|show|check|test|requirements|is-feature-enabled)$/),
  realm: first(/^(?:list|discover)$/),
  sssctl: first(/^(?:domain-list|domain-status|user-checks|config-check|cache-index|user-show|group-show)$/),
  pw: first(/^(?:usershow|groupshow|usernext|groupnext)$/),
};

const others =
  "usermod userdel adduser deluser addgroup delgroup groupadd groupmod groupdel groupmems gpasswd chpasswd chgpasswd newusers vipw vigr chfn pwconv pwunconv grpconv grpunconv lpasswd luseradd lusermod luserdel lgroupadd smbpasswd pdbedit rmuser yppasswd kpasswd kadmin kadmin.local ktutil google-authenticator authconfig systemd-firstboot systemd-homed homectl dsenableroot dsimport createhomedir pam_tally2 samba-tool ipa".split(
    " ",
  );

export const profile: Profile = {
  names: [
    ...Object.keys(looks),
    ...others,
    "pkaction",
    "pkcheck",
    "userdbctl",
    "pwscore",
    "pwmake",
    "mkpasswd",
    "htpasswd",
    "klist",
  ],
  summary: "changes accounts",
  judge: (call, on) => {
    if (asksForHelp(call.args) || looks[call.name]?.(call) === true || harmless.has(call.name)) return on.fine();
    if (call.name === "htpasswd")
      return htpasswd(call) === null ? on.fine() : on.write(htpasswd(call) ?? call.word, "append");
    return on.effect("privilege.account", `run \`${callShown(call)}\``);
  },
  matches: [
    { line: "usermod -aG docker $USER", decision: "deny", effect: "privilege.account" },
    { line: "useradd -o -u 0 -g 0 toor", decision: "deny", effect: "privilege.account" },
    { line: "passwd root", decision: "deny", effect: "privilege.account" },
    { line: "echo 'root:x' | chpasswd", decision: "deny", effect: "privilege.account" },
    { line: "visudo -f /etc/sudoers.d/ci", decision: "deny", effect: "privilege.account" },
    { line: "gpasswd -a dev sudo", decision: "deny", effect: "privilege.account" },
    { line: "dscl . -append /Groups/admin GroupMembership dev", decision: "deny", effect: "privilege.account" },
    { line: "dseditgroup -o edit -a dev admin", decision: "deny", effect: "privilege.account" },
    { line: "chsh -s /bin/zsh", decision: "deny", effect: "privilege.account" },
  ],
  spares: [
    "passwd -S",
    "chage -l dev",
    "visudo -c",
    "dscl . -list /Users",
    "useradd -D",
    "faillock --user dev",
    "useradd --help",
  ],
};

const harmless: ReadonlySet<string> = new Set([
  "pkaction",
  "pkcheck",
  "userdbctl",
  "pwscore",
  "pwmake",
  "mkpasswd",
  "klist",
]);

// `htpasswd FILE USER`; with `-n` it prints.
function htpasswd({ args }: Call) {
  const flags = args.filter(({ text }) => text.startsWith("-"));
  if (flags.some(({ text }) => /^-[a-zA-Z]*n/.test(text))) return null;
  return args.find(({ text }) => !text.startsWith("-")) ?? null;
}
