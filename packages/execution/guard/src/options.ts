// Reading a program's options the way getopt does: clusters, values, abbreviations, `--`; what is not known is said, not guessed.
import { type Arg, HOLE } from "./arg.ts";

/** An option that was given. */
export interface Given {
  /** Its canonical name: the last of its names in the grammar. */
  readonly name: string;
  readonly value: Arg | undefined;
  /** The word it stands in. */
  readonly arg: Arg;
}

/** A call's options and operands. */
export interface Options {
  readonly given: readonly Given[];
  readonly operands: readonly Arg[];
  /** Words that look like options and that the grammar does not know. */
  readonly unknown: readonly Arg[];
  /** Words that may be options, because what they start with is not known. */
  readonly uncertain: readonly Arg[];
  has(...names: readonly string[]): boolean;
  value(name: string): Arg | undefined;
  values(name: string): readonly Arg[];
}

/** The options of a program. */
export interface Grammar {
  readonly names: ReadonlyMap<string, { readonly name: string; readonly takes: "nothing" | "value" | "optional" }>;
  readonly longs: readonly string[];
  /** Options end at the first operand. */
  readonly posix: boolean;
  /** Long options have one dash (`find`, `terraform -auto-approve`). */
  readonly single: boolean;
}

/**
 * A grammar from its short form: options separated by spaces, names of one option by commas, `=` for a value, `=?` for one that
 * may be glued on: `grammar("r,R,recursive f,force o,output= color=?")`. The last name is canonical; one letter is a short option.
 */
export function grammar(
  text: string,
  { posix = false, single = false }: { readonly posix?: boolean; readonly single?: boolean } = {},
): Grammar {
  // Read when it is first asked for: a start of the guard meets a few programs of thousands.
  let read: Pick<Grammar, "names" | "longs"> | null = null;
  const get = (): Pick<Grammar, "names" | "longs"> => (read ??= readGrammar(text));
  return {
    posix,
    single,
    get names() {
      return get().names;
    },
    get longs() {
      return get().longs;
    },
  };
}

function readGrammar(text: string): Pick<Grammar, "names" | "longs"> {
  const names = new Map<string, { name: string; takes: "nothing" | "value" | "optional" }>();
  for (const word of text.split(/\s+/).filter((one) => one !== "")) {
    const takes = word.endsWith("=?") ? "optional" : word.endsWith("=") ? "value" : "nothing";
    const all = word.replace(/=\??$/, "").split(",");
    const name = all.at(-1) ?? "";
    for (const one of all) names.set(one, { name, takes });
  }
  return { names, longs: [...names.keys()].filter((name) => name.length > 1) };
}

/** Reads `args` by a grammar. */
export function readOptions(args: readonly Arg[], { names, longs, posix, single }: Grammar): Options {
  const given: Given[] = [];
  const operands: Arg[] = [];
  const unknown: Arg[] = [];
  const uncertain: Arg[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at];
    if (arg === undefined) continue;
    const { text } = arg;
    if (text === "--") {
      operands.push(...args.slice(at + 1));
      break;
    }
    if (text.startsWith(HOLE) && arg.splits) uncertain.push(arg);
    if (!text.startsWith("-") || text === "-") {
      operands.push(arg);
      if (!posix) continue;
      operands.push(...args.slice(at + 1));
      break;
    }
    if (text.startsWith("--") || (single && text.length > 2)) at += long(arg, args[at + 1]);
    else at += cluster(arg, args[at + 1]);
  }
  return {
    given,
    operands,
    unknown,
    uncertain,
    has: (...wanted) => given.some(({ name }) => wanted.includes(name)),
    value: (name) => given.findLast((one) => one.name === name)?.value,
    values: (name) => given.flatMap((one) => (one.name === name && one.value !== undefined ? [one.value] : [])),
  };

  function long(arg: Arg, next: Arg | undefined): number {
    const body = arg.text.replace(/^--?/, "");
    const cut = body.indexOf("=");
    const spelled = cut < 0 ? body : body.slice(0, cut);
    const option = names.get(spelled) ?? abbreviated(spelled);
    if (option === undefined) {
      // `-rf` where single-dash words are long: a cluster of letters that are all known.
      if (single && !arg.text.startsWith("--") && [...body].every((letter) => names.has(letter)))
        return cluster(arg, next);
      unknown.push(arg);
      return 0;
    }
    if (cut >= 0) given.push({ name: option.name, value: { ...arg, text: body.slice(cut + 1), at: null }, arg });
    else if (option.takes === "value") {
      given.push({ name: option.name, value: next, arg });
      return 1;
    } else given.push({ name: option.name, value: undefined, arg });
    return 0;
  }

  function abbreviated(spelled: string) {
    if (spelled.includes(HOLE)) return undefined;
    const candidates = new Set(longs.filter((name) => name.startsWith(spelled)).map((name) => names.get(name)));
    const [only] = candidates;
    return candidates.size === 1 ? only : undefined;
  }

  function cluster(arg: Arg, next: Arg | undefined): number {
    const letters = arg.text.slice(1);
    for (let index = 0; index < letters.length; index += 1) {
      const letter = letters[index] ?? "";
      const option = names.get(letter);
      if (option === undefined) {
        unknown.push(arg);
        return 0;
      }
      if (option.takes === "nothing") {
        given.push({ name: option.name, value: undefined, arg });
        continue;
      }
      const glued = letters.slice(index + 1);
      if (glued !== "")
        given.push({ name: option.name, value: { ...arg, text: glued.replace(/^=/, ""), at: null }, arg });
      else given.push({ name: option.name, value: option.takes === "value" ? next : undefined, arg });
      return glued === "" && option.takes === "value" ? 1 : 0;
    }
    return 0;
  }
}
