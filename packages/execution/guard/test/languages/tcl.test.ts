// Tcl: programs of one line and of several, and what is found in them.
import { describe } from "vitest";
import { reads, type Row } from "./brief.ts";

const rows: readonly Row[] = [
  ["exec rm -rf build", "spawn rm -rf build"],
  ["puts [expr {1 + 1}]", "pure"],
  ["set x rm; exec $x -rf a", "spawn rm -rf a"],
  ['open "|rm x"', "spawn rm x"],
  ["file delete -force x y", "delete x", "delete y"],
  ["eval {exec ls}", "spawn ls"],
  ["eval $x", "dynamic"],
  ["set f [open out.txt w]; puts $f hi; close $f", "overwrite out.txt"],
  ['if {[exec id] eq "x"} { puts a } else { exec ls }', "spawn id", "spawn ls"],
  ["proc add {a b} { return [expr {$a + $b}] }; puts [add 1 2]", "pure"],
  ["foreach f [glob *.txt] { file delete $f }", "delete ?"],
  ['puts "rm -rf / [exec id]"', "spawn id"],
  ["# exec rm\nputs 1", "pure"],
  ["$cmd x", "dynamic"],
  ["source x.tcl", "load x.tcl"],
  ["exec ls | sort > out.txt", "overwrite out.txt", "spawn ls", "spawn sort"],
  ["socket host 80", "send"],
  ["while {[gets stdin line] >= 0} { puts [string toupper $line] }", "pure"],
  ["package require json; puts ok", "pure"],
  ["puts $env(HOME); parray env", "pure"],
  ["[list exec id]", "dynamic"],
  ["{*}{exec id}", "dynamic"],
  ["puts {exec rm -rf /}", "pure"],
  ['set l [split [read stdin] "\\n"]; puts [llength $l]', "pure"],
  ["switch $x { a { exec rm a } default { puts b } }", "spawn rm a"],
  ["catch { exec rm x } err", "spawn rm x"],
  ["after 100 { exec rm x }", "spawn rm x"],
  ["interp create", "dynamic"],
  ["puts [clock format [clock seconds]]", "pure"],
  ["uplevel #0 $s", "dynamic"],
  ["exec $x", "spawn?"],
  ['puts "unclosed', "dynamic"],
];

describe("Tcl", () => {
  reads("tcl", rows);
});
