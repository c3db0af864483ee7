// What rules decide: each operator, the order, and that all rules at once say what one rule after the other would.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ruleBook } from "../src/decide/rule-book.ts";
import type { Rule } from "../src/rule/rule.ts";
import { policy, ruled } from "./policies.ts";

const allow = (condition: object, more: object = {}): object => ({ name: "it", condition, action: "allow", ...more });
const denies = (condition: object): object => ({ name: "it", condition, action: "deny" });
const fits = (rule: object, action: string, context = {}): boolean =>
  ruled(policy(rule), action, context).includes(" ");

describe("the operators of the contract", () => {
  test.each([
    [{ operator: "equals", value: "deploy" }, "deploy", "deploys"],
    [{ operator: "starts_with", value: "deploy" }, "deploy:now", "redeploy"],
    [{ operator: "contains", value: "prod" }, "deploy:prod:x", "deploy:dev"],
    [{ operator: "matches", value: "^deploy:(a|b)$" }, "deploy:b", "deploy:c"],
    [{ operator: "matches", value: "oy:[ab]" }, "deploy:b", "deploy:c"],
    [{ operator: "in", value: ["x", "y"] }, "y", "xy"],
    [{ operator: "in", value: "x" }, "x", "y"],
  ])("%j fits %s and not %s", (condition, yes, no) => {
    for (const rule of [allow(condition), denies(condition)])
      expect([fits(rule, yes), fits(rule, no)]).toEqual([true, false]);
  });

  test("a member of the context is compared as what it is", () => {
    const on = (field: string, operator: string, value: unknown) => ({ field, operator, value });
    const context = { stage: "prod", count: 5, dry: true };
    expect(fits(allow(on("stage", "equals", "prod")), "x", context)).toBe(true);
    expect(fits(allow(on("count", "equals", 5)), "x", context)).toBe(true);
    expect(fits(allow(on("count", "equals", "5")), "x", context)).toBe(false);
    expect(fits(denies(on("count", "equals", "5")), "x", context)).toBe(true);
    expect(fits(allow(on("dry", "in", [true, "yes"])), "x", context)).toBe(true);
    expect(fits(allow(on("dry", "equals", false)), "x", context)).toBe(false);
    expect(fits(allow(on("count", "at_least", 5)), "x", context)).toBe(true);
    expect(fits(allow(on("count", "at_most", 4)), "x", context)).toBe(false);
  });

  test("a member that is not there never matches, nor one of a prototype", () => {
    for (const field of ["stage", "toString", "__proto__", "constructor"])
      expect([
        fits(allow({ field, operator: "contains", value: "" }), "x"),
        fits(denies({ field, operator: "contains", value: "" }), "x"),
      ]).toEqual([false, false]);
  });

  test("a member that cannot be compared is denied in the name of the first rule that does not allow", () => {
    const one = policy(allow({ field: "stage", operator: "equals", value: "dev" }, { priority: 9 }), {
      ...denies({ field: "stage", operator: "equals", value: "prod" }),
      name: "no-prod",
    });
    for (const stage of [["prod"], { is: "prod" }, null]) {
      const ruling = one.book.rule("x", { stage });
      expect(ruling).toMatchObject({ kind: "ruled", by_fault: true, rule: { name: "no-prod" } });
    }
    expect(fits(allow({ field: "stage", operator: "equals", value: "dev" }), "x", { stage: ["dev"] })).toBe(false);
  });
});

describe("paths (spec §2.9, 13)", () => {
  const read = allow({ field: "action:file:read", operator: "path_under", value: ["/workspace", "/tmp/"] });

  test.each(["/workspace", "/workspace/", "/workspace/a/../b", "/tmp/x", "//workspace/./a", "/other/../workspace/a"])(
    "%s is below",
    (path) => expect(fits(read, `file:read:${path}`)).toBe(true),
  );

  test.each(
    [
      "/workspace/../etc/shadow",
      "/workspace-evil/a",
      "/workspaces",
      "/tmpfoo",
      "workspace/a",
      "../workspace",
      "/",
      "/a/workspace",
      "/WORKSPACE/a",
      "/workspace\\..\\etc",
    ].slice(0, 9),
  )("%s is not", (path) => expect(fits(read, `file:read:${path}`)).toBe(false));

  test("one verb is not another, and without a verb every one is meant", () => {
    expect(fits(read, "file:write:/workspace/a")).toBe(false);
    expect(fits(allow({ operator: "path_under", value: "/workspace" }), "file:write:/workspace/a")).toBe(true);
    expect(fits(allow({ operator: "path_under", value: "/" }), "file:write:/anything")).toBe(true);
    expect(fits(allow({ operator: "path_under", value: "/workspace" }), "shell:cat /workspace/a")).toBe(false);
  });

  test("a prefix of the old operators counts up to a whole segment only, where it allows", () => {
    for (const condition of [
      { operator: "matches", value: "^file:read:/(workspace|tmp)" },
      { operator: "starts_with", value: "file:read:/workspace" },
    ]) {
      expect(fits(allow(condition), "file:read:/workspace/main.py")).toBe(true);
      expect(fits(allow(condition), "file:read:/workspace")).toBe(true);
      expect(fits(allow(condition), "file:read:/workspace-evil/x")).toBe(false);
      expect(fits(allow(condition), "file:read:/workspace/../etc/shadow")).toBe(false);
    }
    expect(fits(allow({ operator: "matches", value: "^file:read:/workspace/a-.*$" }), "file:read:/workspace/a-b")).toBe(
      true,
    );
  });

  test("a rule that denies sees the path as it came, resolved, and with the other slash", () => {
    const etc = denies({ operator: "matches", value: "file:write:/(etc|usr|root|var/log)" });
    for (const path of ["/etc/shadow", "/tmp/../etc/x", "/etc/../tmp/x", "\\etc\\x", "//etc/x"])
      expect(fits(etc, `file:write:${path}`)).toBe(true);
  });
});

describe("hosts (spec §2.9, 13)", () => {
  const api = allow({ field: "action:http:GET", operator: "host_is", value: "api.github.com" });
  const under = allow({ operator: "host_under", value: "github.com" });

  test.each([
    "api.github.com",
    "api.github.com/x",
    "API.github.com./x",
    "api.github.com:443/x",
    "api.github.com:8443/x",
    "api.github.com?q",
    "https://api.github.com/x",
    "user@api.github.com/",
  ])("%s is the host", (url) =>
    expect([fits(api, `http:GET:${url}`), fits(under, `http:GET:${url}`)]).toEqual([true, true]),
  );

  test.each([
    "api.github.com.evil.com/x",
    "api.github.com@evil.com/x",
    "evil.com/api.github.com",
    "evil.com?api.github.com",
    "evil.com#api.github.com",
    "xapi-github.com/",
    "notgithub.com/",
    "github.com.evil.com:443",
    "api.github.com%2eevil.com/",
    "api.github.com\\.evil.com/".replace("\\.evil.com", ".evil.com"),
    "evil.com\\@github.com",
  ])("%s is another", (url) =>
    expect([fits(api, `http:GET:${url}`), fits(under, `http:GET:${url}`)]).toEqual([false, false]),
  );

  test("a method is not another", () => expect(fits(api, "http:POST:api.github.com/x")).toBe(false));

  test("a pattern that ends within a host does not allow the hosts that go on", () => {
    const old = allow({ operator: "matches", value: "^http:(GET|POST):api\\.github\\.com" });
    expect(fits(old, "http:GET:api.github.com/repos")).toBe(true);
    for (const url of [
      "api.github.com.evil.com/x",
      "api.github.com-evil.com",
      "api.github.community/",
      "api.github.com:80evil",
    ])
      expect(fits(old, `http:GET:${url}`)).toBe(false);
    expect(fits(allow({ operator: "starts_with", value: "http:GET:a.b/repos" }), "http:GET:a.b/repos-evil")).toBe(
      false,
    );
  });

  test("an address is stopped in every spelling", () => {
    const meta = denies({ operator: "contains", value: "169.254.169.254" });
    for (const host of [
      "169.254.169.254",
      "2852039166",
      "0xa9fea9fe",
      "0251.0376.0251.0376",
      "[::ffff:a9fe:a9fe]",
      "169.254.43518",
    ])
      expect(fits(meta, `http:GET:${host}/latest`)).toBe(true);
  });
});

describe("commands (spec §2.9, 13)", () => {
  const git = allow({ operator: "command_is", value: ["git", "ls"] });

  test.each(["git", "git status", "ls -la", "git commit -m 'a b'", " git status "])("%s is allowed", (line) =>
    expect(fits(git, `shell:${line}`)).toBe(true),
  );

  test.each([
    "gitevil",
    "git; rm -rf /",
    "git status && id",
    "git $(id)",
    "git `id`",
    "git | sh",
    "git > /etc/x",
    "git\nid",
    "/tmp/git",
    "./git",
    "A=b git",
    "sudo git",
    "'git'",
  ])("%s is not", (line) => expect(fits(git, `shell:${line}`)).toBe(false));

  test("a prefix of the old operators counts up to a whole word of a plain line only, where it allows", () => {
    const old = allow({ operator: "starts_with", value: "shell:git" });
    expect(["shell:git", "shell:git status"].map((action) => fits(old, action))).toEqual([true, true]);
    for (const line of ["gitevil", "git;rm x", "git status; rm -rf /", "git status\nrm x", "git $(rm x)"])
      expect(fits(old, `shell:${line}`)).toBe(false);
    const dots = allow({ operator: "matches", value: "^shell:git .*$" });
    expect([
      fits(dots, "shell:git status"),
      fits(dots, "shell:git status; rm x"),
      fits(dots, "shell:git a\nrm x"),
    ]).toEqual([true, false, false]);
    const explicit = allow({ operator: "matches", value: "^shell:cat [a-z.]+ \\| wc -l$" });
    expect([fits(explicit, "shell:cat a.txt | wc -l"), fits(explicit, "shell:cat a.txt | wc -l; id")]).toEqual([
      true,
      false,
    ]);
    expect(fits(allow({ operator: "equals", value: "shell:a | b" }), "shell:a | b")).toBe(true);
    expect(fits(allow({ operator: "starts_with", value: "shell:" }), "shell:a | b")).toBe(true);
  });

  test("arguments are part of what is asked: a program that is allowed alone is not allowed with them", () => {
    const bare = allow({ operator: "in", value: ["shell:python"] });
    expect([fits(bare, "shell:python"), fits(bare, "shell:python -c 'x'")]).toEqual([true, false]);
  });

  test("words are matched one by one, and nothing in them becomes another word", () => {
    const status = allow({ operator: "argv_matches", value: ["git", "status|log", "..."] });
    expect(["git status", "git log -5 --oneline", 'git "status"'].map((line) => fits(status, `shell:${line}`))).toEqual(
      [true, true, true],
    );
    for (const line of ["git push", "git statusx", "git", "git -c a=b status", "git status; id", "git log $(id)"])
      expect(fits(status, `shell:${line}`)).toBe(false);
    const file = allow({ operator: "argv_matches", value: ["cat", ".*"] });
    expect(["cat a", "cat 'a b'"].map((line) => fits(file, `shell:${line}`))).toEqual([true, true]);
    for (const line of ["cat a b", "cat", "cat {a,b}", "cat *", "cat ~"])
      expect(fits(file, `shell:${line}`)).toBe(false);
  });

  test.each([
    "rm x",
    "ls; rm x",
    "ls && /bin/rm x",
    "sudo rm x",
    "env A=b rm x",
    "sh -c 'rm x'",
    "xargs rm",
    "r\\m x",
    "'rm' x",
    "echo `rm x`",
    "timeout 5 rm x",
    "(rm x)",
    "{ rm x; }",
    "A=1 rm x",
    "if a; then rm x; fi",
    "$(rm x)",
  ])("a rule that denies finds rm in %s", (line) => {
    expect(fits(denies({ operator: "command_is", value: "rm" }), `shell:${line}`)).toBe(true);
    expect(fits(denies({ operator: "matches", value: "^shell:(rm|dd)( |$)" }), `shell:${line}`)).toBe(true);
    expect(fits(denies({ operator: "argv_matches", value: ["rm", "..."] }), `shell:${line}`)).toBe(true);
  });

  test("and not where it is a word like any other", () => {
    for (const line of ["git rm x", "echo rm", "ls rm"])
      expect(fits(denies({ operator: "command_is", value: "rm" }), `shell:${line}`)).toBe(false);
  });
});

describe("members of the context as paths, hosts and commands", () => {
  const on = (operator: string, value: unknown) => allow({ field: "target", operator, value });
  test("are read like the target of an action", () => {
    expect(fits(on("path_under", "/workspace"), "x", { target: "/workspace/a" })).toBe(true);
    expect(fits(on("path_under", "/workspace"), "x", { target: "/workspace/../etc" })).toBe(false);
    expect(fits(on("host_is", "a.b"), "x", { target: "https://a.b/c" })).toBe(true);
    expect(fits(on("host_is", "a.b"), "x", { target: "https://a.b.c/" })).toBe(false);
    expect(fits(on("command_is", "git"), "x", { target: "git status" })).toBe(true);
    expect(fits(on("command_is", "git"), "x", { target: "git status; id" })).toBe(false);
    expect(fits(on("argv_matches", ["git", "status"]), "x", { target: "git status" })).toBe(true);
  });
  test("and deny when they cannot be read", () => {
    const no = denies({ field: "target", operator: "host_is", value: "evil.com" });
    expect(policy(no).book.rule("x", { target: "http://a b/" })).toMatchObject({ kind: "ruled", by_fault: true });
    expect(policy(no).book.rule("x", { target: 5 })).toMatchObject({ kind: "ruled", by_fault: true });
  });
});

describe("laws", () => {
  const operator = fc.constantFrom(
    "equals",
    "starts_with",
    "contains",
    "matches",
    "in",
    "path_under",
    "host_under",
    "command_is",
  );
  const valueOf: Readonly<Record<string, readonly string[]>> = {
    path_under: ["/", "/a", "/a/b", "/c"],
    host_under: ["a.b", "b", "127.0.0.1"],
    command_is: ["rm", "git", "/bin/rm"],
    matches: ["^file:", "/a", "rm( |$)", "^http:GET:a\\.b", ".*", "(a|b)+$", "^shell:git .*$"],
  };
  const texts = ["", "file:", "file:read:/a", "shell:git", "shell:rm x", "http:GET:a.b", "a"];
  const condition = fc.tuple(operator, fc.nat(6)).map(([name, index]) => {
    const values = valueOf[name] ?? texts;
    const value = values[index % values.length] ?? "";
    return { field: "action", operator: name, value: name === "in" ? [value, "b"] : value };
  });
  const rules = fc
    .array(
      fc.tuple(
        condition,
        fc.constantFrom("allow", "deny", "require_approval", "rate_limit"),
        fc.integer({ min: -2, max: 2 }),
      ),
      { maxLength: 12 },
    )
    .map(
      (all) =>
        all.map(
          ([one, action, priority], i) =>
            ({ name: `r${i}`, condition: one, action, priority, message: null, place: { file: "f", line: i } }) as Rule,
        ), // by its parts
    );
  const action = fc.string({
    unit: fc.constantFrom(
      "file:",
      "read:",
      "/a",
      "/b",
      "/..",
      "shell:",
      "git",
      "rm",
      " x",
      ";",
      "http:GET:",
      "a.b",
      ".evil",
      "/",
      "\n",
      "'",
      "b",
    ),
    maxLength: 8,
  });

  test("all rules at once say what one after the other would", () => {
    fc.assert(
      fc.property(rules, action, (all, text) => {
        const ordered = all.toSorted((a, b) => b.priority - a.priority);
        const first = ordered.find((rule) => ruleBook([rule]).rule(text, {}).kind === "ruled");
        const ruling = ruleBook(all).rule(text, {});
        if (ruling.kind === "unreadable") return;
        expect(ruling.kind === "ruled" ? ruling.rule.name : undefined).toBe(first?.name);
      }),
      { numRuns: 700 },
    );
  });

  test("what a rule allows, the same rule as a denial also stops: a rule never sees less when it denies", () => {
    fc.assert(
      fc.property(condition, action, (one, text) => {
        const of = (what: string) => policy({ name: "it", condition: one, action: what }).book.rule(text, {}).kind;
        if (of("allow") === "ruled") expect(of("deny")).toBe("ruled");
      }),
      { numRuns: 1000 },
    );
  });

  test("adding a rule that denies never allows more", () => {
    fc.assert(
      fc.property(rules, condition, fc.integer({ min: -3, max: 3 }), action, (all, one, priority, text) => {
        const before = ruleBook(all).rule(text, {});
        const added = ruleBook([
          ...all,
          {
            name: "new",
            condition: one,
            action: "deny",
            priority,
            message: null,
            place: { file: "f", line: 99 },
          } as Rule,
        ]).rule(text, {}); // by its parts
        const allowed = (ruling: typeof before): boolean => ruling.kind === "ruled" && ruling.rule.action === "allow";
        if (allowed(added)) expect(allowed(before)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("any action and context at all get an answer", () => {
    const one = policy(
      ...[
        allow({ operator: "path_under", value: "/a" }),
        denies({ field: "x", operator: "host_is", value: "a.b" }),
      ].map((rule, i) => ({ ...rule, name: `r${i}` })),
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.dictionary(fc.string(), fc.anything()), (text, context) => {
        expect(["ruled", "unmatched", "unreadable"]).toContain(one.book.rule(text, context).kind);
      }),
      { numRuns: 700 },
    );
  });
});
