// Laws of programs with subcommands: what is not known is asked, a verb that destroys is heard wherever it stands, nothing in front of it hides it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeCommand } from "../../src/index.ts";
import { exampleFacts, exampleSetting } from "../../src/prove-profile.ts";
import { senseOfWords } from "../../src/profiles/_verbs.ts";

const decisionOf = (line: string): string => judgeCommand(line, exampleSetting, exampleFacts).decision;

const byVerbs =
  "gcloud az doctl hcloud scw oci openstack heroku fly netlify firebase supabase wrangler argocd flux velero sentry-cli stripe mc".split(
    " ",
  );
const byTable = "docker podman kubectl helm terraform pulumi vault nomad consul cdk vagrant etcdctl rabbitmqctl".split(
  " ",
);
const noun = fc.stringMatching(/^[bcdfghjkmnpqtvwxz]{3,8}$/);
const verb = fc.constantFrom("delete", "destroy", "remove", "terminate", "purge");

describe("subcommands that no table names", () => {
  test("a verb that destroys is heard, whatever it stands behind", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...byVerbs),
        fc.array(noun, { minLength: 1, maxLength: 3 }),
        verb,
        noun,
        (name, groups, act, target) => {
          expect(decisionOf([name, ...groups, act, target].join(" "))).not.toBe("allow");
        },
      ),
      { numRuns: 300 },
    );
  });

  test("operations of a service that nobody has seen are told apart by their verb", () => {
    fc.assert(
      fc.property(noun, verb, noun, (service, act, thing) => {
        expect(decisionOf(`aws ${service} ${act}-${thing}`)).toBe("ask");
        expect(decisionOf(`aws ${service} describe-${thing}`)).toBe("allow");
      }),
      { numRuns: 100 },
    );
  });

  test("a word that is no verb is asked", () => {
    fc.assert(
      fc.property(fc.constantFrom(...byVerbs, ...byTable), noun, (name, word) => {
        expect(decisionOf(`${name} ${word}`)).not.toBe("allow");
      }),
      { numRuns: 300 },
    );
  });

  test("a word that is not known is asked", () => {
    expect([...byVerbs, ...byTable, "aws"].filter((name) => decisionOf(`${name} "$WORD" x`) === "allow")).toEqual([]);
  });
});

describe("options before a subcommand", () => {
  const destroys = [
    "docker system prune",
    "kubectl delete ns x",
    "helm uninstall x",
    "terraform destroy",
    "az group delete -n x",
    "gcloud compute instances delete x",
    "aws ec2 terminate-instances",
    "vault kv delete x",
  ];

  test("an option nobody knows never turns a delete into a look", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...destroys),
        noun,
        fc.constantFrom("", " list", " get", " ps", "=list"),
        (line, option, value) => {
          const [name = "", ...rest] = line.split(" ");
          expect(decisionOf(`${name} --${option}${value} ${rest.join(" ")}`)).not.toBe("allow");
        },
      ),
      { numRuns: 300 },
    );
  });

  test("a trial run counts only where it is certainly one", () => {
    expect(decisionOf("kubectl delete ns x --dry-run=client")).toBe("allow");
    expect(decisionOf("kubectl delete ns x --dry-run=none")).toBe("ask");
    expect(decisionOf("kubectl delete ns x --dry-run=client --dry-run=none")).toBe("ask");
    expect(decisionOf("kubectl delete ns x --unheard --dry-run=client")).toBe("ask");
    expect(decisionOf("kubectl delete ns x -n --dry-run=client")).toBe("ask");
    expect(decisionOf("kubectl delete ns x -- --dry-run=client")).toBe("ask");
    expect(decisionOf("kubectl delete ns x --help")).toBe("allow");
    expect(decisionOf("kubectl delete ns x -n --help")).toBe("ask");
  });
});

describe("the verb among words", () => {
  test.each([
    ["batch-delete-image", "destroy"],
    ["deleteStack", "destroy"],
    ["pg:reset", "destroy"],
    ["service-instance-delete x", "destroy"],
    ["search service delete", "destroy"],
    ["backup vault delete", "destroy"],
    ["log-analytics workspace delete", "destroy"],
    ["image-version delete", "destroy"],
    ["deploy releases list", "read"],
    ["instances list delete", "read"],
    ["secrets versions access", "secret"],
    ["list-keys", "secret"],
    ["list-secrets", "read"],
    ["frobnicate", undefined],
  ])("%s: %s", (words, sense) => {
    expect(senseOfWords(words.split(" "))?.sense).toBe(sense);
  });
});
