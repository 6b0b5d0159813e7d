# Read by scripts/demo and scripts/test: everything a fresh Debian 12 lacks. Nothing is done twice.
# Gives: root (the checkout), home (where environment and demo data lie), environment (the virtual environment).

set -euo pipefail
umask 022

# A fresh system speaks plain ASCII; Qt and the names of people want UTF-8.
case $(locale charmap 2>/dev/null) in UTF-8) ;; *) export LC_ALL=C.UTF-8 ;; esac

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
shared=$root/scripts/shared
uv_version=0.13.9
started=$SECONDS

say() { printf '%s\n' "$*" >&2; }
is_root() { [ "$(id -u)" -eq 0 ]; }

# 4 is the exit code for trouble with the surroundings, here as in the commands.
give_up() { say "$*"; exit 4; }

as_root() {
    if is_root; then "$@"; return; fi
    command -v sudo >/dev/null || give_up "This needs root, and there is no sudo. Ask an administrator to run: $*"
    sudo "$@"
}

listed() { grep -hv '^#' "$@"; }

# --- packages of the system ------------------------------------------------------------------------------------

missing_packages() {
    local package
    listed "$@" | while read -r package; do
        dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' || echo "$package"
    done
}

install_packages() {
    local missing
    if ! command -v dpkg-query >/dev/null; then
        say "This is not Debian: see docs/install.md for the system libraries that are needed."
        return
    fi
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -eq 0 ] && return
    say "Installing Debian packages: ${missing[*]}"
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
    as_root "${apt[@]}" update
    if printf '%s\n' "${missing[@]}" | grep -q '^postgresql-' && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        # The tests start servers of their own; a server of the system's is not wanted.
        as_root "${apt[@]}" install -y --no-install-recommends postgresql-common >/dev/null
        as_root sed -i 's/^#\?create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
    fi
    as_root "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null
}

# --- the user who runs PostgreSQL, for root only -----------------------------------------------------------------

make_user() {
    is_root || return 0
    getent passwd "$1" >/dev/null && return 0
    say "PostgreSQL never runs as root. Making a user for it: useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin $1"
    useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin "$1"
}

# Whether the checkout is root's own and a user of no group of ours could search every folder down to it.
fit_for_roots_environment() {
    local folder=$root
    [ "$(stat -c %u "$root")" -eq 0 ] || return 1
    while [ "$folder" != / ]; do
        case $(stat -c %A "$folder") in *[xt]) ;; *) return 1 ;; esac
        folder=$(dirname "$folder")
    done
}

choose_places() {
    if is_root; then
        home=/var/lib/coordinator-app
        mkdir -p "$home"
        if fit_for_roots_environment; then
            environment=$root/.venv
        else
            environment=$home/environments/$(printf %s "$root" | sha256sum | cut -c1-12)
            say "$root is somebody's own or closed to others; the environment lies in $environment."
        fi
    else
        home=${XDG_CACHE_HOME:-${HOME:?}/.cache}/coordinator-app
        mkdir -p "$home"
        environment=$root/.venv
    fi
    export UV_PROJECT_ENVIRONMENT=$environment
}

# --- Python packages ---------------------------------------------------------------------------------------------

find_python() {
    local name
    for name in python3.11 python3 python; do
        if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            command -v "$name"
            return
        fi
    done
    give_up "Python 3.11 or newer is needed."
}

find_uv() {
    if [ "$(uv --version 2>/dev/null | cut -d' ' -f2)" = "$uv_version" ]; then command -v uv; return; fi
    local tools=$home/uv-$uv_version
    if [ ! -x "$tools/bin/uv" ]; then
        say "Fetching uv $uv_version, which reads uv.lock."
        rm -rf "$tools"
        "$1" -m venv "$tools" >&2
        "$tools/bin/python" -m pip install -q --disable-pip-version-check "uv==$uv_version" >&2
    fi
    echo "$tools/bin/uv"
}

# A package index other than PyPI, where this machine is told to use one.
other_index() {
    local index=${UV_DEFAULT_INDEX:-${UV_INDEX_URL:-${PIP_INDEX_URL:-}}}
    [ -n "$index" ] || index=$("$1" -m pip config get global.index-url 2>/dev/null || true)
    case $index in *://pypi.org/simple | *://pypi.org/simple/) ;; *) printf %s "$index" ;; esac
}

# uv.lock names PyPI's files. Elsewhere the same files are asked for by name and held to the same hashes.
sync_from_index() {
    local uv=$1 python=$2 index=$3 wanted
    shift 3
    wanted=$(mktemp)
    "$uv" export -q --frozen --no-emit-project --format requirements.txt "$@" >"$wanted"
    [ -x "$environment/bin/python" ] || "$uv" venv -q --python "$python" "$environment"
    export UV_DEFAULT_INDEX=$index
    "$uv" pip install -q --python "$environment/bin/python" --require-hashes -r "$wanted"
    "$uv" pip install -q --python "$environment/bin/python" --no-deps -e "$root"
    rm -f "$wanted"
}

install_python_packages() {
    local kind=$1 python stamp done_before uv index
    local groups=()
    [ "$kind" = demo ] && groups=(--no-dev)
    python=$(find_python)
    stamp=$( (echo "$root $uv_version"; "$python" --version; cat "$root/uv.lock" "$root/pyproject.toml") | sha256sum)
    for done_before in "$environment/.ready-$kind" "$environment/.ready-test"; do
        [ -f "$done_before" ] && [ "$(cat "$done_before")" = "$stamp" ] && return
    done
    uv=$(find_uv "$python")
    export UV_PYTHON=$python UV_PYTHON_DOWNLOADS=never UV_HTTP_TIMEOUT=${UV_HTTP_TIMEOUT:-180} UV_SYSTEM_CERTS=true
    index=$(other_index "$python")
    say "Installing Python packages into $environment."
    if [ -n "$index" ]; then
        say "By way of this machine's own package index, held to the hashes of uv.lock."
        (cd "$root" && sync_from_index "$uv" "$python" "$index" "${groups[@]}")
    else
        (cd "$root" && "$uv" sync -q --frozen --inexact "${groups[@]}")
    fi
    echo "$stamp" >"$environment/.ready-$kind"
}

# Usage: set_up demo|test LIST...
set_up() {
    local kind=$1
    shift
    install_packages "$@"
    choose_places
    install_python_packages "$kind"
    say "Ready after $((SECONDS - started)) s."
}
