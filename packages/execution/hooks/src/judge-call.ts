// One judgement for each call: a shell's text as it is, a file tool's paths as the shell text that would do the same.
import type { Decision, Ground, Judgement, Rescue } from "@ces/guard";
import type { FileTouch, JudgedCall } from "./hook-call.ts";
import { quoteWord } from "./read-call-fields.ts";

/** The judge as the hook sees it; `@ces/guard` behind it, or a test's. */
export type Judge<Session> = (command: string, session: Session) => Judgement;

/** Judges a call. Never lowers what the judge says of a part. */
export function judgeCall<Session>(call: JudgedCall, session: Session, judge: Judge<Session>): Judgement {
  switch (call.kind) {
    case "shell":
      return judge(call.command, session);
    case "foreign":
      return foreign(call.tool);
    case "files":
      return judgeTouches(call, session, judge);
    default:
      return call satisfies never;
  }
}

/**
 * The path policy is the judge's, so that a tool and a shell never disagree about a file. What it asks about writing
 * outside the workspace is left to the host, which asks that itself.
 */
function judgeTouches<Session>({ touches, cwd }: FilesCall, session: Session, judge: Judge<Session>): Judgement {
  const all = touches.map((touch) => relaxed(judge(asShell(touch), session), rescueOf(touch, cwd)));
  return all.reduce(joined, passed);
}

type FilesCall = Extract<JudgedCall, { readonly kind: "files" }>;

const passed: Judgement = { decision: "allow", reasons: [], rewrite: null, rescues: [], parts: [] };

const order: readonly Decision[] = ["allow", "rewrite", "ask", "deny"];

function joined(a: Judgement, b: Judgement): Judgement {
  const [low, high] = order.indexOf(a.decision) > order.indexOf(b.decision) ? [b, a] : [a, b];
  const reasons = low.decision === high.decision ? [...low.reasons, ...high.reasons] : high.reasons;
  return { ...high, reasons, rescues: [...a.rescues, ...b.rescues], parts: [...a.parts, ...b.parts] };
}

// `--` and a leading `./` keep a name that begins with a dash a name.
function asShell({ verb, path }: FileTouch): string {
  const word = shellPath(path);
  if (verb === "read") return `cat ${word}`;
  return verb === "delete" ? `rm -r ${word}` : `printf x >> ${word}`;
}

// A host that expands `~` means home; one that does not means a folder of that odd name. Home is the worse of the two.
function shellPath(path: string): string {
  if (path === "~" || path.startsWith("~/")) return `~/${quoteWord(`./${path.slice(2)}`)}`;
  return quoteWord(path.startsWith("/") ? path : `./${path}`);
}

function relaxed(judgement: Judgement, rescue: Rescue): Judgement {
  // A tool's delete cannot be rewritten; what it deletes is copied aside instead.
  if (judgement.decision === "rewrite")
    return { ...judgement, decision: "allow", reasons: [], rewrite: null, rescues: [...judgement.rescues, rescue] };
  const reasons = judgement.reasons.filter(({ kind }) => kind !== "unknown.outside-write");
  const left = reasons.length === 0 && judgement.decision === "ask" && judgement.reasons.length > 0;
  return left ? { ...passed, parts: judgement.parts } : { ...judgement, reasons };
}

const rescueOf = ({ path }: FileTouch, cwd: string): Rescue => ({
  kind: "path",
  path: path.startsWith("/") ? path : `${cwd}/${path}`,
});

const foreignGround: Ground = {
  code: "SHELL_UNKNOWN",
  class: "unknown",
  kind: "unknown.shell",
  decision: "ask",
  text: "it would run text of a shell that the guard does not read",
  instead: "use the POSIX shell tool",
  floor: false,
};

const foreign = (tool: string): Judgement => ({
  ...passed,
  decision: "ask",
  reasons: [{ ...foreignGround, text: `${foreignGround.text} (\`${tool}\`)` }],
});
