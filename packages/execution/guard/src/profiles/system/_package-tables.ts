// What the verbs of system package managers mean: looking, or changing the machine.
import { type VerbTable, verbTable } from "../_verb-effects.ts";

const managed = (options: string, fine: string): VerbTable =>
  verbTable({ options, means: { fine }, otherwise: "system.package" });

const yum = managed(
  "q,quiet y,assumeyes v,verbose C,cacheonly e,errorlevel= d,debuglevel= R,randomwait= repo= repoid= enablerepo= disablerepo= x,exclude= releasever= installroot= forcearch= b,best nobest allowerasing assumeno showduplicates advisory= bz= cve= available installed latest-limit= qf= queryformat= requires provides whatrequires= f,file= l,list i,info s,source resolve a,all noplugins 4 6 nogpgcheck downloadonly downloaddir= refresh obsoletes security enhancement bugfix",
  "list, ls, search, se, info, if, provides, prov, whatprovides, repolist, repoinfo, repoquery, rq, check-update, check-upgrade, deplist, history $, history list, history info, history userinstalled, group list, group info, group summary, grouplist, groupinfo, updateinfo $, updateinfo list, updateinfo info, check, changelog, module list, module info, module provides, advisory list, advisory info, environment list, repo list, repo info, download, help, leaves, needs-restarting, alias list, mark list, version",
);

/** By program. */
export const packageTables: Readonly<Record<string, VerbTable>> = {
  yum,
  dnf: yum,
  dnf5: yum,
  microdnf: yum,
  tdnf: yum,
  zypper: managed(
    "n,non-interactive q,quiet v,verbose t,type= r,repo= C,case-sensitive s,details i,installed-only u,not-installed-only x,match-exact d,dry-run R,root= installroot= no-refresh xmlout p,plus-content= provides requires userdata= color",
    "search, se, info, if, list-updates, lu, list-patches, lp, patches, pch, packages, pa, patterns, pt, products, pd, repos, lr, services, ls, what-provides, wp, locks, ll, ps, licenses, versioncmp, vcmp, targetos, tos, system-architecture, help, patch-check, pchk, list-all, locales, subcommand",
  ),
  apk: managed(
    "p,root= X,repository= q,quiet v,verbose i,interactive no-network no-cache t,virtual= repositories-file= keys-dir= cache-dir= arch= wait= a all e,exact d L,contents R,depends r,rdepends W,who-owns= installed I",
    "list, info, search, policy, stats, version, dot, audit, verify, manifest, help, fetch",
  ),
  snap: managed(
    "unicode= color= all verbose channel= n=",
    "list, info, find, search, version, changes, change, tasks, connections, interfaces, interface, services, logs, known, model, warnings, help, whoami, aliases, components, quotas, quota, validate, get",
  ),
  flatpak: managed(
    "v,verbose ostree-verbose user system installation= columns= a,all d,show-details app runtime arch= app-runtime=",
    "list, info, search, remotes, remote-list, remote-ls, remote-info, history, ps, documents, permissions, permission-list, permission-show, document-list, document-info, config $, help",
  ),
  pkg: managed(
    "c= r= j= C= o= R= d v N l q y n f 4 6",
    "info, query, rquery, search, version, stats, rstats, which, audit, list, list-installed, list-all, show, files, help, repos, shlib, updating",
  ),
  opkg: managed(
    "f= conf= d= dest= o= offline-root= t= tmp-dir= V= force-depends",
    "list, list-installed, list-upgradable, list-changed-conffiles, files, search, find, info, status, print-architecture, depends, whatdepends, whatprovides, compare-versions",
  ),
  swupd: managed("path= url= format=", "info, bundle-list, bundle-info, search, search-file, check-update, hashdump"),
  eopkg: managed(
    "D= u= v d y N",
    "list-installed, li, list-available, la, list-upgrades, lu, list-repo, lr, list-components, lc, list-sources, ls, list-newest, ln, list-pending, lp, info, search, sr, search-file, sf, history, hs, blame, graph, check",
  ),
  slackpkg: managed("batch= onoff=", "search, file-search, info, check-updates, show-changelog, help"),
  winget: managed(
    "id= name= source= s= e,exact",
    "search, find, list, ls, show, view, source list, features, hash, validate, settings export, --info",
  ),
  choco: managed(
    "limit-output local-only",
    "list, search, find, info, outdated, source list, feature list, config list, help",
  ),
  scoop: managed(
    "",
    "list, search, info, status, home, cat, depends, prefix, which, bucket list, bucket known, help, checkup, alias list, config",
  ),
  mas: managed("", "list, search, outdated, info, version, account, config"),
  tasksel: managed("task-desc= task-packages= list-tasks", ""),
  snapper: verbTable({
    options: "c,config= q,quiet v,verbose u,utc iso t= no-dbus csvout jsonout",
    means: { fine: "list, ls, list-configs, get-config, status, diff" },
    otherwise: "system.service",
  }),
  "apt-mark": managed("f,file= a", "showmanual, showauto, showhold, showinstall, showremove, showpurge"),
  "apt-key": managed("keyring= keyserver=", "list, finger, fingerprint, export, exportall"),
  "apt-file": managed("c,cache= F,fixed-string x,regexp l,package-only", "search, find, list, show"),
};
