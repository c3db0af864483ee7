// System call numbers, from Linux's unistd headers: what the filter refuses outright and what it looks at (S25).

/** Number on x86-64 and on arm64; null where the call does not exist. */
export type CallNumbers = readonly [x64: number | null, arm64: number | null];

/** Refused with EPERM whatever the arguments. */
export const REFUSED: Readonly<Record<string, CallNumbers>> = {
  // keyrings
  keyctl: [250, 219],
  add_key: [248, 217],
  request_key: [249, 218],
  // rings and faults that act outside the filter
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  userfaultfd: [323, 282],
  perf_event_open: [298, 241],
  bpf: [321, 280],
  memfd_secret: [447, 447],
  // other processes' memory and descriptors (S17)
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  process_madvise: [440, 440],
  pidfd_getfd: [438, 438],
  kcmp: [312, 272],
  move_pages: [279, 239],
  migrate_pages: [256, 238],
  // mounts and roots
  mount: [165, 40],
  umount2: [166, 39],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  open_tree: [428, 428],
  open_tree_attr: [467, 467],
  move_mount: [429, 429],
  mount_setattr: [442, 442],
  pivot_root: [155, 41],
  chroot: [161, 51],
  name_to_handle_at: [303, 264],
  open_by_handle_at: [304, 265],
  fanotify_init: [300, 262],
  fanotify_mark: [301, 263],
  // name spaces
  unshare: [272, 97],
  setns: [308, 268],
  // the kernel and the machine
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  create_module: [174, null],
  query_module: [178, null],
  get_kernel_syms: [177, null],
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  swapon: [167, 224],
  swapoff: [168, 225],
  reboot: [169, 142],
  acct: [163, 89],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  syslog: [103, 116],
  settimeofday: [164, 170],
  clock_settime: [227, 112],
  clock_adjtime: [305, 266],
  adjtimex: [159, 171],
  sethostname: [170, 161],
  setdomainname: [171, 162],
  vhangup: [153, 58],
  lookup_dcookie: [212, 18],
  nfsservctl: [180, 42],
  // old x86 doors
  modify_ldt: [154, null],
  iopl: [172, null],
  ioperm: [173, null],
  uselib: [134, null],
  ustat: [136, null],
  sysfs: [139, null],
  _sysctl: [156, null],
  vserver: [236, null],
};

/** Refused with ENOSYS: their arguments lie behind pointers a filter cannot read, and callers fall back. */
export const ABSENT: Readonly<Record<string, CallNumbers>> = {
  clone3: [435, 435],
  openat2: [437, 437],
};

/** Judged by an argument. */
export const JUDGED = {
  clone: [56, 220],
  socket: [41, 198],
  socketpair: [53, 199],
  ioctl: [16, 29],
  personality: [135, 92],
  chmod: [90, null],
  fchmod: [91, 52],
  fchmodat: [268, 53],
  fchmodat2: [452, 452],
  mknod: [133, null],
  mknodat: [259, 33],
  mkdir: [83, null],
  mkdirat: [258, 34],
  creat: [85, null],
  open: [2, null],
  openat: [257, 56],
} as const satisfies Readonly<Record<string, CallNumbers>>;
