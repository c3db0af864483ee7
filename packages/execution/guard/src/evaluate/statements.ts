// Walks a parsed script the way a shell would run it, once, over what can be known: statements, pipes, branches, loops, functions.
import type {
  AndOr,
  CommandNode,
  CompoundCommand,
  CompoundList,
  ParsedScript,
  PipelineNode,
  Redirected,
  Statement,
  Word,
} from "unbash";
import { emptyStream, literal, type Stream, type Taint } from "../arg.ts";
import { expandValue } from "./expand-word.ts";
import { appendStream, joinAlternatives, perhaps } from "./join-streams.ts";
import { endsNever, multiplies } from "./endless.ts";
import { applyRedirects, finishRedirects } from "./redirects.ts";
import { add, countStep, LIMITS } from "./run.ts";
import { assignVariable } from "./assign-variable.ts";
import { changed, mergeShells } from "./merge-shells.ts";
import { onCondition, type Shell, subshell } from "./shell.ts";
import { checkDefinedName } from "./defined-names.ts";
import { runSimple } from "./simple-command.ts";
import { walkFor, walkLoop } from "./loops.ts";
import { walkTest } from "./test-expression.ts";
import { unknownArray, unknownVariable } from "./variable.ts";
import type { Walker } from "./walker.ts";

/** Every statement of a script, in `shell`; what it prints. A script with errors is refused. */
export function walkScript(walk: Walker, shell: Shell, script: ParsedScript): Stream {
  if (script.errors !== undefined && script.errors.length > 0) {
    walk.notParsed(shell.source.slice(script.pos, script.end));
    return unknownOutput;
  }
  return walkStatements(walk, shell, script.commands);
}

/** The commands of `$(…)`, `<(…)` or `>(…)`: a subshell; what it prints. */
export function readSubstitution(
  walk: Walker,
  shell: Shell,
  script: ParsedScript | undefined,
  operator: "$" | "<" | ">",
): Stream {
  if (script === undefined) {
    walk.notParsed("a substitution");
    return unknownOutput;
  }
  if (shell.depth > LIMITS.depth) {
    add(walk.into, "unknown.too-deep", "run commands nested deeper than are read");
    return unknownOutput;
  }
  const own = script.source !== undefined;
  const inner = subshell(shell, {
    depth: shell.depth + 1,
    top: shell.top && !own,
    ...(own ? { source: script.source } : {}),
    ended: null,
    exits: [],
    ...(operator === ">" ? { stdin: unknownOutput } : {}),
  });
  return walkScript(walk, inner, script);
}

const unknownOutput: Stream = { text: null, taints: new Set<Taint>(["output"]), files: [], from: "pipe" };

/** Statements in order. */
function walkStatements(walk: Walker, shell: Shell, statements: readonly Statement[]): Stream {
  let printed = emptyStream;
  for (const statement of statements) {
    const scope = statement.background === true ? onCondition(shell, { multiplies: true }) : shell;
    const maybe = statement.background === true || shell.ended !== null || shell.exits.some((left) => left.length > 0);
    const one = walkJoined(walk, scope, statement.command);
    printed = appendStream(printed, maybe ? perhaps(one) : one);
  }
  return printed;
}

const walkList = (walk: Walker, shell: Shell, list: CompoundList): Stream => walkStatements(walk, shell, list.commands);

function walkJoined(walk: Walker, shell: Shell, node: PipelineNode | AndOr): Stream {
  return node.type === "AndOr" ? walkAndOr(walk, shell, node) : walkPipeline(walk, shell, node);
}

// Each operand may or may not have run: what follows the list must hold either way.
function walkAndOr(walk: Walker, shell: Shell, node: AndOr): Stream {
  const before = subshell(shell);
  let printed = emptyStream;
  let current = subshell(shell);
  const { way } = shell;
  // What any operand so far may have left.
  let left: Shell = before;
  node.commands.forEach((command, index) => {
    countStep(walk.run, shell.vars.size);
    const or = index > 0 && node.operators[index - 1] === "||";
    if (or) {
      left = merged(shell, left, current);
      current = subshell(left);
    }
    if (index > 0) current.way = or ? [...way, {}] : [...current.way, {}];
    const one = walkPipeline(walk, current, command);
    printed = appendStream(printed, index > 0 ? perhaps(one) : one);
  });
  current.way = way;
  Object.assign(shell, changed(before, current) || left !== before ? merged(shell, left, current) : current);
  return printed;
}

function merged(shell: Shell, a: Shell, b: Shell): Shell {
  const both = subshell(shell);
  mergeShells(both, [a, b]);
  return both;
}

function walkPipeline(walk: Walker, shell: Shell, node: PipelineNode): Stream {
  if (node.type !== "Pipeline") return walkCommand(walk, shell, node);
  const [only, ...more] = node.commands;
  if (only === undefined) return emptyStream;
  if (more.length === 0) return walkCommand(walk, shell, only);
  let stream = shell.stdin;
  let last = shell;
  for (const command of node.commands) {
    const piped = subshell(shell, { stdin: stream, multiplies: true });
    stream = { ...walkCommand(walk, piped, command), from: "pipe" };
    last = piped;
  }
  // SECURITY: zsh, and bash after `shopt -s lastpipe`, run the last command of a pipe in the shell itself.
  last.stdin = shell.stdin;
  if (changed(shell, last)) mergeShells(shell, [subshell(shell), last]);
  return stream;
}

/** One command, simple or compound. */
export function walkCommand(walk: Walker, shell: Shell, node: CommandNode | CompoundList): Stream {
  switch (node.type) {
    case "Command":
      return runSimple(walk, shell, node);
    case "Function":
      return defineFunction(walk, shell, node.name, node.body);
    case "Redirected":
      return walkRedirected(walk, shell, node);
    case "Coproc":
      for (const name of [node.name?.value ?? "COPROC", `${node.name?.value ?? "COPROC"}_PID`])
        assignVariable(walk, shell, name, name.endsWith("_PID") ? unknownVariable : unknownArray);
      return walkCommand(walk, onCondition(shell, { multiplies: true, stdin: unknownOutput }), node.body);
    default:
      return walkCompound(walk, shell, node);
  }
}

function walkRedirected(walk: Walker, shell: Shell, node: Redirected): Stream {
  const wired = applyRedirects(walk, shell, node.redirects);
  const inner = node.command.type === "Subshell" ? subshell(shell) : shell;
  const saved = inner.stdin;
  inner.stdin = wired.stdin ?? saved;
  const printed = walkCompound(walk, inner, node.command);
  inner.stdin = saved;
  return finishRedirects(walk, shell, wired, printed);
}

function defineFunction(
  walk: Walker,
  shell: Shell,
  name: Word,
  body: CompoundCommand | Redirected | CompoundList,
): Stream {
  const known = name.value;
  checkDefinedName(walk, known, "function");
  const bodies = [{ body, source: shell.source, top: shell.top }];
  shell.functions.set(known, bodies);
  for (const { later } of shell.traps) later.shells.push(subshell(shell));
  if (hooks.test(known)) callHook(walk, shell, known);
  return emptyStream;
}

// Functions that a shell calls itself: bash where a program is missing, zsh where the directory changes, a signal comes, or it ends.
const hooks =
  /^(?:command_not_found_handler?|chpwd|precmd|preexec|periodic|zshaddhistory|zshexit|TRAP[A-Z]+|TRAP[A-Z]*\d)$/;

function callHook(walk: Walker, shell: Shell, name: string): void {
  const scope = onCondition(shell);
  walk.start(scope, { words: [literal(name)], env: new Map(), stdin: unknownOutput, at: null });
  mergeShells(shell, [subshell(shell), scope]);
}

function walkCompound(walk: Walker, shell: Shell, node: CompoundCommand | CompoundList): Stream {
  switch (node.type) {
    case "CompoundList":
      return walkList(walk, shell, node);
    case "BraceGroup":
      return walkList(walk, shell, node.body);
    case "Subshell":
      return walkList(walk, subshell(shell), node.body);
    case "If":
      return walkIf(walk, shell, node);
    case "While":
      if (endsNever(node.clause, node.kind === "until") && multiplies(node.body))
        add(walk.into, "system.fork-bomb", "start programs again and again without waiting for them");
      return walkLoop(walk, shell, () =>
        appendStream(walkList(walk, shell, node.clause), walkList(walk, shell, node.body)),
      );
    case "For":
    case "Select":
      return walkFor(walk, shell, node);
    case "ArithmeticFor":
      for (const part of [node.initialize, node.test, node.update])
        if (part !== undefined) walk.arithmetic(shell, part);
      return walkLoop(walk, shell, () => {
        const printed = walkList(walk, shell, node.body);
        for (const part of [node.update, node.test]) if (part !== undefined) walk.arithmetic(shell, part);
        return printed;
      });
    case "Case":
      return walkCase(walk, shell, node);
    case "TestCommand":
      walkTest(walk, shell, node.expression);
      return emptyStream;
    case "ArithmeticCommand":
      if (node.expression !== undefined) walk.arithmetic(shell, node.expression);
      else if (/\$\(|`/.test(node.body)) walk.notParsed(node.body);
      return emptyStream;
    default:
      walk.notParsed("a command of an unknown form");
      node satisfies never;
      return unknownOutput;
  }
}

function walkIf(walk: Walker, shell: Shell, node: Extract<CompoundCommand, { type: "If" }>): Stream {
  let printed = walkList(walk, shell, node.clause);
  const branches: Shell[] = [];
  const branch = (list: CompoundList, from: Shell): void => {
    const scope = onCondition(from);
    printed = joinAlternatives(printed, walkList(walk, scope, list));
    branches.push(scope);
  };
  branch(node.then, shell);
  for (const elif of node.elif) {
    walkList(walk, shell, elif.clause);
    branch(elif.then, shell);
  }
  if (node.else === undefined) branches.push(subshell(shell));
  else branch(node.else, shell);
  mergeShells(shell, branches);
  return printed;
}

function walkCase(walk: Walker, shell: Shell, node: Extract<CompoundCommand, { type: "Case" }>): Stream {
  expandValue(walk, shell, node.word);
  let printed = emptyStream;
  const branches: Shell[] = [subshell(shell)];
  for (const item of node.items) {
    for (const pattern of item.pattern) expandValue(walk, shell, pattern);
    const scope = onCondition(shell);
    // `;&` falls through: what the branch before left counts too.
    if (item !== node.items[0]) mergeShells(scope, [scope, ...branches.slice(-1).map((branch) => subshell(branch))]);
    printed = joinAlternatives(printed, walkList(walk, scope, item.body));
    branches.push(scope);
  }
  mergeShells(shell, branches);
  return printed;
}
