#!/usr/bin/env bash
# Keep one issue with a list up to date: open it when there is something on the list, close it when there isn't.
# Usage: issue.sh TITLE FILE; the list is the lines of FILE that begin with '- '. Needs GH_TOKEN.
set -euo pipefail
export TITLE=$1
file=$2

body=$(mktemp)
awk '{ size += length($0) + 1 } size > 60000 { print "\nDe lijst is langer. Hier staat het begin."; exit } { print }' "$file" > "$body"
ours=$(gh issue list --app github-actions --state open --limit 200 --json number,title --jq 'map(select(.title == env.TITLE)) | .[0].number // empty')
if [ -n "$ours" ]; then
  gh issue edit "$ours" --body-file "$body"
  grep -q '^- ' "$file" || gh issue close "$ours"
elif grep -q '^- ' "$file"; then
  gh issue create --title "$TITLE" --body-file "$body"
fi
