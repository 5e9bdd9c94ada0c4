#!/usr/bin/env bash
# Throughput of /process, without latency and failures, beside that of /livez of the same process, which calls nobody.
# Interleaved, because a shared machine has fast and slow minutes: the ratio counts. Needs wrk (Debian package wrk).
# Usage: benchmarks/throughput.sh [ROUNDS] [SECONDS]
set -u
source "$(dirname -- "$0")/services.sh"
rounds=${1:-7} seconds=${2:-5}
export FAILURE_RATE=0 BASE_LATENCY_MS=0 MAX_LATENCY_MS=0 WORKERS=64 QUEUE_LIMIT=64

# Requests per second, successful ones only.
measure() {
    wrk -t1 -c64 -d"${seconds}s" "$1" >"$folder/wrk"
    awk '/Non-2xx/ { failed = $NF } /requests in/ { all = $1; time = $4 + 0 } END { printf "%.0f", (all - failed) / time }' "$folder/wrk"
}

[[ ${BUILD:-yes} == no ]] || build
machine
start_both
measure "$a/process" >/dev/null # warm up
measure "$a/livez" >/dev/null
ratios=()
for ((n = 0; n < rounds; n++)); do
    nobody=$(measure "$a/livez")
    process=$(measure "$a/process")
    ratios+=("$(awk -v p="$process" -v n="$nobody" 'BEGIN { printf "%.3f", p / n }')")
    echo "/livez $nobody/s, /process $process/s, ratio ${ratios[-1]}"
done
echo "ratio of /process to /livez: $(spread "${ratios[@]}")"
