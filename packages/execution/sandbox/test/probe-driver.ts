// Not a test: the canary as `ces doctor` would run it, under whatever user started this.
import { closeInheritedDescriptors, probeWalls } from "../src/index.ts";
import { mkdirSync } from "node:fs";
import { allowFound } from "./allow-found.ts";

closeInheritedDescriptors();
const [base = ""] = process.argv.slice(2);
mkdirSync(base, { mode: 0o700 });
process.stdout.write(
  JSON.stringify({
    uid: process.geteuid?.(),
    verdict: await probeWalls({ bwrap: "/usr/bin/bwrap", base, run: "probe", allow: allowFound }),
  }),
);
