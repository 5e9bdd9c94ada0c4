#!/usr/bin/env bash
# Three small things. Repair: from a worker's crash until it can take work again, at zero latency. Start: from dotnet run --project
# Lab, built before, to the first answered /process. Rest: what both services hold after half a minute without a request.
# Usage: benchmarks/rest.sh [STARTS]
set -u
source "$(dirname -- "$0")/services.sh"
starts=${1:-5}
export FAILURE_RATE=0 BASE_LATENCY_MS=0 MAX_LATENCY_MS=0 WORKERS=8 FAILURE_THRESHOLD=0

# start_lab OPTION: ms from dotnet run until the first 200 of /process
start_lab() {
    local from lab=http://127.0.0.1:$((port + 10)) took
    from=$(now_ms)
    start_tiny $((port + 10)) "$@"
    await "$lab/process" 200
    took=$(($(now_ms) - from))
    end_tiny "$lab/livez"
    echo "$took"
}

[[ ${BUILD:-yes} == no ]] || build
machine
start_both
sleep 30
echo "at rest both hold $(in_both Rss) MB, $(in_both Pss) MB with the pages that they share counted once"
load --rps 500 --seconds 5
wait "${pids[load]}"
repairs=()
for ((n = 0; n < 20; n++)); do
    curl -s -f -o /dev/null -X PUT "$b/faults" -H 'Content-Type: application/json' -d '[{"kind":"crash","probability":0.1}]' || exit 1
    load --rps 500 --seconds 1
    wait "${pids[load]}"
    mapfile -t some < <(curl -s "$b/state" | grep -oE '"restart_ms":[0-9.]+' | cut -d: -f2)
    repairs+=("${some[@]}")
done
echo "${#repairs[@]} restarts of workers, ms: $(spread "${repairs[@]}")"
dotnet build "$root/Lab" -v q --nologo >"$folder/build" || { cat "$folder/build"; exit 1; }
for how in "" --no-build; do
    times=()
    for ((n = 0; n < starts; n++)); do times+=("$(start_lab $how)"); done
    echo "dotnet run $how, ms to the first answer: $(spread "${times[@]}")"
done
