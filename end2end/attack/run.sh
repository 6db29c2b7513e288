#!/usr/bin/env bash
# The attack, in a network of its own where every address leads back to this machine: nothing gets out, and whatever
# is called is seen. Arguments go to Playwright.
set -euo pipefail
cd "$(dirname "$0")/.."
. ./debian.sh
[ -x /usr/sbin/ip ] || [ -x /sbin/ip ] || debian iproute2
command -v openssl >/dev/null || debian openssl
export PATH="$PATH:/usr/sbin:/sbin"

network='
ip link set lo up
ip route add local 0.0.0.0/0 dev lo
ip -6 route add local ::/0 dev lo || echo "      no IPv6 on this machine"
mount --bind attack/hosts /etc/hosts
ATTACK_NETWORK=own exec "$@"'
run=(node_modules/.bin/playwright test --config attack/playwright.config.ts "$@")
for own in '--net --mount' '--net --mount --map-root-user'; do
  # shellcheck disable=SC2086
  if unshare $own true 2>/dev/null; then
    # shellcheck disable=SC2086
    exec unshare $own sh -euc "$network" network "${run[@]}"
  fi
done
echo "      no network of its own on this machine: what needs one fails"
exec "${run[@]}"
