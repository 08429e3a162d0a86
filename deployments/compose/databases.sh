# Read by the shell that starts PostgreSQL, as root: the server itself may not read the file of the service's password.
# Of `database:5432:*:visits:PASSWORD` the fifth field; the one of the server's administrator is thrown away at once.
VISITS_PASSWORD="$(head -n 1 /run/secrets/pgpass | cut -d : -f 5-)"
POSTGRES_PASSWORD="$(head -c 32 /dev/urandom | base64)"
export VISITS_PASSWORD POSTGRES_PASSWORD
