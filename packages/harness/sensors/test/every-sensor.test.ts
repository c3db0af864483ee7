// Each sensor's own examples hold, and no sensor can be made to throw or to hang by what a change holds.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Observation } from "@ces/records";
import { changeFacts, fileFacts, runSensors, sensors, type Sensor } from "../src/index.ts";

const judge = (sensor: Sensor, facts: Parameters<typeof runSensors>[1]) =>
  Observation.parse(runSensors([sensor], facts)[0]);

describe.each(sensors.map((sensor) => [sensor.id, sensor] as const))("%s", (_, sensor) => {
  test.each(sensor.examples.matches.map((facts, index) => [index, facts] as const))(
    "finds something in example %i",
    (_index, facts) => expect(judge(sensor, facts).findings).not.toEqual([]),
  );
  test.each(sensor.examples.spares.map((facts, index) => [index, facts] as const))(
    "finds nothing in spared example %i",
    (_index, facts) => expect(judge(sensor, facts)).toMatchObject({ outcome: "passed", findings: [] }),
  );
  test("has examples of both kinds", () =>
    expect([sensor.examples.matches.length > 0, sensor.examples.spares.length > 0]).toEqual([true, true]));
  test("is green when there is nothing to look at", () =>
    expect(judge(sensor, changeFacts([]))).toMatchObject({ outcome: "passed", findings: [] }));
});

test("ids are unique and name the file", () => expect(new Set(sensors.map(({ id }) => id)).size).toBe(sensors.length));

test("law: any bytes under any name give an observation of every sensor", () => {
  const name = fc.constantFrom("package.json", "test/a.test.js", ".env", "a.js", "AGENTS.md", "x.lock", "ü/ñ.py");
  const bytes = fc.option(fc.uint8Array({ maxLength: 400 }), { nil: null });
  fc.assert(
    fc.property(fc.array(fc.record({ path: name, before: bytes, after: bytes }), { maxLength: 4 }), (files) => {
      const facts = changeFacts(files.map((file) => ({ ...file, change: "modified", mode: "100644" })));
      const seen = runSensors(sensors, facts);
      expect(seen.map(({ sensor }) => sensor)).toEqual(sensors.map(({ id }) => id));
      expect(seen.every(({ outcome }) => outcome === "passed" || outcome === "failed")).toBe(true);
    }),
  );
});

test("a sensor that throws is not green, and its words are shown safely", () => {
  const broken: Sensor = {
    id: "broken",
    pack: "x",
    summary: "x",
    needs: ["**"],
    judge: () => {
      throw new Error("\u001b[31mkaputt");
    },
    examples: { matches: [], spares: [] },
  };
  expect(runSensors([broken], changeFacts([fileFacts("a", null, "b")]))).toEqual([
    { sensor: "broken", outcome: "errored", detail: "the sensor failed: \\x1b[31mkaputt", findings: [] },
  ]);
});

test("a path that no glob can judge makes a sensor errored, not silent", () => {
  const seen = runSensors(sensors, changeFacts([fileFacts("a//b", null, "x")]));
  expect(seen.every(({ outcome }) => outcome === "errored" || outcome === "passed")).toBe(true);
  expect(seen.find(({ sensor }) => sensor === "secret_scan")?.outcome).toBe("errored");
});
