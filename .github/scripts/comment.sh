#!/usr/bin/env bash
# Write one comment below an issue or pull request; a second one with the same marker takes the place of the first.
# Usage: comment.sh NUMBER MARKER FILE. Needs GH_TOKEN, GITHUB_REPOSITORY and GITHUB_SERVER_URL.
#
# The text in FILE may come from a stranger, and we post it in our name. So it gets no HTML but what folds a part of it up, no
# pictures or mentions, and its links lead to this repository; other links lose their brackets, so that one sees where they go.
set -euo pipefail
number=$1 file=$3
export MARKER="<!-- tipwijzer: $2 -->"

body=$(mktemp)
jq -Rs --arg home "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/" '
  ltrimstr(env.MARKER + "\n") | .[0:60000]
  | gsub("<(?!/?(details|summary)>)"; "<\u2060") | gsub("@"; "@\u2060") | gsub("\\]:"; "]\u2060:")
  | split("](") | .[0] + (.[1:] | map(if startswith($home) then "](" + . else "] (" + . end) | add // "")
  | gsub("!\\["; "!\u2060[")
  | {body: (env.MARKER + "\n" + .)}' "$file" > "$body"

comments="repos/$GITHUB_REPOSITORY/issues/$number/comments"
ours=$(gh api --paginate "$comments" --jq '.[] | select(.user.login == "github-actions[bot]" and (.body | startswith(env.MARKER))) | .id' | sed -n 1p)
if [ -n "$ours" ]; then
  gh api --silent -X PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$ours" --input "$body"
else
  gh api --silent -X POST "$comments" --input "$body"
fi
