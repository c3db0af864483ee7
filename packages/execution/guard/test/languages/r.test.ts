// R: programs of one line and of several, and what is found in them.
import { describe } from "vitest";
import { reads, type Row } from "./brief.ts";

const rows: readonly Row[] = [
  ['system("rm -rf build")', "shell rm -rf build"],
  ['cat(1+1, "\\n")', "pure"],
  ['system2("rm", c("-rf", "x"))', "shell rm -rf x"],
  ['x <- read.csv("a.csv"); print(summary(x)); print(mean(x$y))', "read a.csv"],
  ['unlink("x", recursive=TRUE)', "delete x"],
  ['file.remove("a", "b")', "delete a", "delete b"],
  ["eval(parse(text=\"system('id')\"))", "dynamic"],
  ['do.call("system", list("id"))', "shell id"],
  ['sapply(c("id"), "system")', "spawn?"],
  ["sapply(1:3, function(i) i^2)", "pure"],
  ['base::system("id")', "shell id"],
  ['`system`("id")', "shell id"],
  ['"system"("id")', "shell id"],
  ['f <- system; f("id")', "shell id"],
  ['system -> g; g("id")', "shell id"],
  ['"id" |> system()', "spawn?"],
  ['writeLines("x", "out.txt")', "overwrite out.txt"],
  ['writeLines("x")', "pure"],
  ['cat("x", file="y")', "overwrite y"],
  ["library(ggplot2); library(foo)", "load ?"],
  ['source("x.R")', "load x.R"],
  ["print(R.version.string)", "pure"],
  ['Sys.getenv("HOME")', "pure"],
  ["print(Sys.getenv())", "environment"],
  ['get("system")("id")', "shell id"],
  ['for (i in 1:3) print(i) # system("x")', "pure"],
  ['x <- c(1,2,3); y <- paste0("rm ", "x"); print(y); sapply(x, sqrt)', "pure"],
  ['download.file("http://x", "y")', "fetch"],
  ['lapply(list.files("."), file.remove)', "delete ?"],
  ['r"(system("x"))"', "pure"],
  ['write.csv(data.frame(a=1), "x.csv", row.names=FALSE)', "overwrite x.csv"],
  ['get(x)("id")', "dynamic", "unknown"],
  ['e <- baseenv(); e$system("id"); e[["system"]]("id")', "shell id", "unknown"],
  ["sapply(x, \\(v) v + 1)", "pure"],
];

describe("R", () => {
  reads("r", rows);
});
