// Checksums: numbers of files.
import { grammar } from "../../options.ts";
import type { Profile } from "../../profile.ts";
import { withGnuNames } from "../_gnu-names.ts";
import { judgeReader } from "../_reader.ts";

const options = grammar("a,algorithm= l,length= s,string= c,check=? t b z r quiet status strict tag");

export const profile: Profile = {
  names: [
    ...withGnuNames("md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum".split(" ")),
    ..."md5 shasum sha1 sha256 sha512 crc32 b3sum xxhsum xxh64sum xxh128sum rhash md5deep hashdeep sha256deep blake3 crc rapidhash".split(
      " ",
    ),
  ],
  summary: "prints checksums of files",
  judge: (call, on) => judgeReader(call, on, { options, tells: true }),
  matches: [{ line: "sha256sum ~/.ssh/id_ed25519", decision: "ask", effect: "exfil.secret-read" }],
  spares: [
    "sha256sum dist/*.tgz",
    "md5sum -c sums.txt",
    "shasum -a 256 package.json",
    "echo -n x | sha256sum | cut -c1-8",
    "cksum src/a.ts",
  ],
};
