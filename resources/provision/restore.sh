#!/bin/bash
# Unpacks a backup into an empty folder and checks it; the server is then started on that folder by hand.
# Run as the server's user: restore.sh BACKUP FOLDER [ARCHIVE]
set -euo pipefail
umask 077

backup=${1:?the folder backup.sh printed}
folder=${2:?an empty folder for the server}
archive=${3:-}

mkdir -p "$folder"
chmod 700 "$folder"
if [ -n "$(ls -A "$folder")" ]; then
    echo "$folder is not empty; nothing was done." >&2
    exit 3
fi
tar -xzf "$backup/base.tar.gz" -C "$folder"
mkdir -p "$folder/pg_wal"
tar -xzf "$backup/pg_wal.tar.gz" -C "$folder/pg_wal"
cp "$backup/backup_manifest" "$folder/backup_manifest"
pg_verifybackup --quiet "$folder"

if [ -n "$archive" ]; then
    printf "restore_command = 'cp %s/%%f %%p'\nrecovery_target_timeline = 'latest'\n" "$archive" >>"$folder/postgresql.auto.conf"
else
    # Nothing more to read, but a new timeline all the same: transaction numbers are given out again from here.
    printf "restore_command = 'false'\n" >>"$folder/postgresql.auto.conf"
fi
touch "$folder/recovery.signal"
cat <<END
$folder is whole. Next: start the server on it (pg_ctl -D $folder start), then
  coordinator-central doctor --url URL
  coordinator-central audit --url URL --login LOGIN verify --heads FILE
The server begins a new timeline: workstations see another epoch, send the last 14 days again and compare everybody.
END
