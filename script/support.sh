# shellcheck shell=bash
# What every script here shares: where things are, how they speak, which tools they use.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
export root
own="$root/.run"
export own
mkdir -p "$own"

# The features that the tests' app is built with. One set for lints, tests and the window, so that the several hundred
# crates below us are compiled once.
test_features=custom-protocol,test-clock
export test_features

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  bold=$'\e[1m' dim=$'\e[2m' green=$'\e[32m' red=$'\e[31m' plain=$'\e[0m'
else
  bold='' dim='' green='' red='' plain=''
fi
export bold dim green red plain
# Nor the colours of others, where nobody looks at a terminal.
[ -t 1 ] || export NO_COLOR=1 FORCE_COLOR=0 CARGO_TERM_COLOR=never

# A bare system has no language set, and words here are UTF-8.
export LANG=${LANG:-C.UTF-8}

say() { printf '%s\n' "$*"; }
heading() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
fail() {
  printf '%s%s%s\n' "$red" "$*" "$plain" >&2
  exit 1
}

# Private copies win over older ones on the machine; with neither folder this changes nothing.
use_private_tools() {
  if [ -x "$own/rust/bin/cargo" ]; then
    export CARGO_HOME="$own/rust" RUSTUP_HOME="$own/rust/rustup" PATH="$own/rust/bin:$PATH"
  fi
  if [ -x "$own/node/bin/node" ]; then
    export PATH="$own/node/bin:$PATH"
  fi
  # Node trusts its own list alone; in an office whose gateway signs for others, the system's list is the one that works.
  if [ -r /etc/ssl/certs/ca-certificates.crt ]; then
    export NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt}
  fi
}
use_private_tools

# version_at_least HAVE WANT
version_at_least() {
  [ -n "$1" ] && [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

# Where cargo puts what it builds.
target_dir() { printf '%s' "${CARGO_TARGET_DIR:-$root/target}"; }

# run_npm FOLDER ARGUMENTS…
run_npm() {
  local folder=$1
  shift
  (cd "$folder" && npm --no-fund --no-audit --no-update-notifier "$@")
}

# The packages of FOLDER as its lock file has them; a stamp says when they already stand.
install_npm() {
  local folder=$1 stamp want
  stamp="$own/stamps/$(printf '%s' "$folder" | tr '/' '-')"
  want=$(cat "$folder/package-lock.json" <(node --version) | sha256sum)
  [ -d "$folder/node_modules" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$want" ] && return
  say "Installing the packages of $folder …"
  # Asked for in conditions, where a failure ends nothing by itself.
  run_npm "$folder" ci --loglevel=error || return 1
  mkdir -p "$own/stamps"
  printf '%s\n' "$want" >"$stamp"
}

# The built page, when its sources changed since the last time.
build_ui() {
  local stamp="$own/stamps/ui-dist" want
  want=$(find ui -path ui/node_modules -prune -o -path ui/dist -prune -o -type f -print0 | sort -z |
    xargs -0 sha256sum | sha256sum)
  [ -f ui/dist/index.html ] && [ "$(cat "$stamp" 2>/dev/null)" = "$want" ] && return
  say "Building the window's page …"
  run_npm ui run --silent build
  mkdir -p "$own/stamps"
  printf '%s\n' "$want" >"$stamp"
}

# The program as people use it.
build_optimised() { cargo build --locked --quiet --release --package wellmet --bin wellmet --features custom-protocol; }

has_display() { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; }
