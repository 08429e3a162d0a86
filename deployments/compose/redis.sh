#!/bin/sh
# Redis reads its settings from a file in memory, so that the password stands in no command; it keeps nothing on a disk.
set -eu
umask 077
folder="${REDIS_FOLDER:-/data}"
printf 'requirepass "%s"\nsave ""\nappendonly no\nport %s\ndir "%s"\n' \
  "$(cat "${REDIS_PASSWORD_FILE:-/run/secrets/redis-password}")" "${REDIS_PORT:-6379}" "$folder" >"$folder/redis.conf"
exec redis-server "$folder/redis.conf"
