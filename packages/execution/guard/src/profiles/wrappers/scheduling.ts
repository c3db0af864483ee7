// Programs that change when, where or how fast the rest of their words runs, and nothing else.
import { type Arg, known } from "../../arg.ts";
import { grammar } from "../../options.ts";
import type { Profile } from "../../profile.ts";
import { runWrapped, type WrapperForm } from "../_wrapper.ts";

const words = (text: string) => grammar(`${text} help version`, { posix: true });
const plain: WrapperForm = { options: words("h V") };
const anything = /^-/;
const number = /^-{1,2}\d+$/;

// A priority may be left out where the policy has only one.
const priority = ([first]: readonly Arg[]): number =>
  /^\d+$/.test((first === undefined ? undefined : known(first)) ?? "x") ? 1 : 0;

const timeout: WrapperForm = {
  options: words("k,kill-after= s,signal= v,verbose p,preserve-status f,foreground"),
  before: 1,
};
const time: WrapperForm = {
  options: words("f,format= o,output= a,append p,portability q,quiet v,verbose l h V"),
  writes: ["output"],
};

const forms: Readonly<Record<string, WrapperForm>> = {
  nohup: plain,
  setsid: { options: words("c,ctty f,fork w,wait h V") },
  nice: { options: words("n,adjustment="), also: number },
  ionice: { options: words("c,class= n,classdata= p,pid= P,pgid= u,uid= t,ignore h V"), alone: ["pid", "pgid", "uid"] },
  chrt: {
    options: words(
      "a,all-tasks b,batch d,deadline e,ext f,fifo i,idle o,other r,rr R,reset-on-fork T,sched-runtime= P,sched-period= D,sched-deadline= m,max p,pid v,verbose h V",
    ),
    alone: ["pid", "max"],
    before: priority,
  },
  taskset: { options: words("a,all-tasks p,pid c,cpu-list h V"), alone: ["pid"], before: 1 },
  timeout,
  gtimeout: timeout,
  stdbuf: { options: words("i,input= o,output= e,error=") },
  gstdbuf: { options: words("i,input= o,output= e,error=") },
  gnice: { options: words("n,adjustment="), also: number },
  gnohup: plain,
  time,
  gtime: time,
  unbuffer: { options: words("p") },
  chronic: { options: words("v e h") },
  caffeinate: { options: words("d i m s u t= w= h") },
  faketime: { options: words("m f p= h v exclude-monotonic date-prog= disable-fork"), before: 1 },
  datefudge: { options: words("s,static v q"), before: 1 },
  numactl: {
    options: words(
      "a,all i,interleave= w,weighted-interleave= p,preferred= P,preferred-many= N,cpunodebind= C,physcpubind= m,membind= l,localalloc b,balancing s,show H,hardware O,offset= L,length= S,shm= f,file= M,shmmode= T,strict t,touch D,dump-nodes d,dump u,huge",
    ),
    alone: ["show", "hardware"],
  },
  cgexec: { options: words("g= sticky b r"), before: 0 },
  prlimit: {
    options: words(
      "p,pid= o,output= noheadings raw verbose c,core=? d,data=? e,nice=? f,fsize=? i,sigpending=? l,memlock=? m,rss=? n,nofile=? q,msgqueue=? r,rtprio=? s,stack=? t,cpu=? u,nproc=? v,as=? x,locks=? y,rttime=? h V",
    ),
    alone: ["pid"],
  },
  cpulimit: {
    options: words(
      "l,limit= p,pid= e,exe= P,path= b,background f,foreground c,cpu= k,kill r,restore s,signal= q,quiet v,verbose z,lazy i,include-children m,monitor-forks h",
    ),
    alone: ["pid", "exe", "path"],
  },
  choom: { options: words("n,adjust= p,pid= h V"), alone: ["pid"] },
  schedtool: { options: words("0 1 2 3 4 5 N B F R D E I M= p= a= n= e r v h") },
  nocache: { options: words("n= D= f m") },
  eatmydata: plain,
  trickle: { options: words("s d= u= w= t= l= n= p= v h V") },
  "dumb-init": { options: words("c,single-child r,rewrite= v,verbose q,quiet h V") },
  tini: { options: words("p= s g w v vv vvv h e= l") },
  catatonit: { options: words("P g L V h") },
  "systemd-inhibit": { options: words("what= who= why= mode= list no-pager no-legend h") },
  "systemd-cat": { options: words("t,identifier= p,priority= stderr-priority= level-prefix= namespace= h") },
  "gnome-session-inhibit": { options: words("app-id= reason= inhibit= inhibit-only l,list h") },
  "xvfb-run": {
    options: words(
      "a,auto-servernum d,auto-display e,error-file= f,auth-file= h n,server-num= l,listen-tcp p,xauth-protocol= s,server-args= w,wait=",
    ),
    writes: ["error-file", "auth-file"],
  },
  "dbus-run-session": { options: words("config-file= dbus-daemon=") },
  winpty: { options: words("mouse showkey"), also: anything },
  rlwrap: {
    options: words(
      "a,always-readline=? A,ansi-colour-aware=? b,break-chars= c,complete-filenames C,command-name= D,history-no-dupes= e,extra-char-after-completion= f,file= F,forget-matching= g,forget-regexp= H,history-filename= i,case-insensitive I,pass-sigint-as-sigterm l,logfile= m,multi-line=? M,multi-line-ext= n,no-warnings N,no-children o,one-shot O,only-cook= p,prompt-colour=? P,pre-given= q,quote-characters= r,remember R,renice s,histsize= S,substitute-prompt= t,set-term-name= v,version w,wait-before-prompt= W,polling=? z,filter=",
    ),
    writes: ["logfile", "history-filename"],
  },
};

export const profile: Profile = {
  names: Object.keys(forms),
  summary: "runs a command at another time, priority, limit or place of the processor",
  judge: (call, on) => {
    const form = forms[call.name] ?? plain;
    // `rlwrap -z FILTER` starts a program of its own.
    if (call.name === "rlwrap" && call.args.some(({ text }) => /^-[a-zA-Z]*z|^--filter/.test(text)))
      return on.join(
        on.effect("code-injection.tool-exec", "start a filter for every line"),
        runWrapped(call, on, form),
      );
    return runWrapped(call, on, form);
  },
  matches: [
    { line: "nohup sudo apt upgrade &", decision: "deny", effect: "privilege.elevate" },
    { line: "nice -n 19 sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "nice -19 sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "timeout -k 5 --signal=KILL 60 sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "chrt -b 0 sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "taskset -c 0 sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "command time -o t.txt nohup nice setsid sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "stdbuf -oL bash -c 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "nice rm -rf dist", decision: "rewrite", effect: "delete.trash" },
    { line: "timeout --frob 5 true", decision: "ask", effect: "unknown.option" },
  ],
  spares: [
    "timeout 60 true",
    "nice -n 10 true",
    "ionice -c3 true",
    "setsid -f true",
    "taskset -p 123",
    "stdbuf -oL echo ok",
  ],
};
