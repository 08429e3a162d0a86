#!/bin/sh
# At the very first start of PostgreSQL: who the service is there, and its two databases. It may make no others.
set -eu
psql --username "${POSTGRES_USER:-postgres}" --dbname postgres --set ON_ERROR_STOP=1 --set password="$VISITS_PASSWORD" <<'SQL'
CREATE ROLE visits LOGIN PASSWORD :'password';
CREATE DATABASE visits OWNER visits ENCODING 'UTF8' TEMPLATE template0;
CREATE DATABASE prefect OWNER visits ENCODING 'UTF8' TEMPLATE template0;
SQL
