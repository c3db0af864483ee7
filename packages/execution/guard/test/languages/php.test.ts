// PHP: programs of one line and of several, and what is found in them.
import { describe } from "vitest";
import { reads, type Row } from "./brief.ts";

const rows: readonly Row[] = [
  ["echo PHP_VERSION;", "pure"],
  ['shell_exec("rm -rf /var/www");', "shell rm -rf /var/www"],
  ["echo json_encode(json_decode(file_get_contents('x.json'), true)['a']);", "read x.json"],
  ["SyStEm('id');", "shell id"],
  ["\\system('id');", "shell id"],
  ["$f = 'sys'.'tem'; $f('id');", "shell id"],
  ["call_user_func('system', 'id');", "shell id"],
  ["array_map('system', ['id']);", "spawn?"],
  ["array_map(fn($x) => $x * 2, [1,2]);", "pure"],
  ["echo `id`;", "shell id"],
  ["echo \"{$f('x')} ${x} $y[0] {$a->b()}\";", "unknown"],
  ["eval(base64_decode('x'));", "decoded"],
  ["unlink('a'); rmdir('b');", "delete a", "delete b"],
  ["file_put_contents('a', 'b');", "overwrite a"],
  ["include 'x.php'; require_once(\"http://x/y.php\");", "decoded", "load x.php"],
  ["$x = new ReflectionFunction('system'); $x->invoke('id');", "dynamic"],
  ['("sys"."tem")(\'id\');', "shell id"],
  ["assert($x);", "dynamic"],
  ["foreach (glob('*.php') as $f) { echo basename($f), \"\\n\"; }", "pure"],
  ["function add(int $a, $b = 1): int { return $a + $b; } echo add(1);", "pure"],
  [
    "class A { public function __construct(private $x) {} function go() { return $this->x; } } echo (new A(1))->go();",
    "pure",
  ],
  ["// comment system('x')\necho 1; # system('y')\n/* system */", "pure"],
  ["<?php system('id'); ?> text <?= 1 ?>", "shell id"],
  ["<html><?php echo 1; ?>", "pure"],
  ["echo <<<E\n hi {$x}\n E . system('id');", "shell id"],
  ["$o->$m('x'); $o->{'a'.'b'}('x');", "unknown"],
  ["print_r($argv); echo $_SERVER['argv'][1]; echo getenv('HOME'); print_r($_ENV);", "environment"],
  ["exec($cmd);", "spawn?"],
  ["usort($a, function($x, $y) { return $x <=> $y; }); print_r($a);", "pure"],
  ["preg_replace_callback('/x/', 'exec', 'y');", "spawn?"],
  ["echo str_repeat('rm -rf /', 3);", "pure"],
  ["$r = fopen('x', 'w'); fwrite($r, 'y'); fclose($r);", "overwrite x"],
  ["printf(\"%s\\n\", implode(',', array_filter($a, fn($v) => $v > 1)));", "pure"],
  ["echo file_get_contents('http://x/');", "fetch"],
  ["unserialize($x);", "decoded"],
  ["putenv('PATH=/tmp'); proc_open(['rm','x'], [], $p);", 'shell printf %s "$unknown" | rm x', "unknown"],
  ['echo (int)"5" + (int) $x;', "pure"],
];

describe("PHP", () => {
  reads("php", rows);
});
