// Groovy: programs of one line and of several, and what is found in them.
import { describe } from "vitest";
import { reads, type Row } from "./brief.ts";

const rows: readonly Row[] = [
  ['"rm -rf x".execute()', 'shell printf %s "$unknown" | rm -rf x'],
  ['println "rm -rf x"', "pure"],
  ["println([1,2,3].collect { it * 2 }.sum())", "pure"],
  ["['rm','x'].execute().text", 'shell printf %s "$unknown" | rm x'],
  ["new File('x').delete()", "delete x"],
  ["println new File('x').text", "read x"],
  ["new File('x').text = 'y'", "overwrite x", "read x"],
  ["new File('x') << 'y'", "append x"],
  ['def p = new ProcessBuilder("rm", "x"); p.start()', 'shell printf %s "$unknown" | rm x', "unknown"],
  ['Runtime.getRuntime().exec("rm x")', 'shell printf %s "$unknown" | rm x'],
  ['Runtime.runtime.exec(["rm", "x"] as String[])', 'shell printf %s "$unknown" | rm x'],
  ['Eval.me("1+1")', "dynamic"],
  ["evaluate(new File('x.groovy'))", "dynamic"],
  ['new URL("http://x").text', "fetch"],
  ['"http://x".toURL().text', "fetch"],
  ["println \"${'rm x'.execute().text}\"", 'shell printf %s "$unknown" | rm x'],
  ["def m = 'exe' + 'cute'; \"ls\".\"$m\"()", 'shell printf %s "$unknown" | ls'],
  ['"ls"."execute"()', 'shell printf %s "$unknown" | ls'],
  ["@Grab('x:y:1')", "dynamic", "unknown"],
  ["import groovy.json.JsonSlurper; println new JsonSlurper().parseText('{}')", "pure"],
  ["System.getenv().each { println it }", "environment"],
  ["println System.getenv('HOME')", "pure"],
  ["this.class.classLoader.loadClass('x')", "dynamic"],
  ["String s = 'a'; println s.toUpperCase()", "pure"],
  ["for (x in [1,2]) { println x }", "pure"],
  ["def add(a, b) { a + b }\nprintln add(1, 2)", "pure"],
  ["println 'a'.metaClass", "dynamic"],
  ["Class.forName('java.lang.Runtime').getMethod('x')", "dynamic"],
  ["sh 'rm -rf x'", "shell rm -rf x"],
  ["println args.length / 2", "pure"],
];

describe("Groovy", () => {
  reads("groovy", rows);
});
