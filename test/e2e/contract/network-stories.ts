// What leaves the box, and by which door.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { command } from "../../../packages/execution/contract-runner/test/built-run.ts";
import type { Machine, Scenario } from "./scenario.ts";

const HOST = "api.example.org";

export const networkStories: readonly Scenario[] = [
  {
    about: ["F-17", "S39"],
    name: "a listed host is reached through the door, everything else is refused, and the receipt says what was seen",
    run: async (machine) => {
      const { port, close } = await listed(machine);
      try {
        const get = (url: string) =>
          machine.run(
            command(["curl", "-sS", "--cacert", "cert.pem", "--max-time", "10", url], machine.w, {
              network: "allowlisted",
            }),
            {
              policy: { network: "allowlisted", allowed_egress_hosts: [`${HOST}:${port}`] },
              ports: { egress: { resolve: () => Promise.resolve(["127.0.0.1"]), isPublic: () => true } },
            },
          );
        const good = await get(`https://${HOST}:${port}/`);
        assert.deepEqual([good.receipt.error, good.out], ["", "from the host\n"]);
        assert.deepEqual(good.receipt.network?.observed, [{ host: HOST, port, outcome: "allowed", count: 1 }]);
        const bad = await get("https://evil.example.org/");
        assert.deepEqual([bad.receipt.status, bad.receipt.effect_summary?.network_used], ["failed", false]);
      } finally {
        close();
      }
    },
  },
];

// A TLS server on this machine for a name of documentation; its certificate lies in the workspace.
async function listed({ root, w }: Machine): Promise<{ readonly port: number; readonly close: () => void }> {
  const [key, cert] = [join(root, "key.pem"), join(w, "cert.pem")];
  const names = ["-subj", `/CN=${HOST}`, "-addext", `subjectAltName=DNS:${HOST}`];
  const made = spawnSync("openssl", [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    key,
    "-out",
    cert,
    "-days",
    "1",
    ...names,
  ]);
  assert.equal(made.status, 0);
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_request, answer) =>
    answer.end("from the host\n"),
  );
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, close: () => void server.close() }; // listens on a port
}
