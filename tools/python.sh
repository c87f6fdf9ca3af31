#!/bin/sh
# Print the name of a Python >= 3.11: the one asked for, else another that is on the PATH.
# Where there is none, Debian and Ubuntu install theirs (root or password-free sudo); elsewhere say what to do.
set -eu
wanted=${1:-python3}

find_python() {
    for name in "$wanted" python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            [ "$name" = "$wanted" ] || echo "setup: “$wanted” is not Python 3.11 or newer; using $name" >&2
            command -v "$name"
            return 0
        fi
    done
    return 1
}

find_python && exit 0

if [ -e /etc/debian_version ] && ! command -v python3 >/dev/null 2>&1; then
    as_root=
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    if [ -z "$as_root" ] || sudo -n true 2>/dev/null; then
        echo "setup: installing python3 and python3-venv" >&2
        $as_root apt-get update -qq >&2 || true
        $as_root apt-get install -qq -y --no-install-recommends python3 python3-venv >/dev/null || true
        find_python && exit 0
    fi
fi

found=$("$wanted" --version 2>&1) || found="no “$wanted” on the PATH"
cat >&2 <<END
setup: Octavo needs Python 3.11 or newer ($found). Install one, then run make again:
    Debian 12, Ubuntu 24.04    apt-get install python3 python3-venv
    Fedora                     dnf install python3
    Arch                       pacman -S python
    macOS                      brew install python@3.13
or name it: make PYTHON=/path/to/python3.13
END
exit 1
