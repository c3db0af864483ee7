// An attack stays found wherever in a program it stands, and whatever stands around it.
import { describe, expect, test } from "vitest";
import type { Language } from "../../src/profile.ts";
import { readCode } from "../../src/languages/read-code.ts";

interface Places {
  /** Expressions, each of which does something that must be found. */
  readonly attacks: readonly string[];
  /** Programs that are harmless but for what is put in place of `@@`. */
  readonly around: readonly string[];
}

const python: Places = {
  attacks: [
    "__import__('os').system('id')",
    "exec('1')",
    "getattr(__import__('os'), 'sys' + 'tem')('id')",
    "__import__('shutil').rmtree('x')",
    "open('x', 'w')",
    "list(map(__import__('os').system, ['id']))",
    "__import__('subprocess').run(['ls'])",
  ],
  around: [
    "@@",
    "x = 1\ny = @@\nprint(y)",
    "print(f'{@@}')",
    "def f(a=@@):\n    return a\nf()",
    "def f():\n    if True:\n        return [@@ for x in range(1)]\nf()",
    "class A:\n    x = @@\n    def m(self): pass",
    "print({'a': 1, **{'b': @@}})",
    "x = (lambda: @@)()",
    "for i in @@: pass",
    "with open('a') as f:\n    print(f.read(), @@)",
    "try:\n    pass\nexcept @@ as e:\n    pass",
    "print('a' if @@ else 'b')",
    "print(1, sep=@@)",
    "assert @@, 'x'",
    "x = [1, 2][@@:]",
    "print('''text''' % @@)",
    "if (y := @@): print(y)",
    "async def f():\n    await @@",
    "@(lambda f: @@)\ndef g(): pass",
    "print(*@@, **{})",
    "match 1:\n    case 1 if @@: pass",
    "x: int = @@",
    "print(not @@ and 1 < 2)",
    "raise ValueError(@@) from None",
    "del x[@@]",
    "'# not a comment'; @@ # 'comment'",
    "x = '''\n# \"'''; @@",
  ],
};

const javascript: Places = {
  attacks: [
    "require('child_process').execSync('id')",
    "eval('1')",
    "[].constructor.constructor('1')",
    "require('fs').rmSync('x')",
    "globalThis['ev' + 'al']('1')",
    "[1].map(require('child_process').exec)",
    "process.binding('fs')",
  ],
  around: [
    "@@",
    "const x = 1; const y = @@; console.log(y)",
    "console.log(`a ${@@} b`)",
    "function f(a = @@) { return a } f()",
    "const f = async (x) => { if (x) return [@@] }; f(1)",
    "class A { x = @@; static { } m() { return 1 } }",
    "class A { m({ a = @@ } = {}) { return a } }",
    "console.log({ a: 1, ...{ b: @@ }, [@@]: 2 })",
    "(() => @@)()",
    "for (const i of [@@]) { console.log(i) }",
    "for (let i = 0; i < 1; @@) { }",
    "try { x } catch ({ a = @@ }) { }",
    "console.log(x ? @@ : 1)",
    "label: { @@ }",
    "switch (1) { case @@: break; default: }",
    "while (@@) break",
    "do { @@ } while (0)",
    "const { a, b: [c = @@] } = x",
    "x?.y?.[@@]",
    "export default @@",
    "throw @@",
    "new Map([[1, @@]]).get(1)",
    "String.raw`${@@}`",
    "if (1) ; else @@",
    "const re = /[/\"'`]/; @@; /x/",
    "a = b / c; @@; d / e",
    "'// not a comment'; @@ // comment",
    "/* a */ @@ /* b */",
    "var s = 'it\\'s'; @@",
  ],
};

const ruby: Places = {
  attacks: [
    "system('id')",
    "`id`",
    "eval('1')",
    "Kernel.send(:system, 'id')",
    "File.delete('x')",
    "%x{id}",
    "['id'].each(&method(:system))",
  ],
  around: [
    "@@",
    "x = 1\ny = @@\nputs y",
    'puts "a #{@@} b"',
    "def f(a = @@)\n  a\nend\nf",
    "[1].each { |x, y = @@| puts x }",
    "[1].each do |x|\n  puts @@\nend",
    "class A\n  X = @@\n  def m; 1; end\nend",
    "puts({ a: 1, 'b' => @@ })",
    "->(x) { @@ }.call(1)",
    "begin\n  1\nrescue @@ => e\n  2\nensure\n  3\nend",
    "puts 1 if @@",
    "puts @@ unless true",
    "case 1\nwhen @@ then 2\nend",
    "while @@ do break end",
    "puts [1, 2][@@]",
    "puts %w[a b], @@, :sym",
    "puts <<~A\n  x #{@@}\nA",
    "puts <<~'A', @@\n  text `x`\nA",
    "puts /x#{@@}/.match('a')",
    "x ||= @@",
    "puts 4 / 2; @@; puts 6 / 3",
    "'# not a comment'; @@ # comment",
    "a, b = 1, @@",
    "puts(1) && @@",
    "def self.x = @@",
    "END { @@ }",
  ],
};

const perl: Places = {
  attacks: ["system('id')", "`id`", "eval '1'", "unlink('x')", "qx{id}", "exec('id')", "s/a/system('id')/e"],
  around: [
    "@@;",
    "my $x = 1; my $y = @@; print $y;",
    'print "a @{[ @@ ]} b";',
    "sub f { my ($a) = @_; return @@ } f(1);",
    "print map { @@ } 1..3;",
    "my %h = (a => 1, b => @@); print $h{a};",
    "my $f = sub { @@ }; print 1;",
    "print 1 if @@;",
    "for my $i (@@) { print $i }",
    "while (@@) { last }",
    "print $x[@@], $h{'a' . @@};",
    "BEGIN { @@ }",
    "my @a = (1, 2, @@);",
    "print 4 / 2; @@; print 6 / 3;",
    "if (/a/) { 1 } elsif (@@) { 2 } else { 3 }",
    "print 'text', q(a (b)), @@;",
    "print <<A . @@;\ntext\nA",
    "$x =~ s{a}{ @@ }gex;",
    "'# not a comment'; @@; # comment",
    "=pod\n\ntext\n\n=cut\n\n@@;",
    "return unless @@;",
    "print $x ? @@ : 1;",
    "my $s = { a => [@@] };",
    "do { @@ } while 0;",
    "eval { @@ }; print 1;",
  ],
};

const php: Places = {
  attacks: [
    "system('id')",
    "`id`",
    "unlink('x')",
    "call_user_func('exec', 'id')",
    "('sys' . 'tem')('id')",
    "eval('1;')",
  ],
  around: [
    "@@;",
    "$x = 1; $y = @@; echo $y;",
    'echo "a {$f[@@]} b";',
    "function f($a = 1) { return @@; } f();",
    "echo array_sum(array_map(fn($x) => @@, [1]));",
    "if (@@) { echo 1; } else { echo 2; }",
    "foreach ([@@] as $k => $v) { echo $v; }",
    "class A { function m() { return @@; } }",
    "echo ['a' => 1, 'b' => @@]['a'];",
    "echo $x ? @@ : 1;",
    "$f = function () use ($x) { @@; };",
    "<?php echo 1; ?> text <?= @@ ?>",
    "echo <<<A\n text {$x[@@]}\nA;",
    "'// not a comment'; @@; // comment",
    "/* a */ @@; # b",
    "try { @@; } catch (Exception $e) { } finally { }",
    "return match(1) { 1 => @@, default => 2 };",
  ],
};

const lua: Places = {
  attacks: ["os.execute('id')", "io.popen('id')", "os.remove('x')", "load('1')()", "_G['os']['execute']('id')"],
  around: [
    "local x = @@",
    "print(1, @@)",
    "local function f(a) return @@ end f()",
    "for i = 1, @@ do print(i) end",
    "local t = { a = 1, b = @@, [@@] = 2 }",
    "if @@ then print(1) else print(2) end",
    "while @@ do break end",
    "print('text' .. tostring(@@))",
    "print [[text]] x = @@",
    "--[[ text ]] x = @@ -- text",
    "local t = setmetatable({}, { __index = function() return @@ end })",
    "repeat x = @@ until true",
  ],
};

const languages: readonly (readonly [Language, Places])[] = [
  ["python", python],
  ["javascript", javascript],
  ["ruby", ruby],
  ["perl", perl],
  ["php", php],
  ["lua", lua],
];

describe.for(languages)("%s", ([language, { attacks, around }]) => {
  const kindsOf = (text: string): readonly string[] =>
    readCode(language, text)
      .findings.map(({ kind, ...rest }) =>
        "what" in rest && rest.what.startsWith("cannot be read") ? "unreadable" : kind,
      )
      .filter((kind) => kind !== "read");

  test.for(around)("%s", (program) => {
    expect(kindsOf(program.replaceAll("@@", "1"))).toEqual([]);
    for (const attack of attacks) {
      const own = kindsOf(attack);
      expect(own).not.toEqual([]);
      expect(own).not.toContain("unreadable");
      expect(kindsOf(program.replaceAll("@@", attack))).toEqual(expect.arrayContaining([...own]));
    }
  });
});
