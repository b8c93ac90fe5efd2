#!/usr/bin/env bash
# A throw-away PostgreSQL for the tests: "start DIR" makes a cluster in DIR and
# prints its address, "stop DIR" ends it. Fully durable settings, loopback only.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")
dir=$2

# A port that nobody answers at, below those that the system hands out.
unused() {
  for p in $(seq 24329 24429); do
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null; then echo "$p"; return; fi
  done
  echo "no port is free for PostgreSQL" >&2
  exit 1
}

# PostgreSQL refuses to run as root, so root lends it the postgres account.
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

case $1 in
start)
  mkdir -p "$dir"
  if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
  if [ ! -f "$dir/PG_VERSION" ]; then
    as "$bin/initdb" -D "$dir" -U onewindow --auth=trust --encoding=UTF8 --locale=C >"$dir.log" 2>&1
  fi
  port=${ONEWINDOW_TEST_PORT:-$(unused)}
  as "$bin/pg_ctl" -D "$dir" -w -l "$dir/log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c shared_buffers=256MB" start >/dev/null 2>&1 </dev/null
  echo "postgres://onewindow@127.0.0.1:$port/postgres?sslmode=disable"
  ;;
stop)
  as "$bin/pg_ctl" -D "$dir" -m immediate stop >/dev/null || true
  ;;
*)
  echo "usage: $0 start|stop DIR" >&2
  exit 2
  ;;
esac
