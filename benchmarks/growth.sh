#!/usr/bin/env bash
# Does a request cost more where more are in flight, or where there are more workers? CPU time of ServiceA and ServiceB for a request
# of lane actor, at one and the same rate: with work of 100 ms to 5 s, and with 8 to 1,000 workers. What both take at rest is
# subtracted. The cases take turns. Usage: benchmarks/growth.sh [ROUNDS] [RATE] [SECONDS]
set -u
source "$(dirname -- "$0")/services.sh"
rounds=${1:-5} rate=${2:-1000} seconds=${3:-10}
ulimit -n "$(ulimit -H -n)"
export FAILURE_RATE=0 BASE_LATENCY_MS=0 MAX_LATENCY_MS=0 REQUEST_TIMEOUT_S=60 TOTAL_TIMEOUT_S=60 HANG_AFTER_MS=0 QUEUE_LIMIT=10000
declare -A costs # us for a request, one for each round

both_us() { echo $(($(cpu_us "${pids[ServiceA]}") + $(cpu_us "${pids[ServiceB]}"))); }

# case_of WORKERS WORK_MS: us of CPU for a request
case_of() {
    local before from took
    curl -s -f -o /dev/null -X PATCH "$a/knobs" -H 'Content-Type: application/json' -d "{\"WORKERS\":$1,\"BASE_LATENCY_MS\":$2}" || exit 1
    before=$(both_us) from=$(now_ms)
    load --rps "$rate" --seconds "$seconds" --max-in-flight $((10 * rate)) --threshold 'success>=100'
    wait "${pids[load]}" || { cat "$folder/report" >&2; exit 1; }
    took=$(($(now_ms) - from))
    awk -v spent=$(($(both_us) - before)) -v idle="$idle" -v ms=$took -v all=$((rate * seconds)) \
        'BEGIN { printf "%.1f", (spent - idle * ms / 1000) / all }'
}

[[ ${BUILD:-yes} == no ]] || build
machine
start_both
idle=0
case_of 64 5 >/dev/null # warm up
case_of 64 5 >/dev/null
sleep 2
before=$(both_us)
sleep 10
idle=$((($(both_us) - before) / 10))
echo "at rest both take $idle us of CPU a second"
cases=("$((rate / 10)) 100" "$rate 1000" "$((5 * rate)) 5000" "8 5" "64 5" "1000 5")
for ((n = 0; n < rounds; n++)); do
    for one in "${cases[@]}"; do
        read -r workers work_ms <<<"$one"
        cost=$(case_of $((work_ms > 5 ? workers + workers / 10 : workers)) "$work_ms") || exit 1
        costs[$one]+=" $cost"
        echo "$workers workers, $work_ms ms: $cost us of CPU for a request"
    done
done
for one in "${cases[@]}"; do
    echo "${one% *} workers, ${one#* } ms each, $((rate * ${one#* } / 1000)) in flight, us for a request: $(spread ${costs[$one]})"
done
