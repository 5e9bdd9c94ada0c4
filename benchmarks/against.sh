#!/usr/bin/env bash
# What a request costs this checkout beside another one of the same repository: CPU time of both services for a request in each lane,
# without latency and failures. Both pairs run all the time and take turns, because a shared machine has fast and slow minutes: the
# ratios count. Needs wrk (Debian package of that name). Usage: benchmarks/against.sh OTHER_CHECKOUT [ROUNDS] [SECONDS] [CONNECTIONS]
set -u
source "$(dirname -- "$0")/services.sh"
rounds=${2:-15} seconds=${3:-3} connections=${4:-64}
# more work at once than the pool's workers have waits in its queue
export FAILURE_RATE=0 BASE_LATENCY_MS=0 MAX_LATENCY_MS=0 WORKERS=64 QUEUE_LIMIT=1000
declare -A at cost ratios rates

machine
for side in "other $(realpath -- "$1")" "this $root"; do
    read -r name root <<<"$side"
    a=http://127.0.0.1:$port b=http://127.0.0.1:$((port + 1))
    [[ ${BUILD:-yes} == no ]] || build
    start_both
    at[$name]=$a pids[$name-a]=${pids[ServiceA]} pids[$name-b]=${pids[ServiceB]}
    port=$((port + 4))
done

# measure SIDE PATH: microseconds of CPU of both services for a request, and requests per second
measure() {
    local used=$((-$(cpu_us "${pids[$1-a]}") - $(cpu_us "${pids[$1-b]}")))
    wrk -t1 -c"$connections" -d"${seconds}s" "${at[$1]}$2" >"$folder/wrk"
    used=$((used + $(cpu_us "${pids[$1-a]}") + $(cpu_us "${pids[$1-b]}")))
    awk -v used="$used" '/Non-2xx/ { failed = $NF } /requests in/ { all = $1; time = $4 + 0 }
        END { printf "%.2f %.0f", used / all, (all - failed) / time }' "$folder/wrk"
}

for ((n = -3; n < rounds; n++)); do # the first three warm up
    for path in /process /process/http; do
        for name in other this; do
            read -r cost[$name] rates[$name] <<<"$(measure $name $path)"
        done
        ((n < 0)) && continue
        ratios[$path]+=" $(awk -v t="${cost[this]}" -v o="${cost[other]}" 'BEGIN { printf "%.3f", t / o }')"
        echo "$path: ${cost[this]} us, ${rates[this]}/s; other ${cost[other]} us, ${rates[other]}/s"
    done
done
for path in /process /process/http; do # words of a list, on purpose
    echo "$path, CPU of this to the other: $(spread ${ratios[$path]})"
done
