#!/usr/bin/env bash
# Do the claims notice a broken policy? Copies the sources into a temporary folder and runs two scenarios there: untouched
# (exit code 0), then each with the patch of its name (exit code 99, and the claims that failed). The sources themselves stay
# as they are. On a machine that is busy with other things a run may be no result (exit code 1), and then this is none.
# Needs bash, git and the .NET SDK. Usage: tests/broken/show.sh
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
tar -C "$here/../.." --exclude=.git --exclude=bin --exclude=obj --exclude=./reports -c . | tar -C "$copy" -x
cd "$copy"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
unset TINY_SERVICES TINY_URL_A TINY_URL_B TINY_REPORTS

# run SCENARIO WANTED: as short as its claims can be, and the exit code must be the wanted one
run() {
  local code=0
  local -A options=([errors]="--set seconds=5" [corrupt]="--set seconds=8")
  dotnet build Lab -v q >build.log || { cat build.log; exit 1; }
  # shellcheck disable=SC2086 # several words
  dotnet Lab/bin/Debug/net10.0/Lab.dll run "$1" ${options[$1]} >run.log 2>errors.log || code=$?
  grep -E '^  (FAILS|BROKEN): |claims hold' run.log || cat errors.log
  echo "exit code $code, wanted $2"
  [ "$code" -eq "$2" ]
}

for scenario in errors corrupt; do
  echo "--- $scenario, untouched"
  run $scenario 0
done
for scenario in errors corrupt; do
  echo "--- $scenario, broken. $(head -1 "$here/$scenario.patch")"
  git apply "$here/$scenario.patch"
  run $scenario 99
  git apply -R "$here/$scenario.patch"
done
