// The door to named hosts: what is listed is reached and counted, everything else is refused and counted, and there is no way around it.
import { readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { bwrapOrSkip } from "../../../../test/support/requirements.ts";
import { command, put, runOne, scratchRoot } from "./scratch-run.ts";

const HOST = "api.example.org";

// A TLS server on this machine for a name of documentation; its certificate lies in the workspace.
async function listed(root: string): Promise<number> {
  const [key, cert] = [join(root, "key.pem"), join(root, "w/cert.pem")];
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
    "-subj",
    `/CN=${HOST}`,
    "-addext",
    `subjectAltName=DNS:${HOST}`,
  ]);
  if (made.status !== 0) throw new Error(made.stderr.toString());
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_request, answer) =>
    answer.end("from the host\n"),
  );
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port; // listens on a port
}

const egress = { resolve: () => Promise.resolve(["127.0.0.1"]), isPublic: () => true };

describe.skipIf(bwrapOrSkip())("the network of a command", () => {
  test("F-17, S39: a listed host is reached, others are refused, and both are counted as they were seen", async () => {
    const root = scratchRoot();
    const port = await listed(root);
    const rules = { network: "allowlisted", allowed_egress_hosts: [`${HOST}:${port}`] } as const;
    const get = (url: string) =>
      runOne(
        root,
        command(["curl", "-sS", "--cacert", "cert.pem", "--max-time", "10", url], join(root, "w"), {
          network: "allowlisted",
        }),
        { policy: rules, ports: { egress } },
      );
    const good = await get(`https://${HOST}:${port}/`);
    expect([good.receipt.error, good.out]).toEqual(["", "from the host\n"]);
    expect(good.receipt.network).toEqual({
      mode: "allowlisted",
      observed: [{ host: HOST, port, outcome: "allowed", count: 1 }],
    });
    expect(good.receipt.effect_summary?.network_used).toBe(true);
    expect(good.receipt.sandbox?.tools.map(({ name }) => name)).toEqual(["bwrap", "nsenter"]);
    const other = await get("https://evil.example.org/");
    expect(other.receipt).toMatchObject({ status: "failed", effect_summary: { network_used: false } });
    expect(other.receipt.network?.observed).toMatchObject([{ outcome: "refused", count: 1 }]);
    // Past the door there is a loopback and nobody on it.
    const around = await runOne(
      root,
      command(["curl", "-sS", "--noproxy", "*", "--max-time", "5", `https://127.0.0.1:${port}/`], join(root, "w"), {
        network: "allowlisted",
      }),
      { policy: rules, ports: { egress } },
    );
    expect(around.receipt).toMatchObject({ status: "failed", network: { observed: [] } });
  });

  test("S39: a name that resolves to a machine of this network is refused", async () => {
    const root = scratchRoot();
    const port = await listed(root);
    const { receipt } = await runOne(
      root,
      command(["curl", "-sS", "--max-time", "5", `https://${HOST}:${port}/`], join(root, "w"), {
        network: "allowlisted",
      }),
      {
        policy: { network: "allowlisted", allowed_egress_hosts: [`${HOST}:${port}`] },
        ports: { egress: { ...egress, isPublic: () => false } },
      },
    );
    expect(receipt).toMatchObject({ status: "failed", effect_summary: { network_used: false } });
  });

  test("without a list, with a name that is none, and with `deny`, nothing is opened", async () => {
    const root = scratchRoot();
    for (const allowed_egress_hosts of [[], ["*.example.org"], ["EXAMPLE.org"]]) {
      const { receipt } = await runOne(root, command(["true"], join(root, "w"), { network: "allowlisted" }), {
        policy: { network: "allowlisted", allowed_egress_hosts },
        ports: { egress },
      });
      expect(receipt.status).toBe("blocked");
    }
    const denied = await runOne(
      root,
      command(["curl", "-sS", "--max-time", "3", "https://127.0.0.1:1/"], join(root, "w")),
    );
    expect(denied.receipt).toMatchObject({
      status: "failed",
      effect_summary: { network_used: false },
      network: { mode: "deny" },
    });
  });

  test("`full` is the machine's own network, truly, and counts as used", async () => {
    const root = scratchRoot();
    const port = await listed(root);
    const { out, receipt } = await runOne(
      root,
      command(
        ["curl", "-sS", "--cacert", "cert.pem", "--resolve", `${HOST}:${port}:127.0.0.1`, `https://${HOST}:${port}/`],
        join(root, "w"),
        { network: "full" },
      ),
      { policy: { network: "full" } },
    );
    expect([receipt.error, out]).toEqual(["", "from the host\n"]);
    expect(receipt).toMatchObject({ effect_summary: { network_used: true }, network: { mode: "full", observed: [] } });
  });

  test("no interpreter comes with the door", async () => {
    const root = scratchRoot();
    put(root, { "w/x": "" });
    const { out } = await runOne(
      root,
      command(["find", "/opt", "/run", "-name", "*"], join(root, "w"), { network: "allowlisted" }),
      { policy: { network: "allowlisted", allowed_egress_hosts: [HOST] }, ports: { egress } },
    );
    expect(out).not.toMatch(/node|bridge|sock/);
  });
});
