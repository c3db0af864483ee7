// One line of a `.gitignore` (gitignore(5)): greedy matching with one remembered star, polynomial for any pattern.

/** One compiled line. `matches` takes the path's segments below the folder of the `.gitignore`. */
export type IgnoreRule = {
  readonly negated: boolean;
  readonly folderOnly: boolean;
  readonly matches: (segments: readonly string[]) => boolean;
};

type Token = "star" | ((char: string) => boolean);
type Step = "globstar" | readonly Token[];

/** Compiles a line; undefined for blank lines, comments and patterns that can match nothing. */
export function compileIgnoreLine(line: string): IgnoreRule | undefined {
  let text = stripSpaces(line);
  if (text === "" || text.startsWith("#")) return undefined;
  const negated = text.startsWith("!");
  if (negated) text = text.slice(1);
  const folderOnly = text.endsWith("/");
  if (folderOnly) text = text.slice(0, -1);
  const anchored = text.includes("/");
  if (text.startsWith("/")) text = text.slice(1);
  if (text === "") return undefined;
  const steps = text.split("/").map(compileStep);
  const last = steps[0] ?? [];
  if (steps.includes(undefined)) return undefined;
  const known = steps.filter((step) => step !== undefined);
  return {
    negated,
    folderOnly,
    matches: (segments) => (anchored ? matchSteps(known, segments) : matchName(last, segments.at(-1) ?? "")),
  };
}

// Trailing blanks do not count unless the last one is quoted.
function stripSpaces(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === " " || line[end - 1] === "\t") && line[end - 2] !== "\\") end -= 1;
  return line.slice(0, end);
}

function compileStep(segment: string): Step | undefined {
  if (segment === "**") return "globstar";
  const chars = [...segment];
  const tokens: Token[] = [];
  for (let at = 0; at < chars.length; at += 1) {
    const char = chars[at] ?? "";
    if (char === "*") tokens.push("star");
    else if (char === "?") tokens.push(() => true);
    else if (char === "[") {
      const close = classEnd(chars, at);
      if (close < 0) return undefined;
      tokens.push(compileClass(chars.slice(at + 1, close)));
      at = close;
    } else {
      if (char === "\\") at += 1;
      const literal = chars[at];
      if (literal === undefined) return undefined;
      tokens.push((other) => other === literal);
    }
  }
  return tokens;
}

function classEnd(chars: readonly string[], open: number): number {
  let at = open + 1;
  if (chars[at] === "!" || chars[at] === "^") at += 1;
  if (chars[at] === "]") at += 1;
  for (; at < chars.length && chars[at] !== "]"; at += 1) {
    if (chars[at] === "\\") at += 1;
    else if (chars[at] === "[" && chars[at + 1] === ":") {
      const end = chars.indexOf("]", at + 2);
      if (end > 0 && chars[end - 1] === ":") at = end;
    }
  }
  return at < chars.length ? at : -1;
}

const NAMED: ReadonlyMap<string, RegExp> = new Map([
  ["alpha", /[a-zA-Z]/],
  ["digit", /[0-9]/],
  ["alnum", /[a-zA-Z0-9]/],
  ["upper", /[A-Z]/],
  ["lower", /[a-z]/],
  ["space", /[ \t\n\v\f\r]/],
  ["blank", /[ \t]/],
  ["punct", /[!-/:-@[-`{-~]/],
  ["xdigit", /[0-9a-fA-F]/],
  ["print", /[ -~]/],
  ["graph", /[!-~]/],
  ["cntrl", /[\x00-\x1f\x7f]/],
]);

function compileClass(body: readonly string[]): (char: string) => boolean {
  const negated = body[0] === "!" || body[0] === "^";
  const tests: ((char: string) => boolean)[] = [];
  for (let at = negated ? 1 : 0; at < body.length; at += 1) {
    const name =
      body[at] === "[" && body[at + 1] === ":" ? body.slice(at + 2, body.indexOf("]", at + 2) - 1).join("") : "";
    const named = NAMED.get(name);
    if (named !== undefined) {
      tests.push((char) => named.test(char));
      at += name.length + 3;
      continue;
    }
    if (body[at] === "\\") at += 1;
    const low = body[at] ?? "";
    const isRange = body[at + 1] === "-" && at + 2 < body.length;
    if (isRange) at += body[at + 2] === "\\" ? 3 : 2;
    const high = isRange ? (body[at] ?? "") : low;
    tests.push((char) => code(char) >= code(low) && code(char) <= code(high));
  }
  return (char) => tests.some((test) => test(char)) !== negated;
}

function code(char: string): number {
  return char.codePointAt(0) ?? -1;
}

// `**` takes any number of folders; at the end it takes at least one name.
function matchSteps(steps: readonly Step[], segments: readonly string[]): boolean {
  return (
    greedy(steps, segments, {
      isStar: (step) => step === "globstar",
      test: (step, segment) => step !== "globstar" && matchName(step, segment),
    }) && !(steps.at(-1) === "globstar" && segments.length < steps.filter((step) => step !== "globstar").length + 1)
  );
}

function matchName(step: Step, name: string): boolean {
  if (step === "globstar") return true;
  return greedy(step, [...name], {
    isStar: (token) => token === "star",
    test: (token, char) => token !== "star" && token(char),
  });
}

type Matching<P, I> = { readonly isStar: (part: P) => boolean; readonly test: (part: P, item: I) => boolean };

function greedy<P, I>(parts: readonly P[], items: readonly I[], { isStar, test }: Matching<P, I>): boolean {
  let part = 0;
  let star = -1;
  let resume = 0;
  for (let at = 0; at < items.length;) {
    const current = parts[part];
    const item = items[at] as I; // `at` is below the length
    if (current !== undefined && isStar(current)) {
      star = part++;
      resume = at;
    } else if (current !== undefined && test(current, item)) {
      part += 1;
      at += 1;
    } else if (star >= 0) {
      at = ++resume;
      part = star + 1;
    } else return false;
  }
  return parts.slice(part).every(isStar);
}
