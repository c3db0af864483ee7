// How SQLite goes about the statements that every signed commit waits for.
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { migrations } from "../src/migrations.ts";
import { prepareStatements } from "../src/statements.ts";

describe("the newest row of a kind", () => {
  it.each(["newestTrail", "newestRecord"] as const)("%s reads no index whole and sorts nothing", (name) => {
    const connection = new Database(":memory:");
    for (const step of migrations) connection.exec(step);
    const query = prepareStatements(connection)[name].getQuery();
    const plan = connection.prepare(`EXPLAIN QUERY PLAN ${query.sql}`).all("receipt", 1) as { detail: string }[];
    expect(plan.map(({ detail }) => detail)).toEqual([name === "newestTrail" ? "SCAN trail" : "SCAN records"]);
    connection.close();
  });
});
