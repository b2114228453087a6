#!/usr/bin/env bash
# Makes sure that what is needed to build Klucznik is there: a C compiler, make, pkg-config, OpenSSL's
# headers and Rust. On Debian and Ubuntu the packages that are missing are installed with apt-get; anywhere
# else it says what to install. Does nothing, and asks for nothing, when all is there.
#   --web       also what the web interface is built with: Node.js and npm
#   --tests     also what it is tested with: Chromium, PostgreSQL, a mail server, another clock and a
#               provider of single sign-on
#   --postgres  of these, PostgreSQL alone
set -euo pipefail
cd "$(dirname "$0")/.."

# Node.js that the interface's tools run on.
NODE=20.19

say() { printf '%s\n' "$*" >&2; }

have() { command -v "$1" >/dev/null 2>&1; }

needed_rust() { sed -n 's/^rust-version *= *"\(.*\)"/\1/p' Cargo.toml | head -n 1; }

# at_least HAVE WANT: whether one version is not below the other.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

is_debian() {
    have apt-get && [ -r /etc/os-release ] && grep -Eq '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release
}

# Runs a command as root, or gives up with what is to be run.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif have sudo && [ -t 0 ]; then
        sudo "$@"
    elif have sudo; then
        sudo -n "$@"
    else
        say "This needs root, and there is no sudo. Run as root, then try again:"
        say "  $*"
        return 1
    fi
}

install() {
    say "Installing: $*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q </dev/null >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" </dev/null >&2
}

# Names of Debian packages that are missing.
missing_packages() {
    have cc || printf 'gcc libc6-dev '
    have make || printf 'make '
    have pkg-config || printf 'pkg-config '
    { have pkg-config && pkg-config --exists 'openssl >= 1.1.1'; } || printf 'libssl-dev '
}

prepare_packages() {
    local missing
    read -ra missing <<<"$(missing_packages)"
    if [ "${#missing[@]}" -eq 0 ]; then
        return
    fi
    if is_debian; then
        install "${missing[@]}"
        return
    fi
    say "Missing. Install with your system's package manager, then try again:"
    say "  a C compiler (gcc or clang), make, pkg-config, and OpenSSL 1.1.1 or newer with its headers"
    say "  Fedora: dnf install gcc make pkgconf-pkg-config openssl-devel"
    say "  Arch:   pacman -S base-devel pkgconf openssl"
    say "  Alpine: apk add build-base pkgconf openssl-dev"
    say "  macOS:  xcode-select --install; brew install pkgconf openssl"
    return 1
}

rust_version() { rustc --version 2>/dev/null | sed -n 's/^rustc \([0-9.]*\).*/\1/p'; }

rust_is_there() {
    local version
    have cargo && have rustc || return 1
    version=$(rust_version)
    [ -n "$version" ] && at_least "$version" "$1"
}

prepare_rust() {
    local want found
    want=$(needed_rust)
    # rustup installs here, and a shell that was open before does not know it yet.
    if ! have cargo && [ -x "$HOME/.cargo/bin/cargo" ]; then
        say "Rust is in ~/.cargo/bin, which is not in PATH. Open a new shell, or: . ~/.cargo/env"
        return 1
    fi
    if ! rust_is_there "$want" && ! have rustup && ! have cargo && is_debian; then
        as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q </dev/null >&2
        if apt-cache show rustup >/dev/null 2>&1; then
            install rustup
        fi
    fi
    if ! rust_is_there "$want" && have rustup; then
        say "Installing Rust with rustup."
        rustup toolchain install stable --profile minimal --component rustfmt --component clippy </dev/null >&2
        rustup default stable </dev/null >&2
    fi
    if ! rust_is_there "$want"; then
        found=$(rust_version || true)
        say "Missing: Rust $want or newer (found: ${found:-none})."
        say "  Debian 13, Ubuntu 24.04 and newer: apt-get install rustup && rustup toolchain install stable"
        say "  elsewhere: see https://rustup.rs, or your system's package if it is new enough"
        return 1
    fi
    # Only the tests need these two; the demo does without.
    if have rustup && ! { cargo fmt --version && cargo clippy --version; } >/dev/null 2>&1; then
        rustup component add rustfmt clippy </dev/null >&2
    fi
}

node_version() { node --version 2>/dev/null | sed -n 's/^v\([0-9.]*\).*/\1/p'; }

prepare_node() {
    local found missing=()
    have node || missing+=(nodejs)
    have npm || missing+=(npm)
    if [ "${#missing[@]}" -gt 0 ] && is_debian; then
        install "${missing[@]}"
    fi
    found=$(node_version || true)
    if ! have npm || ! at_least "${found:-0}" "$NODE"; then
        say "Missing: Node.js $NODE or newer with npm (found: ${found:-none}). The web interface is built with it."
        say "  Debian 13, Ubuntu 25.04 and newer: apt-get install nodejs npm"
        say "  Debian 12, Ubuntu 24.04: their package is too old; see https://nodejs.org/en/download"
        say "  without the interface: make demo WEB=0"
        return 1
    fi
}

has_browser() { have chromium || have chromium-browser || have google-chrome; }

prepare_browser() {
    [ -z "${KLUCZNIK_BROWSER:-}" ] || return 0
    if ! has_browser && is_debian; then
        install chromium || true
    fi
    if ! has_browser; then
        say "Missing: Chromium. The interface is tested with it."
        say "  Debian: apt-get install chromium; elsewhere any Chromium or Chrome will do:"
        say "  name it in KLUCZNIK_BROWSER if it is not found"
        return 1
    fi
}

# Where Debian puts the server's programs, which are not in PATH.
has_postgres() { have initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }

prepare_postgres() {
    if ! has_postgres && is_debian; then
        install postgresql || true
    fi
    if ! has_postgres; then
        say "Missing: PostgreSQL 13 or newer. The store is tested with it, on a server of the tests' own."
        say "  Debian: apt-get install postgresql; elsewhere put initdb and postgres in PATH"
        return 1
    fi
}

# The tests look for it in Debian's Python first.
has_smtp() {
    local python
    for python in "${KLUCZNIK_PYTHON:-}" /usr/bin/python3 python3; do
        if [ -n "$python" ] && have "$python" && "$python" -c 'import aiosmtpd' 2>/dev/null; then
            return 0
        fi
    done
    return 1
}

prepare_smtp() {
    if ! has_smtp && is_debian; then
        install python3-aiosmtpd || true
    fi
    if ! has_smtp; then
        say "Missing: Python with aiosmtpd 1.4 or newer. Mail is tested with it, on a server of the tests' own."
        say "  Debian: apt-get install python3-aiosmtpd; elsewhere: pip install aiosmtpd, in an environment"
        say "  whose Python you name in KLUCZNIK_PYTHON if it is not found"
        return 1
    fi
}

has_clock() { compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' >/dev/null; }

# What ends by itself after days is tested with a program whose clock is ahead.
prepare_clock() {
    if ! has_clock && is_debian; then
        install libfaketime || true
    fi
    if ! has_clock; then
        say "Missing: libfaketime. What ends by itself is tested in the interface with another clock."
        say "  Debian: apt-get install libfaketime"
        return 1
    fi
}

# Providers of single sign-on, beside the tests that ask them: one on Node.js, one on Python.
prepare_providers() {
    if ! (cd tests/providers && npm ls --silent >/dev/null 2>&1); then
        say "Installing what single sign-on is tested against, in tests/providers."
        (cd tests/providers && npm ci --silent </dev/null >&2)
    fi
    # What was installed is kept beside it, so that it is done again when that changes; and when the machine's Python is
    # another one, which finds nothing there.
    if ! cmp -s tests/providers/requirements.txt tests/providers/venv/requirements.txt ||
        ! tests/providers/venv/bin/python -c 'import canaille' >/dev/null 2>&1; then
        say "Installing another provider that single sign-on is tested against, in tests/providers/venv."
        prepare_venv
        tests/providers/venv/bin/pip install --quiet --disable-pip-version-check --require-hashes \
            -r tests/providers/requirements.txt </dev/null >&2
        cp tests/providers/requirements.txt tests/providers/venv/requirements.txt
    fi
}

# Debian's Python makes no environments without a package of its own.
prepare_venv() {
    local python=python3
    [ ! -x /usr/bin/python3 ] || python=/usr/bin/python3
    if ! "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null && is_debian; then
        install python3-venv || true
    fi
    rm -rf tests/providers/venv
    if ! "$python" -m venv tests/providers/venv; then
        say "Missing: Python 3.10 or newer with venv. Single sign-on is tested with a provider that needs it."
        say "  Debian: apt-get install python3-venv"
        return 1
    fi
}

prepare_packages
prepare_rust
for wish in "$@"; do
    case "$wish" in
        --web) prepare_node ;;
        --tests)
            prepare_node
            prepare_browser
            prepare_postgres
            prepare_smtp
            prepare_clock
            prepare_providers
            ;;
        --postgres) prepare_postgres ;;
        *)
            say "usage: scripts/prepare.sh [--web] [--tests] [--postgres]"
            exit 2
            ;;
    esac
done
