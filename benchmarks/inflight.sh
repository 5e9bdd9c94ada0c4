#!/usr/bin/env bash
# 5,000 requests in flight, 800 ms each: are all answered, and how much memory do both services need at most?
# Usage: benchmarks/inflight.sh [REQUESTS] [WORK_MS] [FOR_S]
# All requests come within half a second; with FOR_S as many clients ask again and again for so long.
set -u
source "$(dirname -- "$0")/services.sh"
requests=${1:-5000} work_ms=${2:-800} for_s=${3:-}
ulimit -n "$(ulimit -H -n)"
export FAILURE_RATE=0 BASE_LATENCY_MS=$work_ms MAX_LATENCY_MS=0 WORKERS=$requests QUEUE_LIMIT=$requests MAX_IN_FLIGHT=$((2 * requests))
# Two busy cores make 6,250 requests/s wait; here it is memory that counts, not time.
export REQUEST_TIMEOUT_S=60 TOTAL_TIMEOUT_S=60 HANG_AFTER_MS=0

mb() { awk -v key="$1" '$1 == key { printf "%.0f", $2 / 1024 }' "/proc/$2/status"; }

# The largest that was seen, and the most requests in flight.
watch_memory() {
    local most=0 shared=0 flight=0 sum pss in_flight
    while true; do
        sum=$(in_both Rss) pss=$(in_both Pss)
        in_flight=$(curl -s -m 2 "$a/metrics" | awk '/^tiny_in_flight/ { sum += $2 } END { print sum + 0 }')
        ((sum > most)) && most=$sum
        ((pss > shared)) && shared=$pss
        ((${in_flight:-0} > flight)) && flight=$in_flight
        echo "at most $flight requests in flight, ServiceA + ServiceB at most $most MB resident," \
            "$shared MB with shared pages counted once" >"$folder/most"
        sleep 0.2
    done
}

[[ ${BUILD:-yes} == no ]] || build
machine
start_both
rest=$(in_both Rss)
echo "at rest: ServiceA $(mb VmRSS: "${pids[ServiceA]}") MB, ServiceB $(mb VmRSS: "${pids[ServiceB]}") MB"
watch_memory &
pids[watch]=$!
disown
if [[ $for_s ]]; then
    load --closed "$requests" --seconds "$for_s" --seed 1
else
    load --rps $((2 * requests)) --seconds 0.5 --max-in-flight $((2 * requests)) --seed 1
fi
wait "${pids[load]}"
sed -n '2,3p' "$folder/report"
grep -E '^Rate|^service, all' "$folder/report"
cat "$folder/most"
awk -v rest="$rest" '{ printf "for each in flight %.1f KiB more than at rest\n", ($12 - rest) * 1024 / $3 }' "$folder/most"
echo "peak of each (VmHWM): ServiceA $(mb VmHWM: "${pids[ServiceA]}") MB, ServiceB $(mb VmHWM: "${pids[ServiceB]}") MB"
grep -hE 'breaker|service-b .* is not there|error|connected' "$folder"/Service?.log
