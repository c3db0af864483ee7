// `find`: what it starts for a match, what it deletes, what it writes. A match is a path below one of the starts.
import { type Arg, emptyStream, HOLE, isKnown, literal, type Stream } from "../../arg.ts";
import type { Edit } from "../../effect.ts";
import { isWithin } from "../../paths/fold-path.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { shown, someWord } from "../_words.ts";
import { namedMatches } from "./_named-matches.ts";

export const profile: Profile = {
  names: ["find", "gfind", "bfs"],
  summary: "walks folders and acts on what it finds",
  judge: (call, on) => {
    const found = readExpression(call.args);
    const outcomes = [
      ...beyond(on, found, [
        ...found.commands.flatMap((command) => runFor(on, found, command)),
        ...found.deletes.flatMap((word) => deleted(call, on, found, word)),
      ]),
      ...found.writes.map((path) => on.write(path, "overwrite")),
      ...found.odd.map((word) => on.effect("unknown.option", `run \`${call.name}\` with \`${shown(word)}\``)),
    ];
    return on.join(...outcomes, on.fine(names(on, found)));
  },
  matches: [
    { line: "find / -name shadow -exec sudo cat {} \\;", decision: "deny", effect: "privilege.elevate" },
    { line: "find . -exec bash -c 'sudo id' \\;", decision: "deny", effect: "privilege.elevate" },
    { line: "find / -delete", decision: "deny", effect: "delete.floor" },
    { line: "find ~ -name '*.log' -delete", decision: "deny", effect: "delete.floor" },
    { line: "find /etc -exec rm {} +", decision: "deny", effect: "delete.floor" },
    { line: "find . -delete", decision: "ask", effect: "delete.important" },
    { line: "find . -name '*.pyc' -delete", decision: "rewrite", effect: "delete.trash" },
    { line: "find build -type f -delete", decision: "rewrite", effect: "delete.trash" },
    { line: "find . -name '*.orig' -exec rm {} \\;", decision: "rewrite", effect: "delete.trash" },
    { line: "find . -fprintf /etc/cron.d/x '* * * * * root id'", decision: "deny", effect: "system.write" },
    {
      line: "find . -name settings.json -exec sed -i s/a/b/ {} +",
      decision: "deny",
      effect: "self-protect.agent-config",
    },
    { line: "find . $ACTIONS", decision: "ask", effect: "unknown.option" },
    { line: "find . -frobnicate", decision: "ask", effect: "unknown.option" },
  ],
  spares: [
    "find . -maxdepth 2 -type d",
    "find . -name '*.test.ts' -not -path './node_modules/*'",
    "find src -newer a.ts -print0",
    "find . -name x -exec echo {} \\;",
  ],
};

interface Command {
  readonly words: readonly Arg[];
  /** It stands in the folder of the match. */
  readonly inDir: boolean;
}

interface Found {
  readonly starts: readonly Arg[];
  readonly commands: readonly Command[];
  readonly deletes: readonly Arg[];
  readonly writes: readonly Arg[];
  readonly odd: readonly Arg[];
  /** A test on names, times or contents leaves some matches out. */
  readonly limited: boolean;
  /** Paths that its tests name outright. */
  readonly named: readonly string[];
  /** Links are followed, wherever they lead. */
  readonly follows: boolean;
  /** A format of its own decides what is printed. */
  readonly prints: boolean;
}

const none =
  /^(?:-(?:H|L|P|E|X|d|s|x|O\d?|depth|follow|mount|xdev|noleaf|daystart|warn|nowarn|ignore_readdir_race|noignore_readdir_race|a|and|o|or|not|print|print0|ls|prune|quit|true|false|nouser|nogroup|readable|writable|executable|empty|printx|unique|nohidden|hidden|exclude|color|nocolor|help|version|--help|--version)|[!(),])$/;
const one =
  /^-(?:name|iname|path|ipath|wholename|iwholename|regex|iregex|regextype|lname|ilname|type|xtype|size|mtime|atime|ctime|btime|mmin|amin|cmin|bmin|Bmin|newer|anewer|cnewer|bnewer|newer[aBcmt]{2}|since|asince|csince|perm|user|group|uid|gid|inum|links|fstype|maxdepth|mindepth|used|samefile|context|printf|flags|D|f|S|j\d*|limit|acl|xattr|xattrname)$/;
const limiting =
  /^-(?:i?name|i?path|i?wholename|i?regex|i?lname|size|[acmbB](?:time|min)|[acb]?newer.*|[ac]?since|perm|user|group|uid|gid|inum|links|used|samefile|context|empty|nouser|nogroup|executable)$/;

function readExpression(args: readonly Arg[]): Found {
  const starts: Arg[] = [];
  const commands: Command[] = [];
  const deletes: Arg[] = [];
  const writes: Arg[] = [];
  const odd: Arg[] = [];
  let limited = false;
  let tests = false;
  let prints = false;
  const follows = args.some(({ text }) => text === "-L" || text === "-follow");
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at];
    if (word === undefined) continue;
    const { text } = word;
    // Behind the starts, a word that may be several can be any action.
    if (word.splits && text.startsWith(HOLE) && at > 0) odd.push(word);
    tests ||= /^[-!(]/.test(text) && !/^-(?:H|L|P|E|X|d|s|x|O\d?|D|-|f)$/.test(text);
    limited ||= limiting.test(text);
    prints ||= text === "-printf" || text === "-ls" || text === "-printx";
    if (/^-(?:exec|execdir|ok|okdir)$/.test(text)) {
      const end = args.findIndex(
        (other, index) => index > at && (other.text === ";" || (other.text === "+" && args[index - 1]?.text === "{}")),
      );
      commands.push({ words: args.slice(at + 1, end < 0 ? args.length : end), inDir: text.endsWith("dir") });
      at = end < 0 ? args.length : end;
    } else if (text === "-delete" || text === "-rm") deletes.push(word);
    else if (/^-f(?:print0?|ls)$/.test(text)) writes.push(args[(at += 1)] ?? word);
    else if (text === "-fprintf") {
      writes.push(args[at + 1] ?? word);
      at += 2;
    } else if (text === "-f") starts.push(args[(at += 1)] ?? word);
    else if (text === "-files0-from") {
      starts.push(someWord("", ["file"]));
      at += 1;
    } else if (one.test(text)) at += 1;
    else if (none.test(text) || text === "--") continue;
    else if (!tests && !(text.startsWith("-") && text.length > 1)) starts.push(word);
    else odd.push(word);
  }
  return {
    starts: starts.length === 0 ? [literal(".")] : starts,
    commands,
    deletes,
    writes,
    odd,
    limited,
    prints,
    follows,
    named: namedMatches(args),
  };
}

// What is deleted may be what a link leads to, or lie in a folder that holds the guard's own.
function beyond(on: Evaluation, { starts, follows }: Found, outcomes: readonly Outcome[]): readonly Outcome[] {
  if (!outcomes.some(({ effects }) => effects.some(({ kind }) => kind === "delete.trash"))) return outcomes;
  const own = on.setting.own_places.filter((place) =>
    starts.some((start) => on.places(start).some(({ real }) => real !== null && isWithin(place, real))),
  );
  return [
    ...outcomes,
    ...own.map((place) => on.remove(literal(place))),
    ...(follows ? [on.effect("delete.through-link", "delete what links below it lead to")] : []),
  ];
}

/** A path below a start. `-execdir` says `./name`. */
const matchOf = (start: Arg, inDir: boolean): Arg =>
  inDir || !isKnown(start)
    ? someWord(inDir ? "./" : "", [...start.taints, "output"])
    : someWord(start.text.endsWith("/") ? start.text : `${start.text}/`, ["output"]);

/** What may be matched below a start: any path, what the tests name outright, and the start itself where no test leaves it out. */
function matchesOf({ limited, named }: Found, start: Arg): readonly Arg[] {
  if (!isKnown(start)) return [matchOf(start, false)];
  const folder = start.text.endsWith("/") ? start.text : `${start.text}/`;
  return [matchOf(start, false), ...named.map((name) => literal(folder + name)), ...(limited ? [] : [start])];
}

function runFor(on: Evaluation, found: Found, { words, inDir }: Command): readonly Outcome[] {
  return found.starts.flatMap((start) => {
    return matchesOf(found, start).map((match) => {
      const cwd = inDir ? { cwd: match } : {};
      return on.run(
        words.map((word) => filled(word, match)),
        { stdin: emptyStream, ...cwd },
      );
    });
  });
}

function filled(word: Arg, match: Arg): Arg {
  if (!word.text.includes("{}")) return word;
  return {
    ...word,
    text: word.text.replaceAll("{}", () => match.text),
    taints: new Set([...word.taints, ...match.taints]),
    glob: false,
    at: null,
  };
}

/** `-delete` becomes a move to the trash, children first, as `-delete` has it. */
function deleted({ name }: Call, on: Evaluation, found: Found, word: Arg): readonly Outcome[] {
  const removed = found.starts.flatMap((start) => [
    ...matchesOf(found, start).map((match) => on.remove(match)),
    ...(isKnown(start) ? [] : [on.remove(start)]),
  ]);
  const edits: readonly Edit[] =
    word.at === null || on.setting.governed || name === "bfs"
      ? []
      : [{ at: word.at, text: `-depth -exec ${on.setting.trash_command} --as find -- {} +`, kind: "trash" }];
  return [...removed, { ...on.fine(), edits }];
}

// What it prints are paths below its starts, unless something else prints too.
function names(on: Evaluation, found: Found): Stream {
  const { starts, commands, prints, named } = found;
  const { stdout } = on.fine();
  const plain = commands.length === 0 && !prints && starts.every((start) => isKnown(start) && start.text !== "");
  const folders = starts.map(({ text }) => (text.endsWith("/") ? text : `${text}/`));
  const inside = folders.flatMap((folder) => named.map((name) => folder + name.slice(0, name.lastIndexOf("/") + 1)));
  return plain ? { ...stdout, below: [...new Set([...folders, ...inside])] } : stdout;
}
