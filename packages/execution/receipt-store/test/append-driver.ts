// A writer in a process or thread of its own: `node append-driver.ts FOLDER NAME COUNT [GROUP]`. Prints each receipt's hash once it is told as stored.
import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";
import { nodeCrypto } from "@ces/crypto-node";
import { openRecordFolder } from "@ces/files";
import { MOST_BYTES, openChain } from "@ces/receipt-store";
import { seedSigner } from "@ces/receipts";
import { decision } from "./decision.ts";

const [folder = "", name = "", count = "1", group = "1"] = (workerData as string[] | null) ?? process.argv.slice(2);
const chain = openChain({
  files: openRecordFolder(folder, { maxBytes: MOST_BYTES }),
  signer: seedSigner(new Uint8Array(32).fill(3), nodeCrypto),
  clock: { now: () => new Date().toISOString() },
  crypto: nodeCrypto,
});
try {
  for (let i = 0; i < Number(count); i += 1) {
    const drafts = Array.from({ length: Number(group) }, (_, k) => decision(`${name}-${i}-${k}`));
    const stored = chain.append(drafts);
    if (workerData === null) for (const { hash } of stored) writeSync(1, `${hash}\n`);
  }
} catch (error) {
  writeSync(1, `${error instanceof Error && "code" in error ? String(error.code) : String(error)}\n`);
  process.exitCode = 1;
}
