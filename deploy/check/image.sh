#!/usr/bin/env bash
# deploy/check/image.sh BINARY: starts what the image would have as a cluster does, without an engine for containers: its file
# system alone and not to be written to, its user, no capability, a network of its own. Then it is asked whether it is
# ready, by itself, and stopped.
set -euo pipefail
binary=$(realpath "$1")
cd "$(dirname "$0")"
export PATH="$PATH:/usr/sbin:/sbin"
if [ "$(id -u)" != 0 ] || ! command -v ip >/dev/null || ! unshare --mount --net --pid --fork true 2>/dev/null; then
  echo "image: NOT CHECKED, as that takes root, iproute2 and namespaces of its own"
  exit 0
fi
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
../root.sh "$binary" "$root/image"

inside='
root=$1 id=65532
ip link set lo up
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t tmpfs -o mode=1777 tmp "$root/tmp"
mount -t tmpfs -o mode=700,uid=$id,gid=$id state "$root/var/lib/crowsnest"
# As in Containerfile and in the chart. Takes the place of the shell that it is called in.
crowsnest() {
  exec env -i PATH="$PATH" XDG_CONFIG_HOME=/etc CROWSNEST_STORE=/var/lib/crowsnest/crowsnest.db \
    CROWSNEST_LISTEN=0.0.0.0:3000 CROWSNEST_METRICS_LISTEN=0.0.0.0:9464 \
    CROWSNEST_SIGN_IN=password CROWSNEST_PUBLIC_URL=https://crowsnest.example.com \
    setpriv --no-new-privs chroot --userspec=$id:$id "$root" /usr/bin/crowsnest "$@"
}
'
unshare --mount --net --pid --fork --kill-child bash -euo pipefail -c "$inside"'
# Starts it, waits until it says that it is ready, and ends it.
walk() {
  crowsnest >"$root/../log" 2>&1 & server=$!
  for _ in $(seq 100); do
    (crowsnest ready) >"$root/../said" 2>&1 && break
    kill -0 $server || break
    sleep 0.1
  done
  grep -qx ready "$root/../said" || { cat "$root/../log" "$root/../said" >&2; exit 1; }
  kill -TERM $server
  wait $server || { echo "image: it did not end well" >&2; cat "$root/../log" >&2; exit 1; }
}
walk
owner=$(stat -c "%u %a" "$root/var/lib/crowsnest/crowsnest.key")
[ "$owner" = "$id 600" ] || { echo "image: the key is for $owner" >&2; exit 1; }
# On a system that was just laid out.
mount -t tmpfs none "$root/etc/ssl"
walk
grep -q "this system has no certificate authorities" "$root/../log" || { echo "image: nothing is said of authorities" >&2; exit 1; }
' image "$root/image"
echo "image: starts as uid 65532 on a read-only root of $(du -sm "$root/image" | cut -f 1) MiB, is ready, and stops"
