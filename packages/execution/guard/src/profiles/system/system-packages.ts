// Packages of the system: looking passes; installing and removing changes the machine, runs scripts as root, and asks.
import { HOLE, taintedStream } from "../../arg.ts";
import type { Profile } from "../../profile.ts";
import { callShown, judgeVerb } from "../_verb-effects.ts";
import { asksForHelp } from "../_words.ts";
import { apt, aptLooks, dpkg } from "./_debian.ts";
import { change, type PackageJudge } from "./_package-judges.ts";
import { packageTables } from "./_package-tables.ts";
import { pacman, rpm } from "./_rpm-pacman.ts";

const byOption =
  (looks: RegExp): PackageJudge =>
  (call, on) => {
    const options = call.args.filter(({ text }) => text.startsWith("-") || text.startsWith(HOLE));
    return options.some(({ text }) => looks.test(text)) && !options.some(({ text }) => text.startsWith(HOLE))
      ? on.fine()
      : change(call, on);
  };

// A program that is fetched and started by a package manager.
const runs: PackageJudge = (call, on) => {
  const verb = call.args.find(({ text }) => !text.startsWith("-"))?.text ?? "";
  if (verb === "run") return on.effect("unknown.program", `run \`${callShown(call)}\``);
  return judgeVerb(call, on, packageTables[call.name] ?? aptLooks);
};

const trial =
  (judge: PackageJudge): PackageJudge =>
  (call, on) =>
    call.args.some(({ text }) => /^(?:-s|--simulate|--dry-run)$/.test(text)) &&
    !call.args.some(({ text }) => text.startsWith(HOLE))
      ? on.fine()
      : judge(call, on);

const tabled: PackageJudge = (call, on) => judgeVerb(call, on, packageTables[call.name] ?? aptLooks);

const dnf: PackageJudge = (call, on) =>
  call.args.some(({ text }) => /^(?:-c|--config|--setopt|--installroot)/.test(text))
    ? change(call, on)
    : tabled(call, on);

const judges: Readonly<Record<string, PackageJudge>> = {
  ...Object.fromEntries(Object.keys(packageTables).map((name) => [name, tabled])),
  ...Object.fromEntries(["yum", "dnf", "dnf5", "microdnf", "tdnf"].map((name) => [name, dnf])),
  apt,
  "apt-get": apt,
  "apt-cache": apt,
  aptitude: apt,
  nala: apt,
  dpkg,
  rpm,
  pacman,
  yay: pacman,
  paru: pacman,
  pikaur: pacman,
  pamac: pacman,
  apk: trial(tabled),
  snap: runs,
  flatpak: runs,
  emerge: byOption(/^(?:-[a-zA-Z]*[psSV][a-zA-Z]*|--(?:pretend|search|searchdesc|info|version|list-sets|help))$/),
  "nix-env": byOption(/^(?:-[a-zA-Z]*q|--query|--version|--list-generations)/),
  "nix-channel": byOption(/^--list/),
  softwareupdate: byOption(/^(?:-l|--list|--history|--dump-state|--list-full-installers)$/),
  installer: byOption(
    /^-(?:pkginfo|dominfo|volinfo|query|vers|help|showChoicesXML|showChoicesAfterApplyingChangesXML)$/,
  ),
  pkgutil: byOption(
    /^--(?:pkgs(?:=.*)?|files|pkg-info|pkg-groups|groups|group-pkgs|file-info|check-signature|payload-files|bom|lsbom|pkgs-plist|regexp)/,
  ),
  alternatives: byOption(/^--(?:display|list)$/),
  ldconfig: byOption(/^(?:-p|--print-cache|-[a-z]*N[a-z]*X)$/),
  "apt-config": (call, on) =>
    call.args[0]?.text === "shell"
      ? on.fine(taintedStream(["generator"]))
      : apt({ ...call, args: call.args.filter(({ text }) => text !== "dump") }, on),
  "debconf-show": (_call, on) => on.fine(),
  needrestart: byOption(/^-[a-z]*[bp]/),
};

const reads =
  "dpkg-query dpkg-architecture dpkg-parsechangelog apt-show-versions apt-rdepends pkg_info pacman-conf pactree checkupdates xbps-query equery eix qlist qsearch repoquery rpmquery rpmverify".split(
    " ",
  );
const changes =
  "add-apt-repository apt-add-repository dpkg-reconfigure dpkg-divert dpkg-statoverride dpkg-preconfigure dselect do-release-upgrade unattended-upgrade unattended-upgrades gdebi pacman-key pacman-mirrors paccache makepkg xbps-install xbps-remove xbps-reconfigure xbps-pkgdb pkg_add pkg_delete pkg_create portsnap portmaster freebsd-update installpkg removepkg upgradepkg tazpkg urpmi urpme rpmdb rpmkeys rpm-ostree update-ca-certificates update-ca-trust locale-gen update-locale subscription-manager dnf-automatic yum-config-manager transactional-update nix-collect-garbage".split(
    " ",
  );

export const profile: Profile = {
  names: [...Object.keys(judges), ...reads, ...changes],
  summary: "installs packages of the system",
  judge: (call, on) => {
    if (asksForHelp(call.args) || reads.includes(call.name)) return on.fine();
    return (judges[call.name] ?? change)(call, on);
  },
  matches: [
    { line: "apt install jq", decision: "ask", effect: "system.package" },
    { line: "apt-get -y remove nodejs", decision: "ask", effect: "system.package" },
    {
      line: "apt-get update -o APT::Update::Pre-Invoke::='sh -c id'",
      decision: "deny",
      effect: "code-injection.tool-exec",
    },
    { line: "dpkg -i x.deb", decision: "ask", effect: "system.package" },
    { line: "rpm --eval '%(id)'", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "dnf install -y jq", decision: "ask", effect: "system.package" },
    { line: "pacman -Syu", decision: "ask", effect: "system.package" },
    { line: "apk add curl", decision: "ask", effect: "system.package" },
    { line: "snap install x --classic", decision: "ask", effect: "system.package" },
    { line: "apt $VERB jq", decision: "ask", effect: "system.package" },
  ],
  spares: [
    "apt list --installed",
    "apt-cache policy nodejs",
    "apt-get install -s jq",
    "dpkg -l",
    "dpkg -S /bin/ls",
    "rpm -qa",
    "dnf search jq",
    "pacman -Qi jq",
    "pacman -Ss jq",
    "apk info",
    "snap list",
  ],
};
