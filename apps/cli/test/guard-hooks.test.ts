// `ces guard install | uninstall | doctor | hook | log`: what a person does to put the guard before an agent, and to look at it.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { ces, rows, type Scene, scene, spawnCes } from "./run-ces.ts";

const settings = ({ root }: Scene): string => join(root, ".claude/settings.json");
const log = ({ root }: Scene): string => join(root, "state/ces/guard/log.jsonl");

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const call = (command: string, cwd: string): string =>
  JSON.stringify({ session_id: "s", cwd, hook_event_name: "PreToolUse", tool_name: "Bash", tool_input: { command } });

describe("install and uninstall", () => {
  test("shows the change, writes it once, and puts back what was there byte for byte", async () => {
    const place = scene();
    const before = '{\n    "model": "opus" ,\n    "hooks": { "Stop": [] } }\n';
    write(settings(place), before);
    const dry = await ces(place, ["guard", "install", "--for", "claude", "--dry-run"]);
    expect([dry.code, readFileSync(settings(place), "utf8")]).toEqual([0, before]);
    expect(dry.out).toMatch(/settings\.json.*changed[^]*\+.*"onFailure": "block"[^]*not written/);

    const done = await ces(place, ["guard", "install", "--for", "claude", "--yes", "--json"]);
    expect(done.code).toBe(0);
    expect(done.json().data).toMatchObject({ host: "claude", scope: "user", applied: true });
    const installed = JSON.parse(readFileSync(settings(place), "utf8"));
    expect(installed).toMatchObject({
      model: "opus",
      hooks: { Stop: [], PreToolUse: [{ matcher: "*", hooks: [{ timeout: 10, onFailure: "block" }] }] },
    });
    expect(installed.hooks.PreToolUse[0].hooks[0].command).toContain(`HOME=${place.root} `);

    const again = await ces(place, ["guard", "install", "--for", "claude", "--yes"]);
    expect([again.code, again.out]).toEqual([0, expect.stringContaining("as it should be")]);

    expect((await ces(place, ["guard", "uninstall", "--for", "claude", "--yes"])).code).toBe(0);
    expect(readFileSync(settings(place), "utf8")).toBe(before);
  });

  test("without a person and without --yes nothing is written", async () => {
    const place = scene();
    const asked = await ces(place, ["guard", "install", "--for", "codex"]);
    expect(asked.code).toBe(3);
    expect(existsSync(join(place.root, ".codex"))).toBe(false);
  });

  test("an agent cannot take it out, whatever it says", async () => {
    const place = scene();
    await ces(place, ["guard", "install", "--for", "claude", "--yes"]);
    const tried = await ces(place, ["guard", "uninstall", "--for", "claude", "--yes", "--json"], {
      env: { CLAUDECODE: "1" },
    });
    expect([tried.code, tried.json().error]).toEqual([3, expect.objectContaining({ code: "GUARD_PERSON" })]);
    expect(readFileSync(settings(place), "utf8")).toContain("guard-hook.entry");
  });

  test.each([
    [["guard", "install"], 2],
    [["guard", "install", "--for", "emacs"], 2],
    [["guard", "install", "--for", "claude", "--user", "--project"], 2],
    [["guard", "install", "--for", "opencode", "--managed", "--yes"], 2],
  ])("%j ends with %i", async (words, code) => {
    expect((await ces(scene(), words)).code).toBe(code);
  });

  test("settings that are not JSON are left alone, and the person is told which line", async () => {
    const place = scene();
    write(settings(place), '{\n  "a": 1\n  "b": 2\n}\n');
    const tried = await ces(place, ["guard", "install", "--for", "claude", "--yes"]);
    expect([tried.code, tried.err]).toEqual([3, expect.stringMatching(/a comma is missing \(line 3\)/)]);
  });
});

describe("hook", () => {
  test("answers a call in the host's words, and writes it down", async () => {
    const place = scene();
    const ran = await spawnCes(place, ["guard", "hook", "--for", "claude"], { input: call("sudo id", place.project) });
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out)).toMatchObject({ hookSpecificOutput: { permissionDecision: "deny" } });
    const listed = await ces(place, ["guard", "log", "--json"]);
    expect(rows(listed, "decisions")).toEqual([
      expect.objectContaining({ command: "sudo id", decision: "deny", host: "claude" }),
    ]);
  });

  test("is 2 with a message for what is no call", async () => {
    const ran = await spawnCes(scene(), ["guard", "hook", "--for", "codex"], { input: "garbage" });
    expect([ran.code, ran.out, ran.err]).toEqual([2, "", expect.stringContaining("[HOOK_INPUT]")]);
  });
});

describe("the snapshot", () => {
  async function installed() {
    const place = scene();
    await ces(place, ["guard", "install", "--for", "codex", "--yes"]);
    const hooks = JSON.parse(readFileSync(join(place.root, ".codex/hooks.json"), "utf8"));
    const line: string = hooks.hooks.PreToolUse[0].hooks[0].command;
    const run = (text: string, command = "sudo id") =>
      spawnSync("/bin/sh", ["-c", text], {
        input: call(command, place.project),
        encoding: "utf8",
        env: { PATH: "/usr/bin:/bin" },
      });
    return { place, line, run };
  }

  test("answers as the bundle does, and says where its state is", async () => {
    const { place, line, run } = await installed();
    expect(line).toContain(`--snapshot-blob ${place.root}/state/ces/guard/guard-hook.blob`);
    expect(run(line).stdout).toContain("PRIVILEGE_ELEVATION");
    expect(JSON.parse(run(line, "rm index.js").stdout)).toMatchObject({
      hookSpecificOutput: {
        permissionDecision: "allow",
        updatedInput: {
          command: expect.stringMatching(
            /^CES_SESSION_ID=s CES_COMMAND_ID=call-\S+ \S+\/state\/ces\/guard\/ces trash put index\.js$/,
          ),
        },
      },
    });
    expect(rows(await ces(place, ["guard", "log", "--json"]), "decisions")).toHaveLength(2);
  });

  test("what a changed command deletes is one command, which one undo takes back", async () => {
    const { place, line, run } = await installed();
    const at = (name: string): string => join(place.project, name);
    for (const name of ["a", "b"]) writeFileSync(at(name), name);
    const answer = JSON.parse(run(line, "rm a; rm b").stdout);
    const env = { ...place.env, PATH: "/usr/bin:/bin" };
    const ran = spawnSync("/bin/sh", ["-c", answer.hookSpecificOutput.updatedInput.command], {
      cwd: place.project,
      env,
    });
    expect([ran.status, existsSync(at("a")), existsSync(at("b"))]).toEqual([0, false, false]);
    expect((await ces(place, ["undo", "--last", "--yes"])).code).toBe(0);
    expect([readFileSync(at("a"), "utf8"), readFileSync(at("b"), "utf8")]).toEqual(["a", "b"]);
  });

  test("is not believed when the bundle is another one by now", async () => {
    const { place, line, run } = await installed();
    const other = join(place.root, "guard-hook.entry.js");
    const bundle = /\S+\/guard-hook\.entry\.js/.exec(line)?.[0] ?? "";
    writeFileSync(other, "process.stderr.write(`the new build, ${process.argv[2]}`); process.exit(2);");
    const ran = run(line.replace(bundle, other));
    expect([ran.status, ran.stdout, ran.stderr]).toEqual([2, "", expect.stringContaining("the new build, codex")]);
    expect(run(line.replace(bundle, join(place.root, "gone.js"))).status).toBe(2);
  });

  test("that is damaged or gone stops everything, and doctor says what to do", async () => {
    const { place, line, run } = await installed();
    const blob = join(place.root, "state/ces/guard/guard-hook.blob");
    writeFileSync(blob, "not a snapshot");
    expect(run(line, "pwd")).toMatchObject({ status: 2, stderr: expect.stringContaining("so nothing runs") });
    const ran = await ces(place, ["guard", "doctor", "--for", "codex", "--json"]);
    const found = (name: string) => rows(ran, "findings").find((one) => one["name"] === name);
    expect([found("snapshot"), found("codex harmless")]).toMatchObject([{ ok: false }, { ok: false }]);
    await ces(place, ["guard", "install", "--for", "codex", "--yes"]);
    expect(run(line, "pwd").status).toBe(0);
    unlinkSync(blob);
    expect(run(line, "pwd").status).toBe(2);
    await ces(place, ["guard", "install", "--for", "codex", "--yes"]);
    expect(run(line, "pwd").status).toBe(0);
  });
});

describe("log", () => {
  async function written(): Promise<Scene> {
    const place = scene();
    for (const command of ["sudo id", "sudo -v"])
      await spawnCes(place, ["guard", "hook", "--for", "claude"], { input: call(command, place.project) });
    return place;
  }

  test("is empty before anything was asked, and whole", async () => {
    const place = scene();
    expect((await ces(place, ["guard", "log"])).out).toContain("nothing is written down");
    expect((await ces(place, ["guard", "log", "verify"])).code).toBe(0);
  });

  test("shows the newest, filtered; and says where its chain is broken", async () => {
    const place = await written();
    expect(rows(await ces(place, ["guard", "log", "--limit", "1", "--json"]), "decisions")).toMatchObject([{ seq: 2 }]);
    expect(rows(await ces(place, ["guard", "log", "--since", "2999-01-01", "--json"]), "decisions")).toEqual([]);
    expect((await ces(place, ["guard", "log", "verify", "--json"])).json().data).toMatchObject({
      verified: true,
      lines: 2,
    });
    writeFileSync(log(place), readFileSync(log(place), "utf8").replace("sudo id", "sudo ix"));
    const broken = await ces(place, ["guard", "log", "verify", "--json"]);
    expect([broken.code, broken.json().data]).toEqual([4, expect.objectContaining({ verified: false, line: 2 })]);
  });

  test("that cannot be written stops the call", async () => {
    const place = await written();
    chmodSync(log(place), 0o666);
    const ran = await spawnCes(place, ["guard", "hook", "--for", "claude"], { input: call("pwd", place.project) });
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining("HOOK_FAULT")]);
  });
});

describe("doctor", () => {
  const finding = async (place: Scene, name: string, words: readonly string[] = []) => {
    const ran = await ces(place, ["guard", "doctor", "--json", ...words]);
    return { code: ran.code, found: rows(ran, "findings").find((one) => one["name"] === name) };
  };

  test("says that the guard stands nowhere", async () => {
    expect(await finding(scene(), "hooks")).toMatchObject({
      code: 1,
      found: { ok: false, remedy: "ces guard install --for claude" },
    });
  });

  test("asks each hook that was put there", async () => {
    const place = scene();
    const hosts = ["claude", "codex", "gemini", "cursor", "copilot", "opencode"];
    for (const host of hosts) await ces(place, ["guard", "install", "--for", host, "--yes"]);
    const findings = rows(await ces(place, ["guard", "doctor", "--json"]), "findings");
    const of = (name: string) => findings.find((one) => one["name"] === name);
    for (const host of hosts) {
      expect(of(`${host} user`)).toMatchObject({ ok: true });
      expect(of(`${host} canary`)).toMatchObject({ ok: true, detail: expect.stringContaining("is refused") });
      expect(of(`${host} harmless`)).toMatchObject({ ok: true });
    }
  });

  test("sees what switches a hook off: repository settings, trust, terminals to type into, a changed line", async () => {
    const place = scene();
    for (const host of ["claude", "codex"]) await ces(place, ["guard", "install", "--for", host, "--yes"]);
    expect(await finding(place, "claude switches")).toMatchObject({ found: { ok: true } });
    expect(await finding(place, "codex trust")).toMatchObject({ found: { ok: true } });
    expect(await finding(place, "codex typing")).toMatchObject({ found: { ok: true } });

    write(join(place.project, ".claude/settings.json"), '{"disableAllHooks": true, "env": {"LD_PRELOAD": "/x.so"}}');
    expect(await finding(place, "claude switches")).toMatchObject({
      code: 1,
      found: { ok: false, detail: expect.stringMatching(/disableAllHooks.*LD_PRELOAD/) },
    });
    const config = join(place.root, ".codex/config.toml");
    writeFileSync(
      config,
      readFileSync(config, "utf8")
        .replace("false", "true")
        .replace(/sha256:./, "sha256:g"),
    );
    expect(await finding(place, "codex trust")).toMatchObject({ found: { ok: false } });
    expect(await finding(place, "codex typing")).toMatchObject({ found: { ok: false } });
    writeFileSync(settings(place), readFileSync(settings(place), "utf8").replace('"block"', '"allow"'));
    expect(await finding(place, "claude user")).toMatchObject({
      found: { ok: false, remedy: "ces guard install --for claude" },
    });
    expect(await finding(place, "claude canary")).toMatchObject({ found: undefined });
  });

  test("says so when the guard's settings cannot be used, and when it only observes", async () => {
    const place = scene();
    write(join(place.root, "config/ces/guard.json"), '{"mode": "off"}');
    expect(await finding(place, "settings")).toMatchObject({
      found: { ok: false, detail: expect.stringContaining("built-in rules") },
    });
    write(join(place.root, "config/ces/guard.json"), '{"mode": "observe"}');
    expect(await finding(place, "settings")).toMatchObject({
      found: { ok: null, detail: expect.stringContaining("nothing is stopped") },
    });
  });
});
