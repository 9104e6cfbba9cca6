#!/bin/sh
# Installs Trigger Studio for one person: install.sh [PREFIX], by default ~/.local. Needs Python 3.11+ and pip.
# To remove it, delete PREFIX/lib/trigger-studio and the three files named below.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
prefix=${1:-$HOME/.local}
program=$prefix/lib/trigger-studio
python=${PYTHON:-python3}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "install: Python 3.11 or newer is needed; name one: PYTHON=python3.12 $0" >&2
    exit 2
}

rm -rf "$program"
mkdir -p "$prefix/lib" "$prefix/bin" "$prefix/share/applications" "$prefix/share/icons/hicolor/scalable/apps"
"$python" -m venv "$program"
pip="$program/bin/python -m pip install --quiet --disable-pip-version-check --no-input"
$pip --require-hashes -r "$here/requirements.lock"
$pip --no-deps "$here"/*.whl

ln -sf "$program/bin/trigger-studio" "$prefix/bin/trigger-studio"
sed "s|^Exec=trigger-studio|Exec=\"$prefix/bin/trigger-studio\"|" "$here/trigger-studio.desktop" \
    >"$prefix/share/applications/trigger-studio.desktop"
cp "$here/trigger-studio.svg" "$prefix/share/icons/hicolor/scalable/apps/trigger-studio.svg"
echo "Installed: $prefix/bin/trigger-studio"
