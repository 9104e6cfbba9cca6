#!/bin/sh
# Prepares this machine: prepare.sh PYTHON VENV run|test LOCK, or prepare.sh PYTHON - package
#
# Installs the system libraries that are missing (only those, only with apt-get), makes the virtual environment and fills
# it from the lock. Everything else stays inside the checkout. For the package it only sees to it that the system's own
# Python is there, the oldest that is supported.
set -eu

python=$1 venv=$2 purpose=$3 lock=${4:-}

fail() {
    echo "prepare: $*" >&2
    exit 2
}

# What Qt opens on its own, with the package that brings it: "a library's name" or "a command" on the left.
libraries='
libEGL.so.1 libegl1
libGL.so.1 libgl1
libX11-xcb.so.1 libx11-xcb1
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libglib-2.0.so.0 libglib2.0-0
libgthread-2.0.so.0 libglib2.0-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-shm.so.0 libxcb-shm0
libxcb-sync.so.1 libxcb-sync1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxkbcommon.so.0 libxkbcommon0
'
commands='
Xvfb xvfb
dbus-daemon dbus
xdotool xdotool
'

missing_packages() {
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
    echo "$libraries" | while read -r library package; do
        [ -z "$library" ] || case $known in *"$library "*) ;; *) echo "$package" ;; esac
    done
    if [ "$purpose" = test ]; then
        echo "$commands" | while read -r command package; do
            [ -z "$command" ] || command -v "$command" >/dev/null || echo "$package"
        done
    fi
    find /usr/share/fonts /usr/local/share/fonts -iname 'Inter*' 2>/dev/null | grep -q . || echo fonts-inter
    find /usr/share/fonts /usr/local/share/fonts -iname 'DejaVuSansMono*' 2>/dev/null | grep -q . || echo fonts-dejavu-core
    # Debian's Python comes without the part that makes virtual environments, if it comes at all.
    command -v "$python" >/dev/null || { echo python3 python3-venv; return; }
    "$python" -c 'import ensurepip, venv' 2>/dev/null || "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

install_packages() {
    command -v apt-get >/dev/null || fail "these packages are missing, and there is no apt-get to install them: $*"
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "these packages are missing; as root, please: apt-get install $*"
        as_root=sudo
    fi
    echo "Installing system packages: $*"
    # Package lists are asked for only when those at hand do not do.
    apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0"
    $apt install --no-install-recommends "$@" >/dev/null 2>&1 && return
    $apt update && $apt install --no-install-recommends "$@" >/dev/null ||
        fail "these packages could not be installed; please see to it: apt-get install $*"
}

variable=PYTHON
[ "$purpose" != package ] || variable=OLDEST

fits() {
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
        fail "Python 3.11 or newer is needed; '$python' is not. Name another: make $purpose $variable=python3.12"
}

# The system's own Python may be missing, and comes with the packages then.
[ "$purpose" = package ] || fits
packages=$(missing_packages | sort -u | tr '\n' ' ')
# shellcheck disable=SC2086  # the list is meant to be split
[ -z "$packages" ] || install_packages $packages

if [ "$purpose" = package ]; then
    fits
    exit
fi
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$lock"
