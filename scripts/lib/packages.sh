# shellcheck shell=bash
# What has to be installed, and how: for scripts/parley and scripts/test, which read this file.
#
# A table has one line a package: the Debian package, and a path (a pattern) that exists once it is installed.
# Looking for a path costs microseconds; asking dpkg or apt would cost more than everything else the scripts do.

# What building and running parley needs.
# shellcheck disable=SC2034
build_packages='
libssl-dev          /usr/include/openssl/ssl.h
libncursesw5-dev    /usr/include/ncursesw/curses.h
libidn2-dev         /usr/include/idn2.h
libstdc++-12-dev    /usr/lib/gcc/*/*/libstdc++.a
libc6-dev           /usr/include/stdio.h
binutils            /usr/bin/ld.gold
git                 /usr/bin/git
ca-certificates     /etc/ssl/certs/ca-certificates.crt
'

# What the tests need besides: a real Postfix, other clients to compare with, a terminal to type in.
# shellcheck disable=SC2034
test_packages='
postfix             /usr/lib/postfix/sbin/master
sasl2-bin           /usr/sbin/saslpasswd2
libsasl2-modules    /usr/lib/*/sasl2/libplain.so
libsasl2-modules-db /usr/lib/*/sasl2/libsasldb.so
openssl             /usr/bin/openssl
swaks               /usr/bin/swaks
libnet-ssleay-perl  /usr/lib/*/perl5/*/Net/SSLeay.pm
curl                /usr/bin/curl
msmtp               /usr/bin/msmtp
python3             /usr/bin/python3
tmux                /usr/bin/tmux
strace              /usr/bin/strace
procps              /usr/bin/ps
time                /usr/bin/time
shellcheck          /usr/bin/shellcheck
'

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

# Prints the packages of the table $1 that are not installed.
missing_packages() {
  local package path
  while read -r package path; do
    # shellcheck disable=SC2086
    [ -z "$package" ] || compgen -G $path >/dev/null || printf '%s\n' "$package"
  done <<<"$1"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# Answers Postfix's installer with "No configuration": no main.cf is written, so that no daemon starts.
prepare_postfix_install() {
  echo 'postfix postfix/main_mailer_type select No configuration' | as_root debconf-set-selections
}

# Installs what is missing from the table $1; does nothing, at once, when nothing is.
install_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$1")
  [ "${#missing[@]}" -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null; then
    say "please install (these are Debian's names): ${missing[*]}"
    return 69
  fi
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    say "please run as root: apt-get install ${missing[*]}"
    return 69
  fi
  say "installing ${missing[*]}"
  local options=(-qq -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0)
  local log
  log=$(mktemp)
  {
    as_root apt-get "${options[@]}" update &&
      case " ${missing[*]} " in *' postfix '*) prepare_postfix_install ;; esac &&
      as_root env DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" -y --no-install-recommends install \
        "${missing[@]}"
  } </dev/null >"$log" 2>&1 || {
    cat "$log" >&2
    rm -f "$log"
    say 'the installation failed'
    return 69
  }
  rm -f "$log"
}

require_swift() {
  command -v swift >/dev/null && return 0
  say 'Swift 6.3 or later is needed: https://www.swift.org/install/linux/'
  return 69
}
