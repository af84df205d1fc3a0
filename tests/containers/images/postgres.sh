#!/bin/sh
# Starts PostgreSQL as the official image does, as far as tests use it: a first user, and *.sql files at the first start.
set -e
data=/var/lib/postgresql/data
as_postgres() { setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }
mkdir -p "$data"
chown postgres "$data"
if [ ! -f "$data/PG_VERSION" ]; then
  echo "$POSTGRES_PASSWORD" > /tmp/password
  chown postgres /tmp/password
  as_postgres initdb -D "$data" -U "$POSTGRES_USER" --pwfile=/tmp/password --auth=scram-sha-256 --locale=C.UTF-8 \
    --encoding=UTF8
  echo "listen_addresses = '*'" >> "$data/postgresql.conf"
  echo "host all all all scram-sha-256" >> "$data/pg_hba.conf"
  as_postgres pg_ctl -D "$data" -w -o "-c listen_addresses=''" start
  export PGPASSWORD="$POSTGRES_PASSWORD"
  createdb -h /var/run/postgresql -U "$POSTGRES_USER" -T template0 "${POSTGRES_DB:-$POSTGRES_USER}" 2> /dev/null || true
  for file in /docker-entrypoint-initdb.d/*.sql; do
    [ ! -f "$file" ] || psql -q -h /var/run/postgresql -U "$POSTGRES_USER" -d "${POSTGRES_DB:-$POSTGRES_USER}" -f "$file"
  done
  as_postgres pg_ctl -D "$data" -w stop
fi
shift
exec setpriv --reuid=postgres --regid=postgres --clear-groups postgres -D "$data" "$@"
