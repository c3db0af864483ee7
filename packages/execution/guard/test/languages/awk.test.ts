// awk: programs of one line and of several, and what is found in them.
import { describe } from "vitest";
import { reads, type Row } from "./brief.ts";

const rows: readonly Row[] = [
  ['BEGIN { system("rm -rf ~/work") }', "shell rm -rf ~/work"],
  ['{ print | "sh" }', 'shell printf %s "$unknown" | {\nsh\n}'],
  ["{ print $1, $3 }", "pure"],
  ["NR > 1 { s += $2 } END { print s / NR }", "pure"],
  ['/foo/ { print > "out.txt" }', "overwrite out.txt"],
  [
    '$3 > 5 && $4 ~ /x/ { c[$1]++ } END { for (k in c) print k, c[k] | "sort -n" }',
    'shell printf %s "$unknown" | {\nsort -n\n}',
  ],
  ['BEGIN { while (("ls" | getline l) > 0) print l }', "shell ls"],
  ['BEGIN { "date" | getline d; print d }', "shell date"],
  ['BEGIN { cmd = "rm " "x"; system(cmd) }', "shell rm x"],
  ['BEGIN { while ((getline line < "f.txt") > 0) print line }', "read f.txt"],
  ['BEGIN { print "rm -rf /" }', "pure"],
  ['BEGIN { print ENVIRON["HOME"]; for (k in ENVIRON) print k }', "environment"],
  ['@include "x.awk"', "load x.awk"],
  ['BEGIN { f = "system"; @f("id") }', "dynamic", "unknown"],
  ["function add(a, b) { return a + b } { print add($1, $2) }", "pure"],
  ['BEGIN { print "x" > "/dev/stderr" }', "pure"],
  ['{ printf "%s\\n", $1 >> $2 ".log" }', "append ?"],
  ["length > 80", "pure"],
  ['{ gsub(/\\/[/]/, "x"); print }', "pure"],
  ['BEGIN { "echo " x | getline }', "spawn?"],
  ['BEGIN { s = "/inet/tcp/0/1.2.3.4/80"; print "x" |& s }', "send"],
  ['BEGIN { FS = "," } { print $NF; a[NR] = $0 } END { for (i = NR; i > 0; i--) print a[i] }', "pure"],
  ['{ print (a > b) ? "x" : "y" }', "pure"],
  ["!seen[$0]++", "pure"],
  ['BEGIN { print substr("abc", 2) / 2 }', "pure"],
  ['BEGIN { system("") ; printf("%d\\n", 3) > "x" }', "overwrite x"],
];

describe("awk", () => {
  reads("awk", rows);
});
