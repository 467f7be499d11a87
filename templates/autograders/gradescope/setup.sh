#!/usr/bin/env bash
# Run by Gradescope once, when the image of the autograder is built: installs Node.js where there is none that is new enough.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
home="${LABWRIGHT_NODE_HOME:-/opt/labwright-node}"
mirror="${LABWRIGHT_NODE_MIRROR:-https://nodejs.org/dist}"

is_new_enough() {
  local node="$1"
  "$node" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null
}

if command -v node >/dev/null && is_new_enough node; then
  echo "Node.js $(node --version) is there."
  exit 0
fi

case "$(uname -m)" in
  x86_64) machine=x64 ;;
  aarch64 | arm64) machine=arm64 ;;
  *)
    echo "There is no Node.js for $(uname -m) on nodejs.org. Install Node.js 22 in this script." >&2
    exit 1
    ;;
esac

if ! command -v curl >/dev/null; then
  apt-get update
  apt-get install -y --no-install-recommends ca-certificates curl
fi

version="$(tr -d '[:space:]' <"$here/node-version")"
name="node-v$version-linux-$machine"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
curl -fsSL --retry 3 -o "$name.tar.gz" "$mirror/v$version/$name.tar.gz"
curl -fsSL --retry 3 -o SHASUMS256.txt "$mirror/v$version/SHASUMS256.txt"
grep -F "  $name.tar.gz" SHASUMS256.txt | sha256sum --check --strict -
mkdir -p "$home"
tar -xzf "$name.tar.gz" -C "$home" --strip-components=1 --no-same-owner
echo "Node.js $("$home/bin/node" --version) is installed in $home."
