// What R's functions do. R calls a function that is given as a text wherever it takes one.
import {
  asks,
  decodes,
  deletesAll,
  marks,
  pure,
  reporting,
  readsVariable,
  runsText,
  talks,
  writes,
  carries,
  reads,
} from "../walk/acts.ts";
import { escape, reportUnknown } from "../walk/bindings.ts";
import type { Act } from "../walk/dialect.ts";
import { lazily, listed, namesOf } from "../walk/names.ts";
import { knownText, ref } from "../walk/value.ts";
import {
  connects,
  doCall,
  gets,
  library,
  lists,
  paste,
  readsSource,
  shell,
  sources,
  system2,
  writesAt,
} from "./acts.ts";

const functions = `
  print  paste paste0 format formatC sprintf message warning stop invisible toupper tolower nchar substr substring strsplit gsub sub grepl grep
  regmatches regexpr gregexpr trimws startsWith endsWith rev sort order unique duplicated table length names nrow ncol NROW NCOL dim
  seq seq_len seq_along rep numeric character logical integer double complex vector matrix array data.frame factor levels nlevels as.numeric
  as.character as.integer as.logical as.Date as.double as.factor as.list as.vector as.data.frame as.matrix as.POSIXct as.POSIXlt is.na is.null is.numeric
  is.character is.function is.list is.data.frame is.factor is.logical anyNA any all which which.max which.min ifelse sum mean median var sd min max range
  quantile prod cumsum cumprod diff abs sqrt exp log log2 log10 log1p floor ceiling round signif trunc sin cos tan asin acos atan sinh cosh tanh
  rnorm runif rbinom rpois sample set.seed dnorm pnorm qnorm cor lm glm predict summary coef residuals anova t.test wilcox.test chisq.test
  head tail subset merge rbind cbind aggregate  split unsplit stack with within transform colMeans rowMeans colSums rowSums colnames rownames
  setdiff union intersect is.element unlist list setNames nlevels cut findInterval tabulate Sys.time Sys.Date Sys.getpid Sys.info sessionInfo
  R.version R.version.string R.Version version T F TRUE FALSE NULL NA Inf NaN pi LETTERS letters month.name month.abb date format.Date difftime
  strftime strptime julian weekdays months getwd list.files list.dirs dir file.exists file.info file.size file.mtime dir.exists basename dirname
  normalizePath path.expand file.path tempfile tempdir commandArgs interactive nargs missing return quit q suppressWarnings suppressMessages
  suppressPackageStartupMessages tryCatch try finally on.exit stopifnot identical all.equal inherits class typeof mode storage.mode str attributes
  attr object.size bitwAnd bitwOr bitwXor chartr  charToRaw utf8ToInt  nchar sprintf toString dQuote sQuote noquote
  encodeString shQuote iconv Encoding enc2utf8 make.names make.unique crossprod solve det diag t   proc.time system.time gc  
  fromJSON toJSON is.environment environmentName R.home .libPaths packageVersion installed.packages rownames nchar max.col rle inverse.rle embed
   expand.grid combn choose factorial gamma beta lgamma cumall pmin pmax rank rowsum sweep scale xor isTRUE isFALSE nlm optimize 
  Sys.sleep readline  capture.output flush stdin stdout stderr close isOpen  mtcars iris airquality options getOption Sys.timezone OlsonNames
  month quarters ISOdate ISOdatetime seq.Date rev.default append  array aperm switch repeat c  numeric_version R_system_version
  tibble select filter mutate arrange group_by summarise summarize n count pull distinct left_join ggplot aes  function is.primitive
`;

const higher =
  "do.call match.fun Reduce Filter Map Find Position lapply sapply vapply mapply tapply apply outer rapply eapply Vectorize aggregate by optim uniroot integrate Recall Negate map map_dbl map_chr map_lgl map_int map2 pmap walk invoke exec";

// Each text among the arguments may be the name of the function.
const callsGiven: Act = reporting((site) => {
  for (const { value } of site.args) {
    const name = knownText(value);
    if (name !== null && !rNames().get(name)?.mild && rNames().has(name)) escape(site.walk, ref(name));
    if (value.kind === "text" && name === null) reportUnknown(site.walk, `${site.what} with a computed function`);
  }
});

/** Every name, made once. */
export const rNames = lazily(() =>
  namesOf(
    listed(pure, functions),
    listed(
      asks,
      "setwd Sys.setenv Sys.unsetenv Sys.setlocale Sys.umask trace untrace assign delayedAssign makeActiveBinding attach detach environment parent.frame",
    ),
    listed(
      asks,
      "globalenv baseenv emptyenv new.env as.environment topenv parent.env sys.function asNamespace getNamespace loadNamespace mclapply parLapply makeCluster",
    ),
    listed(
      runsText,
      `eval evalq eval.parent parse str2lang str2expression sys.call body formals substitute bquote  expression quote as.call
      .Internal .Primitive .External .External2 .Call .C .Fortran dyn.load library.dynam sys.source getFromNamespace getAnywhere get0 mget
      getExportedValue install.packages install_github remotes.install_github source_url unserialize local reg.finalizer addTaskCallback setHook
      cppFunction sourceCpp as.function rlang.eval_tidy eval_tidy parse_expr call`,
    ),
    listed(callsGiven, higher),
    listed(doCall, "do.call"),
    listed(gets, "get match.fun dynGet"),
    listed(paste, "paste paste0"),
    listed(lists, "c list"),
    listed(shell, "system shell shell.exec pipe open.pipe"),
    listed(system2, "system2"),
    listed(deletesAll, "unlink file.remove"),
    listed(carries("write"), "file.rename"),
    listed(carries("read"), "file.copy file.append file.symlink file.link"),
    listed(writes("create"), "file.create dir.create"),
    listed(marks(), "Sys.chmod Sys.setFileTime"),
    listed(writesAt(-1, "file"), "cat save dump save.image"),
    listed(writesAt(1, "con"), "writeLines writeBin writeChar"),
    listed(
      writesAt(1, "file"),
      "write write.csv write.table write.csv2 saveRDS dput write_csv write_json fwrite write_rds serialize",
    ),
    listed(writesAt(0, "file"), "sink pdf png jpeg svg bmp tiff ggsave postscript Rprof"),
    listed(connects, "file gzfile bzfile xzfile fifo unz"),
    listed(
      readsSource,
      "readLines read.csv read.table read.delim readRDS scan readChar readBin read.csv2 read_csv read_json load readr.read_csv fread file.show count.fields",
    ),
    listed(reads(), "list2env source.file"),
    listed(sources(), "source"),
    listed(library, "library require requireNamespace loadNamespace"),
    listed(readsVariable, "Sys.getenv"),
    listed(
      talks("fetch"),
      "url download.file browseURL GET curl curl_fetch_memory curl_download getURL httr.GET read_html download.packages available.packages",
    ),
    listed(talks("send"), "socketConnection POST PUT make.socket write.socket curl_upload"),
    listed(talks("listen"), "serverSocket runApp runServer startServer"),
    listed(decodes, "base64decode base64_dec rawToChar intToUtf8 memDecompress base64enc.base64decode"),
  ),
);

/** Members of R's objects: fields, and functions of an environment. */
export const rMethods = lazily(() =>
  namesOf(
    listed(pure, "length names print format add   new"),
    listed(shell, "system shell pipe"),
    listed(system2, "system2"),
    listed(deletesAll, "unlink file.remove"),
    listed(runsText, "eval evalq source parse dyn.load .Internal"),
  ),
);
