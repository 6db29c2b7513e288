#!/usr/bin/env bash
# deploy/root.sh BINARY FOLDER: lays out the whole file system of the image in FOLDER. The binary holds the site; what it
# needs besides is its libraries (none where it is linked statically), the usual certificate authorities, a user that is
# not root, and a folder of its own. No shell, no package manager: nothing else is there to be run.
set -euo pipefail
binary=$1 root=$2
# The number that images without a shell give to whoever is not root. Kubernetes wants a number to believe it.
id=65532

mkdir -p "$root"
[ -z "$(ls -A "$root")" ] || { echo "error: $root is not empty" >&2; exit 1; }
mkdir -p "$root"/{etc/ssl/certs,etc/crowsnest,tmp,usr/bin}
install -m 755 "$binary" "$root/usr/bin/crowsnest"

# Each library under the name that the loader looks for, with what a link leads to.
if libraries=$(ldd "$binary" 2>/dev/null); then
  awk '$2 == "=>" { print $3 } $1 ~ /^\// { print $1 }' <<<"$libraries" | while read -r library; do
    install -D -m 755 "$(readlink -f "$library")" "$root$library"
  done
fi

cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
echo "crowsnest:x:$id:$id::/var/lib/crowsnest:/nologin" >"$root/etc/passwd"
echo "crowsnest:x:$id:" >"$root/etc/group"
# Names from files before the resolver, as everywhere.
echo "hosts: files dns" >"$root/etc/nsswitch.conf"
chmod 1777 "$root/tmp"
# A volume that is put here takes owner and mode from it.
install -d -o $id -g $id -m 700 "$root/var/lib/crowsnest"
