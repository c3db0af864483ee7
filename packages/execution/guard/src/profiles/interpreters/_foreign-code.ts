// Code in languages that no reader knows: a plain expression is let through, one that starts programs or deletes is refused, the rest is asked.
import { type Arg, HOLE, isKnownStream, literal, type Stream } from "../../arg.ts";
import type { Evaluation, Outcome } from "../../profile.ts";

const starts =
  /\b(?:system|popen|shell|execvp?|execv?p?e?|spawn\w*|Runtime\s*\.\s*getRuntime|ProcessBuilder|callProcess|callCommand|readProcess\w*|createProcess|rawSystem|proc_open|passthru|open_port|os:cmd|os\.cmd|System\.cmd|System\.shell|Port\.open|sys\.process|run-?program|shell-command|call-process\w*|start-process\w*|async-shell-command|make-process|Foreign|ccall|dlopen|load_file|unsafePerformIO)\b|do shell script|doShellScript|NSTask|ObjC\.import|\brun\s*\(\s*`|\.execute\s*\(|\.!!?(?:\s|$)|!!\s/;
const deletes =
  /\b(?:unlink|rmtree|rmdir|rm_rf|rm_r|removeFile|removeDirectory\w*|removePathForcibly|delete-file|delete-directory|deleteRecursively|deleteIfExists|file:delete|del_dir\w*|File\.rm\w*|rm)\b\s*[!(:"'\s]|\bfile\.remove\b|\.delete\s*\(\s*\)/;
const plain = /^[\w\s+\-*/%^.,:;()<>=!?|&"'[\]{}@#$\\~]*$/;
const calls = /\b([A-Za-z_][\w.:]*[\w?!]?)\s*(?=[("'\d[\s]|$)/g;
const harmless = new Set(
  "print println puts putStrLn putStr printf cat show IO.puts IO.inspect inspect display format io:format io:fwrite erlang:system_info system_info otp_release halt init:stop sessionInfo R.version R.version.string version VERSION Version versioninfo sqrt abs sum map filter length size reverse sort let val var in where if then else do end fn fun def return true false nil null to by at of and or not div mod mean median seq rep paste paste0 nchar max min round Sys.time Sys.Date date tell set get name text string number integer float Int String List java.version System.out.println String.format concat head tail take drop fold foldl foldr fmap pure Enum.map Enum.sum Enum.to_list String.upcase message princ emacs-version kill-emacs library packageVersion suppressPackageStartupMessages requireNamespace installed.packages class typeof str summary".split(
    " ",
  ),
);

/** Judges a text of `language` by its words alone. */
export function foreignCode(on: Evaluation, language: string, source: Arg): Outcome {
  const { text, taints } = source;
  if (text.includes(HOLE) && (taints.has("network") || taints.has("decoded")))
    return on.effect(
      taints.has("network") ? "remote-exec.fetch-run" : "code-injection.decoded",
      `run what is fetched or decoded as ${language}`,
    );
  if (text.includes(HOLE))
    return on.effect("code-injection.dynamic", `run a text that is only known when it runs as ${language}`);
  const bare = text.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
  if (starts.test(bare))
    return on.join(
      ...shellTexts(text).map((inner) => on.script(literal(inner))),
      on.effect("code-injection.spawn", `start a program from inside ${language}`),
    );
  if (deletes.test(bare)) return on.effect("delete.code-api", `delete files from inside ${language}`);
  const known =
    text.length < 4000 && plain.test(text) && [...bare.matchAll(calls)].every((match) => harmless.has(match[1] ?? ""));
  return known ? on.fine() : on.effect("code-injection.code-unknown", `run code in ${language}, which is not read`);
}

// The strings of such a text: one of them is the command.
const shellTexts = (text: string): readonly string[] =>
  [...text.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`/g)]
    .slice(0, 8)
    .map((match) => (match[1] ?? match[2] ?? match[3] ?? "").replaceAll(/\\(.)/g, "$1"))
    .filter((inner) => inner.includes(" "));

/** The same for what arrives on standard input. */
export function foreignStream(on: Evaluation, language: string, stream: Stream): Outcome {
  if (stream.from === "none") return on.fine();
  if (isKnownStream(stream)) return foreignCode(on, language, literal(stream.text));
  const kind = stream.taints.has("network")
    ? "remote-exec.fetch-run"
    : stream.taints.has("decoded")
      ? "code-injection.decoded"
      : "code-injection.dynamic";
  return on.effect(kind, `run what arrives on standard input as ${language}`);
}

/** A program file in such a language: the project's own when it lies in the workspace, asked when it does not. */
export function foreignFile(on: Evaluation, language: string, path: Arg): Outcome {
  if (path.stream !== null) return foreignStream(on, language, { ...path.stream, from: "pipe" });
  if (/^https?:/.test(path.text)) return on.effect("remote-exec.run-url", `run \`${path.text}\` as ${language}`);
  const made = on.contents([path]);
  if (isKnownStream(made)) return foreignCode(on, language, literal(made.text));
  if (made.taints.has("network"))
    return on.effect("remote-exec.download-run", `run \`${path.text}\`, which this command fetches`);
  if (made.taints.has("decoded"))
    return on.effect("code-injection.decoded", `run \`${path.text}\`, which this command decodes`);
  const inside = on.places(path).every(({ real_zone, zone }) => zone === "workspace" && real_zone === "workspace");
  return inside ? on.fine() : on.effect("unknown.script", `run \`${path.text.replaceAll(HOLE, "…")}\` as ${language}`);
}
