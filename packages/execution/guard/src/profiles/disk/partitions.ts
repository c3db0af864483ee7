// Partition tables and disk labels: looking passes, everything else is refused.
import { known } from "../../arg.ts";
import type { EffectKind } from "../../effect-kinds.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Profile } from "../../profile.ts";
import { callShown } from "../_verb-effects.ts";
import { asksForHelp } from "../_words.ts";

interface Tool {
  /** Options with which it only looks; one of them must be there. */
  readonly looks: RegExp;
  /** Options that go with looking. */
  readonly beside?: RegExp;
  readonly kind?: EffectKind;
}

const tools: Readonly<Record<string, Tool>> = {
  fdisk: {
    looks: /^(?:-l|--list|-x|--list-details|-s|--getsz)$/,
    beside: /^(?:-o|--output|-u|--units|-b|--bytes|-L|--color|-n|--noauto-pt)/,
  },
  sfdisk: {
    looks: /^(?:-l|--list|-d|--dump|-J|--json|-V|--verify|-F|--list-free|-s|--show-size|-T|--list-types)$/,
    beside: /^(?:-o|--output|-u|-q|--quiet|--color|--bytes)/,
  },
  gdisk: { looks: /^-l$/ },
  sgdisk: {
    looks:
      /^(?:-p|--print|-i\d*|--info(?:=\d+)?|-v|--verify|-L|--list-types|-O|--print-mbr|-f|--first-in-largest|-F|-E)$/,
  },
  partx: {
    looks: /^(?:-s|--show|-l|--list|--raw|-P|--pairs)$/,
    beside: /^(?:-o|--output|-b|--bytes|-g|--noheadings|-n|--nr|-r|-t|--type|-v)/,
  },
  kpartx: { looks: /^-l$/, beside: /^-v$/ },
  partprobe: { looks: /^(?:-d|--dry-run)$/, beside: /^(?:-s|--summary)$/ },
  wipefs: {
    looks: /^$/,
    beside: /^(?:-n|--no-act|-J|--json|-p|--parsable|-O|--output|-i|--noheadings|-q|--quiet|-t|--types)/,
    kind: "disk.format",
  },
  growpart: { looks: /^(?:-N|--dry-run)$/, beside: /^(?:-v|--verbose|-u)/ },
  cfdisk: { looks: /^\b$/ },
  parted: { looks: /^(?:-l|--list)$/, beside: /^(?:-s|--script|-m|--machine|-j|--json|-a|--align)$/ },
  gparted: { looks: /^\b$/ },
  addpart: { looks: /^\b$/ },
  delpart: { looks: /^\b$/ },
  resizepart: { looks: /^\b$/ },
  cgdisk: { looks: /^\b$/ },
  fixparts: { looks: /^\b$/ },
  testdisk: { looks: /^\/list$/ },
  gpart: { looks: /^(?:show|status|list|backup)$/ },
  gpt: { looks: /^show$/ },
  disklabel: { looks: /^-r?$/ },
  pdisk: { looks: /^-l$/ },
};

export const profile: Profile = {
  names: Object.keys(tools),
  summary: "edits partition tables",
  judge: (call, on) => {
    const tool = tools[call.name];
    if (tool === undefined || asksForHelp(call.args) || onlyLooks(call, tool)) return on.fine();
    return on.effect(tool.kind ?? "disk.partition", `run \`${callShown(call)}\``);
  },
  matches: [
    { line: "fdisk /dev/sda", decision: "deny", effect: "disk.partition" },
    { line: "parted -s /dev/sdb mklabel gpt", decision: "deny", effect: "disk.partition" },
    { line: "parted /dev/sdb print rm 1", decision: "deny", effect: "disk.partition" },
    { line: "sgdisk -p --zap-all /dev/sda", decision: "deny", effect: "disk.partition" },
    { line: "sfdisk /dev/sdb < layout.txt", decision: "deny", effect: "disk.partition" },
    { line: "wipefs -af /dev/sdb", decision: "deny", effect: "disk.format" },
    { line: "wipefs -n -a $DISK -o 0", decision: "deny", effect: "disk.format" },
  ],
  spares: [
    "fdisk -l",
    "fdisk -l /dev/sda",
    "parted -l",
    "parted -s /dev/sda unit MB print",
    "sfdisk -d /dev/sda",
    "sgdisk -p /dev/sda",
    "wipefs /dev/sda",
    "wipefs -n -a /dev/sda",
  ],
};

function onlyLooks(call: Call, { looks, beside }: Tool): boolean {
  const words = call.args.map(known);
  if (words.some((word) => word === undefined)) return false;
  if (call.name === "parted" && partedPrints(call)) return true;
  const options = words.flatMap((word) => (word?.startsWith("-") === true ? [word] : []));
  if (call.name === "wipefs") return wipefsLooks(call);
  const first = options.length === 0 ? (words[0] ?? "") : "";
  return (
    (options.some((word) => looks.test(word)) &&
      options.every((word) => looks.test(word) || beside?.test(word) === true)) ||
    (first !== "" && looks.test(first))
  );
}

// `parted DEV [unit U] print [WHAT]`, and nothing after it.
function partedPrints({ args }: Call): boolean {
  const [, ...commands] = readOptions(args, grammar("l,list s,script m,machine j,json a,align=")).operands.map(
    ({ text }) => text,
  );
  return (
    commands.length > 0 &&
    /^(?:unit \S+ ?)?(?:(?:print|p)(?: (?:free|list|all|devices|\d+))?|align-check \S+ \d+)$/.test(commands.join(" "))
  );
}

function wipefsLooks({ args }: Call): boolean {
  const read = readOptions(
    args,
    grammar(
      "a,all b,backup=? f,force n,no-act o,offset= t,types= i,noheadings J,json p,parsable q,quiet O,output= lock=?",
    ),
  );
  return read.unknown.length === 0 && (read.has("no-act") || !read.has("all", "offset"));
}
