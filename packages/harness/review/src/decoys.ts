// Defects that any reviewer who reads the file must report. One per language and kind; each is wrong beyond dispute.

/** A small file with one grave defect. `content` takes the name of the broken function. */
export interface Decoy {
  readonly language: "javascript" | "typescript" | "python";
  readonly extension: string;
  readonly content: (name: string) => string;
}

/** The decoys. */
export const decoys: readonly Decoy[] = [
  {
    language: "javascript",
    extension: ".js",
    content: (name) => `import { execSync } from 'node:child_process'

// Called by the public search form with the text that the visitor typed.
export function ${name}(query) {
  return execSync('grep -r ' + query + ' data/').toString()
}
`,
  },
  {
    language: "javascript",
    extension: ".js",
    content: (name) => `// Returns the orders of one customer; \`name\` comes straight from the request.
export async function ${name}(db, name) {
  return db.all("SELECT * FROM orders WHERE customer = '" + name + "'")
}
`,
  },
  {
    language: "typescript",
    extension: ".ts",
    content: (name) => `// Returns the orders of one customer; \`name\` comes straight from the request.
export async function ${name}(db: { all(sql: string): Promise<unknown[]> }, name: string): Promise<unknown[]> {
  return db.all("SELECT * FROM orders WHERE customer = '" + name + "'")
}
`,
  },
  {
    language: "typescript",
    extension: ".ts",
    content: (name) => `import { execSync } from 'node:child_process'

// Called by the public search form with the text that the visitor typed.
export function ${name}(query: string): string {
  return execSync('grep -r ' + query + ' data/').toString()
}
`,
  },
  {
    language: "python",
    extension: ".py",
    content: (name) => `import os


def ${name}(query):
    """Called by the public search form with the text that the visitor typed."""
    return os.popen("grep -r " + query + " data/").read()
`,
  },
  {
    language: "python",
    extension: ".py",
    content: (name) => `def ${name}(cursor, name):
    """Orders of one customer; the name comes straight from the request."""
    cursor.execute("SELECT * FROM orders WHERE customer = '" + name + "'")
    return cursor.fetchall()
`,
  },
];
