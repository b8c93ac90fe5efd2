#!/usr/bin/env bash
# Installs what the tests need and is missing, from the system's packages; who
# is not root is told exactly what to install.
set -euo pipefail

want=()
need() { # command package
  if ! command -v "$1" >/dev/null 2>&1; then want+=("$2"); fi
}
need chromium chromium
need pdftotext poppler-utils
need openssl openssl
if [ -z "$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null)" ] && ! command -v initdb >/dev/null 2>&1; then want+=(postgresql); fi
if ! fc-list :lang=zh 2>/dev/null | grep -q .; then want+=(fonts-wqy-microhei fontconfig); fi

[ ${#want[@]} -eq 0 ] && exit 0
if [ "$(id -u)" != 0 ]; then
  echo "The tests need these packages; please install them and run again:"
  echo "  sudo apt-get install ${want[*]}"
  exit 1
fi
echo "Installing for the tests: ${want[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${want[@]}" >/dev/null
