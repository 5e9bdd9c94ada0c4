#!/usr/bin/env bash
# What a request costs this checkout beside another one of the same repository: CPU time of both services for a request in each lane,
# without latency and failures. Both pairs work at the same time: a shared machine has fast and slow moments, which
# then meet both, so the ratios count. Needs wrk (Debian package of that name). Usage: benchmarks/against.sh OTHER_CHECKOUT [STARTS] [ROUNDS_OF_EACH]
# [SECONDS] [CONNECTIONS]
set -u
source "$(dirname -- "$0")/services.sh"
starts=${2:-5} each=${3:-4} seconds=${4:-2} connections=${5:-64}
# more work at once than the pool's workers have waits in its queue
export FAILURE_RATE=0 BASE_LATENCY_MS=0 MAX_LATENCY_MS=0 WORKERS=64 QUEUE_LIMIT=1000
declare -A at cost ratios rates

machine
this=$root other=$(realpath -- "$1") ports=$port
if [[ ${BUILD:-yes} != no ]]; then
    for root in "$other" "$this"; do build; done
fi

# What a process has by chance, such as where its code lies, it keeps to its end: so both pairs are started again and again.
start_pairs() {
    kill -KILL "${pids[@]}" 2>/dev/null
    port=$ports
    for name in other this; do
        root=${!name} a=http://127.0.0.1:$port b=http://127.0.0.1:$((port + 1))
        start_both
        at[$name]=$a pids[$name-a]=${pids[ServiceA]} pids[$name-b]=${pids[ServiceB]}
        port=$((port + 4))
    done
}

used() { echo $(($(cpu_us "${pids[$1-a]}") + $(cpu_us "${pids[$1-b]}"))); }

# round PATH: sets cost, microseconds of CPU of both services for a request, and rates, requests per second
round() {
    local name waited=()
    local -A before
    for name in other this; do
        before[$name]=$(used $name)
        wrk -t1 -c"$connections" -d"${seconds}s" "${at[$name]}$1" >"$folder/wrk-$name" &
        waited+=($!)
    done
    wait "${waited[@]}"
    for name in other this; do
        read -r cost[$name] rates[$name] <<<"$(awk -v used="$(($(used $name) - before[$name]))" '
            /Non-2xx/ { failed = $NF } /requests in/ { all = $1; time = $4 + 0 }
            END { printf "%.2f %.0f", used / all, (all - failed) / time }' "$folder/wrk-$name")"
    done
}

for ((start = 0; start < starts; start++)); do
    start_pairs
    for ((n = -8; n < each; n++)); do # the first eight warm up
        for path in /process /process/http; do
            round $path
            ((n < 0)) && continue
            ratios[$path]+=" $(awk -v t="${cost[this]}" -v o="${cost[other]}" 'BEGIN { printf "%.3f", t / o }')"
            echo "$path: ${cost[this]} us, ${rates[this]}/s; other ${cost[other]} us, ${rates[other]}/s"
        done
    done
done
for path in /process /process/http; do # words of a list, on purpose
    echo "$path, CPU of this to the other: $(spread ${ratios[$path]})"
done
