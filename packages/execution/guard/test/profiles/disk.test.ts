import { describe } from "vitest";
import { linesAre } from "./example-lines.ts";

describe("looking at disks passes", () => {
  linesAre(
    "allow",
    `
    lsblk -f
    df -h
    du -sh node_modules
    blkid
    findmnt --json
    mount
    mount | grep ext4
    mount -t tmpfs
    swapon --show
    losetup -a
    fdisk -l
    fdisk -l /dev/sda
    sfdisk -d /dev/sda > dist/layout.txt
    sgdisk -p /dev/sda
    parted -l
    parted -s /dev/sda print
    parted /dev/sda unit MiB print free
    wipefs /dev/sda
    wipefs -n /dev/sda
    partx -s /dev/sda
    tune2fs -l /dev/sda1
    dumpe2fs -h /dev/sda1
    e2fsck -n /dev/sda1
    fsck -N
    xfs_info /
    smartctl -a /dev/sda
    smartctl --scan
    hdparm -I /dev/sda
    nvme list
    nvme smart-log /dev/nvme0n1 -o json
    mdadm --detail --scan
    lvs --units g
    vgs
    pvs -o +pv_used
    cryptsetup luksDump /dev/sda2
    zpool status -v
    zfs list -o name,used
    zfs get all tank
    btrfs filesystem show
    btrfs subvolume list /
    dmsetup ls --tree
    efibootmgr
    efibootmgr -v
    bootctl status
    diskutil list
    diskutil info disk0
    diskutil apfs list
    hdiutil info
    dd if=/dev/zero of=dist/test.img bs=1M count=64
    dd if=/dev/urandom of=dist/key.bin bs=32 count=1 status=none
    dd if=/dev/urandom bs=16 count=1 2>/dev/null | xxd -p
    dd if=src/a.ts bs=1 skip=10 count=20
    fallocate -l 1G dist/swap.img
    mkfs.ext4 --help
    yes | head -2 > dist/y
    yes y | npm test
    cat /dev/urandom | head -c 16 > dist/r
    head -c 16 /dev/urandom > dist/r
    cat /dev/zero > /dev/null
    grep -rn mkfs docs
    badblocks -v /dev/sda
    `,
  );
});

describe("writing disks is refused", () => {
  linesAre(
    "deny",
    `
    dd if=/dev/zero of=/dev/sda
    dd of=/dev/disk2 if=x.img
    dd if=x.img | dd of=/dev/sdb
    cat x.img | dd of=/dev/sdb bs=4M
    dd if=/dev/zero of=/dev/mapper/vg-root
    D=/dev/sda; dd if=/dev/zero of=$D
    dd if=/dev/zero of=$DISK bs=1M oflag=direct conv=fsync "$X"
    dd if=/dev/zero of=/tmp/fill bs=1M
    dd if=/dev/zero of=fill bs=1G count=500
    dd if=/dev/urandom of=src/a.ts bs=1k count=4
    dd if=/dev/null of=/etc/passwd
    yes > big
    yes | dd of=big
    cat /dev/zero > big
    cat < /dev/urandom >> big
    mkfs.ext4 /dev/sdb1
    mkfs -t ext4 /dev/sdb1
    mkfs.xfs -f /dev/nvme0n1p2
    mkswap /dev/sda2
    newfs /dev/ada0
    fdisk /dev/sda
    echo -e 'd\\nw' | fdisk /dev/sda
    fdisk -l -w always /dev/sda; fdisk /dev/sda
    parted /dev/sda rm 1
    parted -s /dev/sda mklabel gpt mkpart primary 0% 100%
    parted -s /dev/sda print rm 1
    sgdisk -Z /dev/sda
    sgdisk -o /dev/sda
    sfdisk /dev/sda < dist/layout.txt
    sfdisk --delete /dev/sda 1
    gdisk /dev/sda
    cfdisk /dev/sda
    partx -d /dev/sda
    partprobe
    kpartx -a disk.img
    wipefs -a /dev/sda
    wipefs --all --force /dev/sda
    wipefs --al /dev/sda
    wipefs -o 0x1 /dev/sda
    blkdiscard /dev/sda
    shred /dev/sda
    shred -u src/a.ts
    shred -n 3 -z src/a.ts
    srm src/a.ts
    wipe -rf src
    scrub src/a.ts
    nwipe --autonuke
    hdparm --security-erase NULL /dev/sda
    hdparm --trim-sector-ranges 0:1 /dev/sda
    hdparm -W0 /dev/sda
    nvme format /dev/nvme0n1
    nvme sanitize /dev/nvme0
    nvme write-zeroes /dev/nvme0n1
    sg_format --format /dev/sda
    sg_write_buffer /dev/sda
    mdadm --zero-superblock /dev/sda
    mdadm --create /dev/md0 --level=1 /dev/sda /dev/sdb
    mdadm --stop /dev/md0
    lvremove -y vg0/data
    lvreduce -L 1G vg0/data
    lvm lvremove vg0/data
    vgremove vg0
    pvremove /dev/sda
    pvcreate /dev/sda
    cryptsetup luksFormat /dev/sda
    cryptsetup erase /dev/sda
    cryptsetup luksKillSlot /dev/sda 0
    cryptsetup open /dev/sda x
    zpool destroy tank
    zpool create tank /dev/sda
    zfs destroy -r tank/home
    zfs rollback tank/home@x
    btrfs subvolume delete /home
    btrfs device remove /dev/sda /
    dmsetup remove x
    dmsetup wipe_table x
    losetup -d /dev/loop0
    losetup /dev/loop0 disk.img
    losetup -fP disk.img
    mount /dev/sda1 /mnt
    mount -o bind / /mnt
    mount -a
    mount -t tmpfs tmpfs /mnt
    umount /home
    umount -a
    swapoff -a
    swapon /dev/sda2
    sshfs host:/x mnt
    mount.nfs a:/b /mnt
    udisksctl mount -b /dev/sda1
    debugfs -w /dev/sda1
    tune2fs -m 0 /dev/sda1
    resize2fs /dev/sda1
    badblocks -w /dev/sda
    badblocks -nvs /dev/sda
    e2fsck -p /dev/sda1
    fsck -y /dev/sda1
    fsck.ext4 /dev/sda1
    xfs_repair /dev/sda1
    xfs_growfs /
    fstrim -v /
    grub-install /dev/sda
    update-grub
    efibootmgr -o 1,2
    flashrom -w x.rom
    fwupdmgr update
    diskutil eraseDisk APFS x disk2
    diskutil secureErase 0 disk2
    diskutil partitionDisk disk2 GPT JHFS+ x 100%
    diskutil apfs deleteVolume disk1s1
    diskutil zeroDisk disk2
    asr restore --source x.dmg --target /Volumes/y --erase
    blockdev --setro /dev/sda
    fallocate -l 5T big
    ddrescue /dev/sda /dev/sdb
    `,
  );
});
