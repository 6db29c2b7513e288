# Sourced by the scripts that need programs from Debian.

# debian PACKAGE...: installs what is missing on this machine, and says so.
debian() {
  local sudo=
  [ "$(id -u)" = 0 ] || sudo=sudo
  echo "Installing $* from Debian's packages (about a minute)"
  { $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends "$@"; } >/dev/null || {
    echo "error: apt could not install $*; install it by hand and run this again" >&2
    exit 1
  }
}
