// Encoders and decoders of text: what was decoded is said to be, so that nothing runs it unread.
import { grammar, readOptions } from "../../options.ts";
import type { Call, Profile } from "../../profile.ts";
import { withGnuNames } from "../_gnu-names.ts";
import { filteredFiles, readFile } from "../_read-files.ts";
import { writeResult } from "../_written-files.ts";

const encoders = grammar(
  "d,D,decode w,wrap= b,break= i,input= o,output= ignore-garbage h,help version base64 base64url base32 base32hex base16 base2msbf base2lsbf z85 base58",
);
const dumps = grammar(
  "r,revert p,ps,plain,postscript c,cols= g,groupsize= l,len= s,skip,seek= o= n,name= R= a b e u i d C E h v",
  { single: true },
);

export const profile: Profile = {
  names: [
    ...withGnuNames(["base64", "base32", "basenc"]),
    "base58",
    "xxd",
    "uudecode",
    "uuencode",
    "ascii85",
    "qprint",
    "mimencode",
    "mpack",
    "munpack",
    "basez",
    "rot13",
    "caesar",
    "morse",
    "recode-url",
    "urldecode",
  ],
  summary: "encodes and decodes text",
  judge: (call, on) => {
    const isDump = call.name === "xxd";
    const given = readOptions(call.args, isDump ? dumps : encoders);
    const input = given.value("input");
    const named = input === undefined ? given.operands : [input];
    const files = isDump ? named.slice(0, 1) : named;
    const output = isDump ? given.operands[1] : given.value("output");
    const stdout = filteredFiles(on, files, call.stdin);
    const result = decodes(call, given.has("decode", "revert")) ? on.filtered(stdout, ["decoded"]) : stdout;
    const written = output === undefined ? [] : [writeResult(call, on, output, result)];
    return on.printing(on.join(...files.map((file) => readFile(on, file)), ...written, on.fine()), result);
  },
  matches: [
    { line: "echo cm0gLXJmIH4= | base64 -d | sh", decision: "deny", effect: "code-injection.decoded" },
    { line: "base64 --dec <<< c3VkbyBpZAo= | bash", decision: "deny", effect: "code-injection.decoded" },
    { line: "echo 7375646f206964 | xxd -r -p | bash", decision: "deny", effect: "code-injection.decoded" },
    { line: "echo 7375646f206964 | xxd -p -r | bash", decision: "deny", effect: "code-injection.decoded" },
    { line: "$(echo c3Vkbw== | base64 -di) id", decision: "deny", effect: "code-injection.decoded" },
    { line: "base64 -d -o run.sh x.b64; sh run.sh", decision: "deny", effect: "code-injection.decoded" },
    { line: "xxd -r dump.hex ~/.bashrc", decision: "ask", effect: "system.persist" },
    { line: "base64 .env", decision: "ask", effect: "exfil.secret-read" },
  ],
  spares: [
    "echo aGVsbG8= | base64 -d",
    "base64 logo.png > logo.b64",
    "echo '7b7d' | xxd -r -p",
    "xxd package.json | head",
    "base64 -w0 package.json",
    "cut -d. -f2 token.txt | base64 -d | wc -c",
  ],
};

const decodes = ({ name }: Call, asked: boolean): boolean =>
  asked || /^(?:uudecode|munpack|rot13|caesar|urldecode)$/.test(name);
