#!/bin/sh
# Make a virtual environment, or say in one sentence what is missing: venv.sh PYTHON FOLDER
set -eu
python=$1
folder=$2

stop() {
    echo "$1" >&2
    exit 1
}

"$python" -c '' 2>/dev/null || stop "Python is missing: install python3 (3.11 or newer)."
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "Python 3.11 or newer is needed and $python is $version: name another one, as in 'make run PYTHON=python3.12'."

# Debian splits what `python3 -m venv` needs from python3 itself.
can_make_venv() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null
}
if ! can_make_venv; then
    missing="The venv module of Python $version is missing: install it with 'apt-get install python$version-venv'."
    command -v apt-get >/dev/null || stop "$missing"
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        as_root="sudo -n"
        $as_root true 2>/dev/null || stop "$missing"
    fi
    echo "Installing python$version-venv"
    { $as_root apt-get update -qq && $as_root apt-get install -y -qq "python$version-venv"; } >/dev/null || stop "$missing"
    can_make_venv || stop "$missing"
fi

"$python" -m venv --clear "$folder"
