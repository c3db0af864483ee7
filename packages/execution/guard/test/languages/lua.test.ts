// Lua: programs of one line and of several, and what is found in them.
import { describe } from "vitest";
import { reads, type Row } from "./brief.ts";

const rows: readonly Row[] = [
  ['os.execute("rm -rf build")', "shell rm -rf build"],
  ["print(1+1)", "pure"],
  ['os.execute "rm x"', "shell rm x"],
  ['local e = os.execute; e("id")', "shell id"],
  ['_G["os"]["exec".."ute"]("id")', "shell id"],
  ['print(io.popen("ls"):read("*a"))', "shell ls"],
  ['os.remove("x"); os.rename("a", "b")', "delete x", "overwrite a", "overwrite b"],
  ['local f = io.open("x", "w"); f:write("y"); f:close()', "overwrite x"],
  ['for l in io.lines("x") do print(l:upper()) end', "read x"],
  ["for l in io.lines() do print(#l) end", "pure"],
  ['load("print(1)")()', "dynamic", "unknown"],
  ['print([[rm -rf /]] .. "x") -- os.execute("x")', "pure"],
  ['--[[ os.execute("x") ]] print(1)', "pure"],
  ['local t = {a = 1, [2] = "x", f = function(x) return x end}; print(t.a, t.f(1))', "pure"],
  ['pcall(os.execute, "id")', "spawn?"],
  ['print(os.getenv("HOME"), os.date("%Y"))', "pure"],
  ['local s = require "socket"; s.connect("x", 1)', "send"],
  ['print(("x"):rep(3), #arg, string.format("%d", 1))', "pure"],
  ["function add(a, b) return a + b end print(add(1, 2))", "pure"],
  ['for k, v in pairs({1,2}) do io.write(k, v, "\\n") end', "pure"],
  ["debug.getinfo(1)", "dynamic"],
  ["print(_VERSION)", "pure"],
];

describe("Lua", () => {
  reads("lua", rows);
});
