// Names that are made, or mistyped, to be taken for popular ones, and real names that are not.
import { describe, expect, it } from "vitest";
import { ecosystems, type Ecosystem } from "../../src/supply/advisories.ts";
import { editDistance } from "../../src/supply/names/edit-distance.ts";
import { lookalike } from "../../src/supply/names/lookalike.ts";
import { popularNames } from "../../src/supply/names/popular-names.ts";

const squats: readonly (readonly [Ecosystem, string, of: string])[] = [
  ["npm", "expres", "express"],
  ["npm", "raect", "react"],
  ["npm", "loadsh", "lodash"],
  ["npm", "lodahs", "lodash"],
  ["npm", "crossenv", "cross-env"],
  ["npm", "babelcli", "babel-cli"],
  ["npm", "mongose", "mongoose"],
  ["npm", "electorn", "electron"],
  ["npm", "axois", "axios"],
  ["npm", "nodemailer-js", "nodemailer"],
  ["npm", "@bable/core", "@babel/core"],
  ["npm", "@evil/react", "react"],
  ["npm", "Express", "express"],
  ["PyPI", "reqeusts", "requests"],
  ["PyPI", "python-dateutils", "python-dateutil"],
  ["PyPI", "python3-dateutil", "python-dateutil"],
  ["PyPI", "jeIlyfish", "jellyfish"],
  ["PyPI", "colourama", "colorama"],
  ["PyPI", "djago", "django"],
  ["PyPI", "urlib3", "urllib3"],
  ["PyPI", "beautifulsup4", "beautifulsoup4"],
  ["crates.io", "rustdecimal", "rust-decimal"],
  ["crates.io", "serdee", "serde"],
  ["RubyGems", "rest_client", "rest-client"],
  ["RubyGems", "nokogirl", "nokogiri"],
  ["Go", "github.com/gorila/mux", "github.com/gorilla/mux"],
  ["Packagist", "symfony/consol", "symfony/console"],
];

const genuine: readonly (readonly [Ecosystem, readonly string[]])[] = [
  [
    "npm",
    [
      "preact",
      "vite",
      "vitest",
      "koa",
      "lodash-es",
      "react-dom",
      "mssql",
      "color",
      "prompt",
      "gaxios",
      "stylis",
      "left-pad",
      "hono",
      "joi",
      "yup",
      "@types/node",
      "@babel/core",
      "@preact/signals",
      "@testing-library/react",
      "my-own-thing",
      "is-odd",
      "ms",
      "pg",
      "p-map",
    ],
  ],
  [
    "PyPI",
    [
      "requests-oauthlib",
      "pymysql",
      "pymssql",
      "ujson",
      "ijson",
      "types-requests",
      "flask",
      "black",
      "Ruamel.YAML",
      "pyqt6",
      "psycopg2_binary",
      "internal-lib",
    ],
  ],
  ["crates.io", ["serde_json", "tokio-util", "rand_core", "thiserror"]],
  [
    "Go",
    ["github.com/jackc/pgx/v4", "github.com/gorilla/handlers", "golang.org/x/tools/cmd/goimports", "gopkg.in/yaml.v2"],
  ],
  ["RubyGems", ["rails", "rack-protection", "rspec-support"]],
  ["Packagist", ["symfony/console", "laravel/ui"]],
];

describe("lookalike", () => {
  it.each(squats)("%s: %s looks like %s", (ecosystem, name, of) => {
    expect(lookalike(ecosystem, name)?.of).toBe(of);
  });

  it.each(genuine)("%s: spares what is real", (ecosystem, names) => {
    expect(names.filter((name) => lookalike(ecosystem, name) !== undefined)).toEqual([]);
  });

  it("one slip is near, two are far, and short names need a telling slip", () => {
    expect(["expres", "tensrflw", "glab", "golb"].map((name) => lookalike("npm", name)?.distance)).toEqual([
      "near",
      undefined,
      undefined,
      "near",
    ]);
    expect(lookalike("PyPI", "tensrflow")?.distance).toBe("near");
    expect(lookalike("PyPI", "tensrflw")?.distance).toBe("far");
  });

  it("knows enough names, each once", () => {
    const least: Readonly<Record<Ecosystem, number>> = {
      npm: 400,
      PyPI: 300,
      "crates.io": 120,
      RubyGems: 80,
      Go: 60,
      Packagist: 60,
    };
    for (const ecosystem of ecosystems) {
      const { list, names, neighbours } = popularNames(ecosystem);
      expect(names.size).toBeGreaterThanOrEqual(least[ecosystem]);
      expect(list.length - names.size).toBeLessThan(4);
      for (const name of names) expect([name, lookalike(ecosystem, name)]).toEqual([name, undefined]);
      for (const name of neighbours) expect([name, lookalike(ecosystem, name)]).toEqual([name, undefined]);
    }
  });

  it("counts slips as a keyboard makes them", () => {
    expect(editDistance("abcd", "abdc", 2)).toBe(1);
    expect(editDistance("abcd", "abd", 2)).toBe(1);
    expect(editDistance("abcd", "xbcy", 2)).toBe(2);
    expect(editDistance("abcd", "wxyz", 2)).toBe(3);
    expect(editDistance("", "ab", 2)).toBe(2);
    expect(editDistance("kitten", "sitting", 3)).toBe(3);
  });
});
