# Bare Debian systems in folders, for scripts/test-arm64 and scripts/test-package, which read this file. Needs root.
# CHROOT_CACHE is where they are kept, CHROOT_MIRROR where Debian comes from: otherwise this machine's own mirror.
cache=${CHROOT_CACHE:-/var/cache/lintel-test}
work=$cache/work.$$
root=$work/root
box=
# The system of a packaged Lintel, by its own words.
unit=lib/systemd/system/lintel.service

stop() {
  echo "FAILED: $*" >&2
  exit 1
}

needs() {
  missing=
  for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair#*:}"
  done
  [ -z "$missing" ] || { echo "This needs:$missing. sudo apt-get install$missing" >&2; exit 69; }
  [ "$(id -u)" = 0 ] || { echo "needs root: sudo $0 $*" >&2; exit 77; }
}

clean() {
  if [ -n "$box" ]; then
    kill "$box" 2>/dev/null || true
    # A container that is still starting does not listen.
    for _ in $(seq 20); do
      kill -0 "$box" 2>/dev/null || break
      sleep 1
    done
    kill -9 "$box" 2>/dev/null || true
    wait "$box" 2>/dev/null || true
  fi
  ! mountpoint -q "$root/proc" || umount "$root/proc"
  # Never into a file system that is still mounted there.
  if [ -n "${CHROOT_KEEP:-}" ]; then echo "kept: $work" >&2; else rm -rf --one-file-system "$work"; fi
}

# So that programs for arm64 run here, as on a Cortex-A72, the processor of a Raspberry Pi 4.
emulate() {
  [ "$(dpkg --print-architecture)" != arm64 ] || return 0
  needs qemu-aarch64-static:qemu-user-static
  QEMU_CPU=cortex-a72
  export QEMU_CPU
  [ -e /proc/sys/fs/binfmt_misc/register ] || mount -t binfmt_misc none /proc/sys/fs/binfmt_misc
  [ -e /proc/sys/fs/binfmt_misc/qemu-aarch64 ] || cat /usr/lib/binfmt.d/qemu-aarch64.conf >/proc/sys/fs/binfmt_misc/register
}

# Makes $root a fresh copy of a bare Debian: fresh_root bookworm arm64. The first time it is fetched. With a third word, such as
# "systemd-sysv, dbus", a copy of one that has these packages as well.
fresh_root() {
  bare=$cache/$1-$2
  if [ ! -e "$bare.whole" ]; then
    mirror=${CHROOT_MIRROR:-$(apt-get indextargets --format '$(SITE) $(CODENAME)' 'Created-By: Packages' 'Origin: Debian' \
      | awk '$2 !~ /-/ {print $1; exit}')}
    [ -n "$mirror" ] || stop "this machine names no mirror of Debian: set CHROOT_MIRROR"
    echo "Making a bare Debian $1 for $2 in $bare"
    mkdir -p "$cache"
    rm -rf "$bare"
    debootstrap --arch="$2" --variant=minbase "$1" "$bare" "$mirror" >"$bare.log" 2>&1 || stop "debootstrap: see $bare.log"
    touch "$bare.whole"
  fi
  if [ -n "${3:-}" ]; then
    with=$bare-$(echo "$3" | cksum | cut -d' ' -f1)
    if [ ! -e "$with.whole" ]; then
      echo "Making one that has: $3"
      copy_of "$bare"
      inside apt-get update -qq >"$work/apt.log" 2>&1 || stop "apt-get update: $(tail -n 5 "$work/apt.log")"
      inside apt-get satisfy -y -q --no-install-recommends "$3" >"$work/apt.log" 2>&1 \
        || stop "apt-get satisfy: $(tail -n 5 "$work/apt.log")"
      umount "$root/proc"
      rm -rf "$with"
      mv "$root" "$with"
      touch "$with.whole"
    fi
    bare=$with
  fi
  copy_of "$bare"
}

copy_of() {
  if mountpoint -q "$root/proc"; then umount "$root/proc"; fi
  rm -rf --one-file-system "$work"
  mkdir -p "$work"
  cp -a "$1" "$root"
  cp /etc/resolv.conf /etc/hosts "$root/etc/"
  # Authorities that this machine believes besides, as for a proxy in its network.
  [ ! -d /usr/local/share/ca-certificates ] || cp -r /usr/local/share/ca-certificates "$root/usr/local/share/"
  mount -t proc proc "$root/proc"
}

inside() {
  chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    ${QEMU_CPU:+QEMU_CPU=$QEMU_CPU} "$@"
}

# Installs a package as its user does.
install_deb() {
  echo "Installing $(basename "$1")"
  cp "$1" "$root/tmp/"
  rc=0
  inside apt-get install -y -q --no-install-recommends "/tmp/$(basename "$1")" >"$work/apt.log" 2>&1 || rc=$?
  [ "$rc" = 0 ] || tail -n 20 "$work/apt.log" >&2
  return "$rc"
}

# Starts what the unit starts, with its environment and as its user; the box's process is $box, its log $work/box.log.
start_box() {
  inside install -d -o lintel -g lintel -m 700 /var/lib/lintel /var/cache/lintel
  # shellcheck disable=SC2046 # words
  chroot "$root" setpriv --reuid=lintel --regid=lintel --init-groups \
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 ${QEMU_CPU:+QEMU_CPU=$QEMU_CPU} \
    $(sed -n 's/^Environment=//p' "$root/$unit") $(grep -v '^ *#' "$root/etc/lintel/lintel.env") \
    $(sed -n 's/^ExecStart=//p' "$root/$unit") >>"$work/box.log" 2>&1 &
  box=$!
}

# await_box URL SECONDS
await_box() {
  end=$(($(date +%s) + $2))
  until curl -sf "$1/ready" >/dev/null; do
    kill -0 "$box" 2>/dev/null || { tail -n 30 "$work/box.log" >&2; stop "the box ended"; }
    [ "$(date +%s)" -lt "$end" ] || { tail -n 30 "$work/box.log" >&2; stop "the box is not ready after $2 s"; }
    # An emulated processor takes a second to answer.
    if [ -n "${QEMU_CPU:-}" ]; then sleep 10; else sleep 1; fi
  done
}

# As systemd stops it; 143 is what Java says then.
stop_box() {
  kill "$box"
  rc=0
  wait "$box" || rc=$?
  box=
  [ "$rc" = 143 ] || [ "$rc" = 0 ] || stop "told to stop, the box ended with $rc"
}

# Boots $root with its own systemd in a container of this machine's network; $box is the container. It may take 120 s, or so many as
# are given.
boot() {
  # A /proc that is there already would be taken for the container's.
  umount "$root/proc"
  SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 systemd-nspawn --quiet --register=no --keep-unit --directory="$root" --boot \
    --resolv-conf=off --console=pipe >"$work/boot.log" 2>&1 </dev/null &
  box=$!
  first=
  for _ in $(seq "${1:-120}"); do
    [ -n "$first" ] || first=$(cat "/proc/$box/task/$box/children" 2>/dev/null | cut -d' ' -f1)
    [ -z "$first" ] || case $(booted systemctl is-system-running 2>/dev/null) in running | degraded) return 0 ;; esac
    sleep 1
  done
  tail -n 20 "$work/boot.log" >&2
  stop "systemd does not come up in the container"
}

booted() {
  nsenter --target "$first" --all env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive "$@"
}

shut_down() {
  booted systemctl poweroff >/dev/null 2>&1 || true
  wait "$box" || true
  box=
}
