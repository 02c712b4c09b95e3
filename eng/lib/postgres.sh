# shellcheck shell=bash
# A PostgreSQL server of one's own: in a folder of its own, on a free port, gone when the script that started it ends.
# Sourced by eng/test.sh and eng/bench.sh. After `postgres_start FOLDER [setting=value ...]`:
#   PG_BIN, PG_PORT, PG_PID, PG_SOCKETS   binaries, port (127.0.0.1 and the socket), postmaster, folder of the socket
#   PG_CONNECTION                          Npgsql connection string: database postgres, user fuel (createdb, no superuser)

readonly PG_OLDEST=15
PG_BIN='' PG_PORT='' PG_PID='' PG_SOCKETS='' PG_CONNECTION='' PG_FOLDER=''

# Prints the folder of the newest server binaries that are new enough; nothing when there is none.
postgres_binaries() {
  local folder version
  while read -r folder; do
    version=${folder#/usr/lib/postgresql/}; version=${version%/bin}
    if [[ $version =~ ^[0-9]+$ && $version -ge $PG_OLDEST && -x $folder/initdb && -x $folder/pgbench ]]; then
      echo "$folder"
      return 0
    fi
  done < <(printf '%s\n' /usr/lib/postgresql/*/bin | sort --reverse --version-sort)
  if command -v initdb >/dev/null && command -v pgbench >/dev/null; then dirname "$(command -v initdb)"; fi
}

# Becomes the command (so call it in a subshell or with &). The server refuses to run as root; setpriv also lets it
# end with the script that started it, however that ends (SIGINT is PostgreSQL's fast shutdown).
postgres_as_owner() {
  if [[ $(id -u) == 0 ]]; then
    exec setpriv --reuid=postgres --regid=postgres --init-groups --pdeathsig=INT -- "$@"
  else
    exec setpriv --pdeathsig=INT -- "$@"
  fi
}

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Prints a port of this machine that nobody listens on.
free_port() {
  local port
  for _ in {1..50}; do
    port=$((20000 + RANDOM % 12000)) # below the range that outgoing connections take their ports from
    if port_is_free "$port"; then echo "$port"; return 0; fi
  done
  echo 'no free port found in 50 tries' >&2
  return 1
}

postgres_is_ready() { "$PG_BIN/pg_isready" --quiet --host="$PG_SOCKETS" --port="$PG_PORT"; }

postgres_await_ready() {
  local log=$1 deadline=$((SECONDS + 60))
  until postgres_is_ready; do
    if ! kill -0 "$PG_PID" 2>/dev/null || ((SECONDS > deadline)); then
      echo 'postgres: the server did not start; its log ends:' >&2
      tail -n 20 "$log" >&2
      return 1
    fi
    sleep 0.1
  done
}

# postgres_start FOLDER [setting=value ...]   FOLDER must not exist yet; settings go to the server's command line.
postgres_start() {
  PG_FOLDER=$1; shift
  PG_BIN=$(postgres_binaries)
  [[ -n $PG_BIN ]] || { echo "postgres: no PostgreSQL $PG_OLDEST or newer found (apt-get install postgresql)" >&2; return 1; }
  PG_SOCKETS=$PG_FOLDER/s # short: the address of a socket holds 107 bytes
  ((${#PG_SOCKETS} < 80)) || { echo "postgres: the folder's name is too long for a socket: $PG_FOLDER" >&2; return 1; }
  mkdir -p "$PG_FOLDER" "$PG_SOCKETS" "$PG_FOLDER/data"
  chmod 700 "$PG_FOLDER/data"
  if [[ $(id -u) == 0 ]]; then chown -R postgres "$PG_FOLDER"; fi

  # --no-sync is for the empty cluster alone: the running server keeps fsync on.
  (cd / && postgres_as_owner "$PG_BIN/initdb" --pgdata="$PG_FOLDER/data" --username=postgres --auth=trust --encoding=UTF8 \
    --locale=C.UTF-8 --no-sync) >"$PG_FOLDER/initdb.log" 2>&1 || { tail -n 20 "$PG_FOLDER/initdb.log" >&2; return 1; }

  PG_PORT=$(free_port)
  local settings=() setting
  for setting in max_connections=300 shared_buffers=256MB "$@"; do settings+=(-c "$setting"); done
  postgres_as_owner "$PG_BIN/postgres" -D "$PG_FOLDER/data" -p "$PG_PORT" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories="$PG_SOCKETS" "${settings[@]}" </dev/null >"$PG_FOLDER/server.log" 2>&1 &
  PG_PID=$!
  postgres_await_ready "$PG_FOLDER/server.log"
  postgres_admin postgres --command='create role fuel login createdb'
  # shellcheck disable=SC2034 # for the script that sources this
  PG_CONNECTION="Host=$PG_SOCKETS;Port=$PG_PORT;Username=fuel;Database=postgres"
}

# postgres_admin DATABASE [psql option ...]   as the superuser
postgres_admin() {
  local database=$1; shift
  "$PG_BIN/psql" --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --host="$PG_SOCKETS" --port="$PG_PORT" --username=postgres \
    --dbname="$database" "$@"
}

# Stops the server, whatever it is doing, and waits until it is gone. Its folder is the caller's to remove.
postgres_stop() {
  [[ -n $PG_PID ]] || return 0
  kill -QUIT "$PG_PID" 2>/dev/null || true # immediate shutdown: nobody will read these databases again
  wait "$PG_PID" 2>/dev/null || true
  PG_PID=''
}
