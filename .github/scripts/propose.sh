#!/usr/bin/env bash
# Put one new or changed file on a branch of its own and open a pull request for it; prints the address of that.
# A branch that is there already is made anew. Usage: propose.sh BRANCH FILE TITLE TEXT. Needs GH_TOKEN.
set -euo pipefail
branch=$1 file=$2 title=$3 text=$4

gh auth setup-git
git switch --quiet --force-create "$branch"
git add -- "$file"
git -c user.name='github-actions[bot]' -c user.email='41898282+github-actions[bot]@users.noreply.github.com' commit --quiet -m "$title"
git push --quiet --force origin "$branch"
# Somebody's fork may have a branch of the same name.
open=$(gh pr list --head "$branch" --state open --json url,isCrossRepository --jq 'map(select(.isCrossRepository | not)) | .[0].url // empty')
if [ -n "$open" ]; then
  echo "$open"
else
  gh pr create --head "$branch" --base main --title "$title" --body "$text"
fi
