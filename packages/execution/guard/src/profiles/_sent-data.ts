// What leaves this machine, and where to: words and streams that carry a secret, files that are uploaded, hosts that are this very machine.
import { type Arg, HOLE, type Stream, taintedStream } from "../arg.ts";
import type { Evaluation, Outcome } from "../profile.ts";
import { contentsOf, readFile } from "./_read-files.ts";
import { shown } from "./_words.ts";

/** What a fetcher prints or writes. */
export const fetched: Stream = taintedStream(["network"]);

const local =
  /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#\\@]*@)?(?:localhost|[a-z0-9-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0|host\.docker\.internal)(?::\d*)?(?:[/?#]|$)/i;

/** True for an address of this machine. What is not known is another one. */
export const isLocalAddress = ({ text }: Arg): boolean =>
  !text.includes(HOLE) && (local.test(text) || /^:\d+(?:\/|$)|^:\//.test(text));

// Where clouds give their machines credentials.
const metadata =
  /\b169\.254\.169\.254\b|\b169\.254\.170\.2\b|metadata\.google\.internal|fd00:ec2::254|\b100\.100\.100\.200\b|\b0xa9fea9fe\b|\b2852039166\b/i;

/** Asking a cloud's metadata address, which answers with credentials; nothing for other addresses. */
export const asksMetadata = (on: Evaluation, addresses: readonly Arg[]): readonly Outcome[] =>
  addresses.flatMap((address) =>
    metadata.test(address.text)
      ? [on.effect("exfil.secret-read", `ask \`${shown(address)}\`, which hands out credentials`)]
      : [],
  );

/** Words and streams that are sent: nothing to say unless one carries a secret or the environment. */
export function sends(
  on: Evaluation,
  what: string,
  words: readonly Arg[],
  streams: readonly Stream[] = [],
): readonly Outcome[] {
  const sources = [...words, ...words.flatMap(({ stream }) => (stream === null ? [] : [stream])), ...streams];
  const outcomes: Outcome[] = [];
  if (sources.some(({ taints }) => taints.has("secret")))
    outcomes.push(on.effect("exfil.secret-send", `send a secret ${what}`));
  if (sources.some(({ taints }) => taints.has("environment")))
    outcomes.push(on.effect("exfil.environment-send", `send the environment ${what}`));
  return outcomes;
}

/** Words that a service asks for to know who calls: a secret among them is a person's to send, the environment is nobody's. */
export function sendsCredentials(on: Evaluation, what: string, words: readonly Arg[]): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  if (words.some(({ taints }) => taints.has("environment")))
    outcomes.push(on.effect("exfil.environment-send", `send the environment ${what}`));
  if (words.some(({ taints }) => taints.has("secret")))
    outcomes.push(on.effect("exfil.secret-read", `send a secret as a credential ${what}`));
  return outcomes;
}

/** Files whose content is sent: a secret is refused. */
export function sendsFiles(on: Evaluation, what: string, files: readonly Arg[]): readonly Outcome[] {
  const secret = sends(
    on,
    what,
    [],
    files.map((file) => file.stream ?? contentsOf(on, [file])),
  );
  return secret.length > 0 ? secret : files.map((file) => readFile(on, file));
}

/** The name that a fetcher gives a file after its address; null when it cannot be known. */
export function nameFromAddress({ text }: Arg): string | null {
  const path = text.replace(/[?#].*$/, "").replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "");
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name.includes(HOLE) ? null : name === "" ? "index.html" : name;
}

/** A fetched file is written; whatever runs it later in the line sees where it came from. */
export function writesFetched(on: Evaluation, path: Arg): Outcome {
  if (/^(?:-|\/dev\/(?:stdout|stderr|tty|null|fd\/\d+))$/.test(path.text)) return on.fine();
  const written = on.write(path, "overwrite");
  on.created(path, { content: fetched, copy_of: null });
  return written;
}
