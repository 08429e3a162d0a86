#!/bin/sh
# Redis reads its settings from here, so that the password stands in no command; it keeps nothing on a disk.
set -eu
printf 'requirepass %s\nsave ""\nappendonly no\nport %s\ndir %s\n' \
  "$(cat "${REDIS_PASSWORD_FILE:-/run/secrets/redis-password}")" "${REDIS_PORT:-6379}" "${REDIS_FOLDER:-/data}" |
  exec redis-server -
