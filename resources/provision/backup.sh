#!/bin/bash
# A physical copy of the whole server, checked, with the transaction numbers the audit's seals rest on.
# Run as the server's user. A dump instead would begin a new count and put the seals ahead of it.
set -euo pipefail
umask 077

target=${1:-@backups@}
keep=${KEEP:-14}
name=$(date -u +%Y%m%dT%H%M%SZ)

mkdir -p "$target"
pg_basebackup --pgdata "$target/$name.part" --format tar --gzip --checkpoint fast --wal-method stream \
    --manifest-checksums SHA256 --no-password @backup_place@
mv "$target/$name.part" "$target/$name"

# Whole is what can be unpacked and fits its manifest; `restore.sh` proves that it also starts.
check=$(mktemp -d "$target/check.XXXXXX")
trap 'rm -rf "$check"' EXIT
tar -xzf "$target/$name/base.tar.gz" -C "$check"
mkdir -p "$check/pg_wal"
tar -xzf "$target/$name/pg_wal.tar.gz" -C "$check/pg_wal"
cp "$target/$name/backup_manifest" "$check/backup_manifest"
pg_verifybackup --quiet "$check"

# Only names this script gives are ever removed, the oldest first, and never the one just made.
find "$target" -mindepth 1 -maxdepth 1 -type d -name '????????T??????Z' | sort | head -n "-$keep" | while read -r old; do
    rm -rf "$old"
done
echo "$target/$name"
