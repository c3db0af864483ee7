// The link under which agents call `ces`.
import { lstatSync, mkdirSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { linkOwnCes, ownCes } from "../src/own-ces.ts";
import { folder } from "./folder.ts";

test("is there once it was made, leads where the last installation said, and is ours alone", () => {
  const { places } = folder();
  expect(ownCes(places)).toBeNull();
  linkOwnCes(places, "/opt/old/bin/ces");
  linkOwnCes(places, "/opt/new/bin/ces");
  linkOwnCes(places, "/opt/new/bin/ces");
  expect(ownCes(places)).toBe(join(places.state, "ces"));
  expect(readlinkSync(join(places.state, "ces"))).toBe("/opt/new/bin/ces");
  expect(lstatSync(places.state).mode & 0o777).toBe(0o700);
});

test("something else under that name is not it", () => {
  const { places } = folder();
  mkdirSync(places.state, { recursive: true, mode: 0o700 });
  writeFileSync(join(places.state, "ces"), "#!/bin/sh\n");
  expect(ownCes(places)).toBeNull();
});
