// Tools for tables and trees of data: CSV, XML, HTML, JSON lines. Most only read; a few languages among them start programs.
import { grammar } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { judgeReader, type Reader } from "../_reader.ts";
import { asksForHelp } from "../_words.ts";

const data = grammar(
  "o,output= output-file= d,delimiter= q,quotechar= e,encoding= c,columns= f,file= s= t n,names S no-header-row p r l H I K= maxfieldsize= snifflimit= z= b v= V u m= M= i= a= N k,key= w= g= x= j= L= y=",
  { single: false },
);
const xml = grammar(
  "o,output= xpath= format noout schema= dtdvalid= relaxng= encode= path= shell html recover huge valid nonet stringparam= param= maxdepth= pretty= pattern= catalogs noblanks nowrap c14n timing",
  { single: true },
);

const reader = (more: Omit<Reader, "options"> & { readonly options?: Reader["options"] } = {}): Reader => ({
  options: more.options ?? data,
  writes: ["output", "output-file"],
  ...more,
});

const readers: Readonly<Record<string, Reader>> = {
  ...Object.fromEntries(
    "csvsort csvstack csvjoin csvclean csvformat sql2csv xan tv tidy-viewer visidata vd datamash ungron jid jwalk jtbl json_pp jsonschema check-jsonschema ajv jtc jet jnv json2yaml yaml2json toml2json dyff xml hxselect hxnormalize hxclean html2text lynx-dump xq-html w3m-text textql q-text trdsql clickhouse-local zq parquet-tools parquet avro-tools orc-tools yamlpath cue jsonnet jsonnetfmt dhall-to-json sqlite-utils recsel recinf ipcalc sipcalc units bc gbc calc qalc uuidgen uuid ulid pwgen mkpasswd-gen apg jwt hexedit-view diffstat colordiff-cat"
      .split(" ")
      .map((name) => [name, reader()]),
  ),
  xsltproc: reader({ options: xml }),
  diff: reader({
    options: grammar(
      "U= u,unified=? C= c=? L,label= I= x,exclude= X,exclude-from= F= W= D= from-file= to-file= S= color=? palette= r,recursive q y a b i w B N s t T e n d p",
    ),
    reads: ["exclude-from", "from-file", "to-file"],
    walks: (given) => given.has("recursive"),
    writes: [],
  }),
  sdiff: reader({ options: grammar("o,output= W= I= w= diff-program= t i b B E a s l"), programs: ["diff-program"] }),
  diff3: reader({
    options: grammar("diff-program= L,label= m A e E x X 3 i a T"),
    programs: ["diff-program"],
    writes: [],
  }),
  colordiff: reader({ options: grammar("U= u C= difftype= r"), writes: [] }),
  difft: reader({ options: grammar("display= color= context= width= language= override="), writes: [] }),
};

export const profile: Profile = {
  names: [...Object.keys(readers), "gdiff", "wdiff", "icdiff", "riff", "dwdiff", "jd", "json-diff"],
  summary: "reads and reshapes tables, trees and differences",
  judge,
  matches: [
    { line: "diff .env .env.production", decision: "ask", effect: "exfil.secret-read" },
    { line: "xsltproc -o ~/.bashrc a.xsl a.xml", decision: "ask", effect: "system.persist" },
    { line: "diff -r ~/.ssh /tmp/x", decision: "ask", effect: "exfil.secret-read" },
    { line: "sdiff --diff-program=sudo a b", decision: "deny", effect: "privilege.elevate" },
  ],
  spares: [
    "diff -u src/a.ts package.json",
    "diff <(ls src) <(ls dist)",
    "csvsort -c 1 data.csv | csvformat -T",
    "echo '1+2' | bc",
    "xsltproc -o out.html a.xsl a.xml",
    "uuidgen",
    "icdiff a b",
  ],
};

function judge(call: Call, on: Evaluation): Outcome {
  if (asksForHelp(call.args)) return on.fine();
  const shape = readers[call.name] ?? readers["diff"] ?? reader();
  return judgeReader(call, on, shape);
}
