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

# What the tests need besides: real servers and clients to compare with, a terminal to type in.
# shellcheck disable=SC2034
test_packages='
postfix             /usr/lib/postfix/sbin/master
sasl2-bin           /usr/sbin/saslpasswd2
libsasl2-modules    /usr/lib/*/sasl2/libplain.so
libsasl2-modules-db /usr/lib/*/sasl2/libsasldb.so
dovecot-core        /usr/sbin/dovecot
openssl             /usr/bin/openssl
swaks               /usr/bin/swaks
libnet-ssleay-perl  /usr/lib/*/perl5/*/Net/SSLeay.pm
libauthen-sasl-perl /usr/share/perl5/Authen/SASL.pm
libdigest-hmac-perl /usr/share/perl5/Digest/HMAC_MD5.pm
gsasl               /usr/bin/gsasl
curl                /usr/bin/curl
msmtp               /usr/bin/msmtp
telnet              /usr/bin/telnet
tcpdump             /usr/bin/tcpdump
python3             /usr/bin/python3
tmux                /usr/bin/tmux
strace              /usr/bin/strace
procps              /usr/bin/ps
time                /usr/bin/time
shellcheck          /usr/bin/shellcheck
libnss-wrapper      /usr/lib/*/libnss_wrapper.so
libgnutls-dane0     /usr/lib/*/libgnutls-dane.so.0
libldap-2.5-0       /usr/lib/*/libldap-2.5.so.0
libmariadb3         /usr/lib/*/libmariadb.so.3
libpq5              /usr/lib/*/libpq.so.5
libspf2-2           /usr/lib/*/libspf2.so.2
'

# What the tests run without installing it, because it cannot be installed beside Postfix; unpacked into .build/peers. The
# last packages above are what it needs.
unpacked_packages=exim4-daemon-heavy

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

# Keeps Dovecot, which the tests start by themselves, from being a service of this machine.
disable_dovecot() {
  as_root systemctl --quiet disable dovecot.service dovecot.socket || :
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
      as_root env DEBIAN_FRONTEND=noninteractive SYSTEMD_OFFLINE=1 apt-get "${options[@]}" -y \
        --no-install-recommends install "${missing[@]}" &&
      case " ${missing[*]} " in *' dovecot-core '*) disable_dovecot ;; esac
  } </dev/null >"$log" 2>&1 || {
    cat "$log" >&2
    rm -f "$log"
    say 'the installation failed'
    return 69
  }
  rm -f "$log"
}

# Unpacks packages that are not there yet into a directory each below $1.
unpack_packages() {
  local peers=$1 package place
  for package in $unpacked_packages; do
    [ -d "$peers/$package" ] && continue
    command -v apt-get >/dev/null || return 0
    say "unpacking $package"
    place=$(mktemp -d)
    # A failure costs the tests with this peer, which say so; it is no reason to run none.
    if (
      cd "$place" || exit
      apt-get -qq download "$package" || { as_root apt-get -qq update && apt-get -qq download "$package"; } || exit
      dpkg-deb -x ./*.deb unpacked
    ) >"$place/log" 2>&1; then
      mkdir -p "$peers"
      mv "$place/unpacked" "$peers/$package"
    else
      cat "$place/log" >&2
    fi
    rm -rf "$place"
  done
}

require_swift() {
  command -v swift >/dev/null && return 0
  say 'Swift 6.3 or later is needed: https://www.swift.org/install/linux/'
  return 69
}
