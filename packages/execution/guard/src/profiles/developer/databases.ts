// Tools that keep a database's shape: looking and moving forward are allowed, what loses data is asked.
import type { Profile } from "../../profile.ts";
import { judgeTool, type ProjectTool, toolTable } from "../_project-tool.ts";

const tools = toolTable(
  {
    prisma: {
      acts: [
        [
          /\bmigrate\s+reset\b|\bdb\s+push\b.*--(?:force-reset|accept-data-loss)|\bdb\s+execute\b|\bmigrate\s+resolve\b/,
          "infra.database",
          "lose data of a database",
        ],
        [/\bmigrate\s+deploy\b/, "infra.apply", "change a database that is in use"],
        [/^(?:platform|init --db)\b/, "infra.admin", "change an account"],
      ],
    },
    "drizzle-kit": { acts: [[/\bdrop\b|\bpush\b.*--force/, "infra.database", "lose data of a database"]] },
    knex: {
      acts: [[/\bmigrate:(?:rollback|down|unlock|forceFreeMigrationsLock)\b/, "infra.database", "undo migrations"]],
      loads: "knexfile",
    },
    "sequelize-cli": { acts: [[/\bdb:(?:drop|migrate:undo|seed:undo)/, "infra.database", "drop or undo"]] },
    typeorm: {
      acts: [[/\bschema:(?:drop|sync)\b|\bmigration:revert\b|^query\b/, "infra.database", "drop or undo"]],
      loads: "d dataSource",
    },
    "mikro-orm": {
      acts: [
        [/\b(?:schema:(?:drop|fresh)|migration:(?:down|fresh))\b|--drop-db|--run/, "infra.database", "drop or undo"],
      ],
    },
    "node-pg-migrate": { acts: [[/\b(?:down|redo)\b/, "infra.database", "undo migrations"]] },
    "db-migrate": { acts: [[/^(?:down|reset|db:drop)\b/, "infra.database", "undo migrations"]] },
    "migrate-mongo": { acts: [[/\bdown\b/, "infra.database", "undo migrations"]] },
    flyway: { acts: [[/\b(?:clean|undo|repair|baseline)\b/, "infra.database", "lose data of a database"]] },
    liquibase: {
      acts: [
        [/\b(?:drop-?all|rollback\S*|clear-?checksums|execute-sql)\b/i, "infra.database", "lose data of a database"],
      ],
    },
    dbmate: { acts: [[/\b(?:drop|rollback|down)\b/, "infra.database", "drop or undo"]] },
    goose: { acts: [[/\b(?:down|down-to|reset|redo)\b/, "infra.database", "undo migrations"]] },
    migrate: { acts: [[/\b(?:down|drop|force)\b/, "infra.database", "drop or undo"]] },
    sqlx: { acts: [[/\b(?:database\s+(?:drop|reset)|migrate\s+revert)\b/, "infra.database", "drop or undo"]] },
    diesel: {
      acts: [[/\b(?:database\s+(?:drop|reset)|migration\s+(?:revert|redo))\b/, "infra.database", "drop or undo"]],
    },
    "sea-orm-cli": { acts: [[/\bmigrate\s+(?:fresh|reset|refresh|down)\b/, "infra.database", "drop or undo"]] },
    yoyo: { acts: [[/\b(?:rollback|reapply|break-lock)\b/, "infra.database", "undo migrations"]] },
    sqitch: { acts: [[/\b(?:revert|rebase)\b/, "infra.database", "undo migrations"]] },
    tbls: {},
    soda: { acts: [[/\b(?:drop|reset|migrate down)\b/, "infra.database", "drop or undo"]] },
  },
  "squawk schemaspy pgmetrics pg_isready pg_config",
);

const alias: Readonly<Record<string, string>> = {
  sequelize: "sequelize-cli",
  prisma2: "prisma",
  "typeorm-ts-node-commonjs": "typeorm",
  "typeorm-ts-node-esm": "typeorm",
};

export const profile: Profile = {
  names: [...Object.keys(tools), ...Object.keys(alias)],
  summary: "changes the shape of databases",
  judge: (call, on) => judgeTool(call, on, tools[alias[call.name] ?? call.name] ?? noTool),
  matches: [
    { line: "prisma migrate reset --force", decision: "ask", effect: "infra.database" },
    { line: "prisma db push --accept-data-loss", decision: "ask", effect: "infra.database" },
    { line: "knex migrate:rollback --all", decision: "ask", effect: "infra.database" },
    { line: "sequelize db:drop", decision: "ask", effect: "infra.database" },
    { line: "typeorm schema:drop -d src/data.ts", decision: "ask", effect: "infra.database" },
    { line: "flyway clean", decision: "ask", effect: "infra.database" },
    { line: "migrate -path m -database $DB down", decision: "ask", effect: "infra.database" },
    { line: "prisma $VERB", decision: "ask", effect: "unknown.option" },
  ],
  spares: [
    "prisma generate",
    "prisma migrate dev --name init",
    "prisma validate",
    "prisma studio",
    "drizzle-kit generate",
    "knex migrate:latest",
    "typeorm migration:generate -d src/data.ts src/m",
    "flyway info",
    "dbmate up",
    "goose status",
  ],
};

const noTool: ProjectTool = {};
