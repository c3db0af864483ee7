// Converters of documents: what they read, what they write, and the ways in which a document starts programs.
import { type Arg, known } from "../../arg.ts";
import { grammar, type Options, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { filteredFiles, isStdin } from "../_read-files.ts";
import { fetched } from "../_sent-data.ts";
import { asksForHelp, shown } from "../_words.ts";
import { asFiles, isAddress, result } from "./_result.ts";

const makers =
  "sox lame flac opusenc oggenc cwebp dwebp avifenc avifdec optipng pngquant pngcrush zopflipng jpegoptim jpegtran mozjpeg cjpeg djpeg gifsicle svgo svgexport rsvg-convert inkscape potrace vips vipsthumbnail sharp squoosh-cli oxipng gifski qpdf pdftk pdfunite pdfseparate pdftoppm pdftocairo pdfcrop ps2pdf pdf2ps gs wkhtmltopdf wkhtmltoimage weasyprint prince libreoffice soffice unoconv markdown marked cmark multimarkdown asciidoctor asciidoc rst2html rst2pdf docutils dot neato fdp sfdp twopi circo mmdc plantuml d2 gnuplot ditaa latex pdflatex xelatex lualatex latexmk tectonic bibtex biber typst makeindex groff troff nroff texi2pdf makeinfo mdbook gitbook vhs agg silicon carbon-now qrencode zbarimg tesseract espeak festival HandBrakeCLI mkvextract yt-thumb fc-list fc-cache ttx pyftsubset woff2_compress fontforge textutil afplay afconvert afinfo".split(
    " ",
  );

export const profile: Profile = {
  names: [...makers, "pandoc"],
  summary: "converts documents",
  judge: (call, on) => {
    if (asksForHelp(call.args)) return on.fine();
    return call.name === "pandoc" ? pandoc(call, on) : made(call, on);
  },
  matches: [
    { line: "pandoc --filter ./scripts/evil.sh README.md -o x.html", decision: "deny", effect: "privilege.elevate" },
    { line: "pandoc --pdf-engine=sudo a.md -o a.pdf", decision: "deny", effect: "privilege.elevate" },
    { line: "pandoc a.md -o ~/.bashrc", decision: "ask", effect: "system.persist" },
    { line: "pdflatex --shell-escape a.tex", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "gs -dNOSAFER a.ps", decision: "deny", effect: "code-injection.tool-exec" },
  ],
  spares: ["pandoc README.md -o README.html", "dot -Tsvg graph.dot -o graph.svg", "optipng -o7 logo.png"],
};

const escapes =
  /^--?(?:shell-escape|enable-write18|write18|shell-restricted=f)|^-dNOSAFER|^-dDELAYSAFER|^--?permit-file|^--?enable-local-file-access-all|^--?(?:run-script|macro)|^macro:|^vnd\.sun\.star\.script:|^--actions=.*shell/i;
const outputOption = grammar(
  "o,output= outfile= out= O,output-file= output-dir= outdir= output-directory= d= destination= to= e,latexmk= pdflatex= print= r= V s M U",
  { single: true },
);

// Everything else: what `-o` and its like name is written, what lies outside stays unread by guesses.
function made(call: Call, on: Evaluation): Outcome {
  const given = readOptions(call.args, outputOption);
  const shells = call.args
    .filter(({ text }) => escapes.test(text))
    .map((word) =>
      on.effect(
        "code-injection.tool-exec",
        `let the document of \`${call.name}\` start programs by \`${shown(word)}\``,
      ),
    );
  const code = given.given
    .filter(({ name }) => (name === "latexmk" || name === "pdflatex" || name === "print") && call.name === "latexmk")
    .map(({ arg }) => on.effect("code-injection.tool-exec", `have \`latexmk\` run \`${shown(arg)}\``));
  const script =
    call.name === "gnuplot"
      ? given
          .values("latexmk")
          .map((text) =>
            /system|`|!/.test(text.text)
              ? on.effect("code-injection.tool-exec", "have `gnuplot` start a program")
              : on.fine(),
          )
      : [];
  const outputs = writtenBy(call, given);
  const reads = given.operands.filter((path) => !outputs.includes(path) && /[./]/.test(path.text));
  const content = filteredFiles(
    on,
    reads.filter((path) => !isAddress(path)),
    call.stdin,
  );
  return on.printing(
    on.join(
      ...shells,
      ...code,
      ...script,
      ...asFiles(on, reads),
      ...outputs.map((path) => result(call, on, path, content)),
      on.fine(),
    ),
    content,
  );
}

const inPlace = /^(?:optipng|jpegoptim|pngcrush|svgo|oxipng)$/;
const lastIsOutput =
  /^(?:sox|lame|cwebp|pdfunite|pdftocairo|pdftoppm|ps2pdf|pdf2ps|wkhtmltopdf|wkhtmltoimage|weasyprint|qpdf|jpegtran|dwebp|avifenc|avifdec|zopflipng|rsvg-convert)$/;

function writtenBy({ name }: Call, given: Options): readonly Arg[] {
  const named = ["output", "outfile", "out", "output-file", "output-dir", "outdir", "output-directory", "destination"]
    .flatMap((option) => given.values(option))
    .filter(({ text }) => !/^\d+$/.test(text));
  if (named.length > 0) return named;
  if (inPlace.test(name)) return given.operands;
  return lastIsOutput.test(name) && given.operands.length > 1 ? given.operands.slice(-1) : [];
}

const pandocOptions = grammar(
  "f,r,from,read= t,w,to,write= o,output= data-dir= d,defaults= F,filter= L,lua-filter= pdf-engine= pdf-engine-opt= extract-media= log= template= H,include-in-header= B,include-before-body= A,include-after-body= c,css= reference-doc= bibliography= csl= citation-abbreviations= epub-cover-image= epub-metadata= epub-embed-font= metadata-file= M,metadata=? V,variable= s,standalone toc,table-of-contents N,number-sections highlight-style= syntax-definition= resource-path= request-header= slide-level= columns= wrap= tab-stop= dpi= eol= C,citeproc self-contained embed-resources sandbox trace verbose quiet v,version h,help mathjax=? katex=? webtex=? shift-heading-level-by= toc-depth= email-obfuscation= id-prefix= T,title-prefix= abbreviations= indented-code-classes= default-image-extension= track-changes= markdown-headings= top-level-division= ipynb-output= print-default-template= print-default-data-file= fail-if-warnings=? i,incremental p,preserve-tabs",
);

function pandoc(call: Call, on: Evaluation): Outcome {
  const given = readOptions(call.args, pandocOptions);
  const engines = given
    .values("pdf-engine")
    .map((program) =>
      /^(?:[\w/.-]*\/)?(?:pdflatex|xelatex|lualatex|tectonic|latexmk|wkhtmltopdf|weasyprint|prince|context|groff|typst|pagedjs-cli|pdfroff)$/.test(
        known(program) ?? "",
      )
        ? on.fine()
        : on.run([program]),
    );
  const options = given
    .values("pdf-engine-opt")
    .filter(({ text }) => escapes.test(text))
    .map((word) => on.effect("code-injection.tool-exec", `let the document start programs by \`${shown(word)}\``));
  const filters = given
    .values("filter")
    .map((program) =>
      program.text.includes("/") || /\.\w+$/.test(program.text) ? on.programFile(program, null, []) : on.run([program]),
    );
  const scripts = [
    ...given.values("lua-filter"),
    ...["to", "write", "read", "from"]
      .flatMap((name) => given.values(name))
      .filter(({ text }) => text.endsWith(".lua")),
  ].map((path) => on.programFile(path, "lua", []));
  const files = given.operands.filter((path) => !isStdin(path));
  const content = filteredFiles(
    on,
    files.filter((path) => !isAddress(path)),
    call.stdin,
  );
  const written = [...given.values("output"), ...given.values("log"), ...given.values("extract-media")].map((path) =>
    result(call, on, path, content),
  );
  return on.printing(
    on.join(...engines, ...options, ...filters, ...scripts, ...asFiles(on, files), ...written, on.fine()),
    files.some(isAddress) ? fetched : content,
  );
}
