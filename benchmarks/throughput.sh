#!/usr/bin/env bash
# What a call costs, without latency and failures: both lanes beside /livez of ServiceA, which calls nobody, and beside HAProxy with
# retries in front of the same ServiceB. All take turns, because a shared machine has fast and slow minutes: the ratios count.
# Needs wrk and haproxy (Debian packages of these names). Usage: benchmarks/throughput.sh [ROUNDS] [SECONDS] [CONNECTIONS...]
set -u
source "$(dirname -- "$0")/services.sh"
rounds=${1:-7} seconds=${2:-5}
shift $(($# < 2 ? $# : 2))
# more work at once than the pool's workers have waits in its queue
export FAILURE_RATE=0 BASE_LATENCY_MS=0 MAX_LATENCY_MS=0 WORKERS=64 QUEUE_LIMIT=1000
order=(/livez /process /process/http haproxy)
declare -A url=([/livez]=$a/livez [/process]=$a/process [/process/http]=$a/process/http [haproxy]=http://127.0.0.1:$((port + 4))/process)
declare -A ratios p50s p99s

start_haproxy() {
    cat >"$folder/haproxy.cfg" <<END
defaults
    mode http
    timeout connect 1s
    timeout client 30s
    timeout server 1s
    retries 2
    retry-on all-retryable-errors
    http-reuse always
frontend all
    bind 127.0.0.1:$((port + 4))
    default_backend service-b
backend service-b
    server b 127.0.0.1:$((port + 1))
END
    haproxy -db -f "$folder/haproxy.cfg" >>"$folder/haproxy.log" 2>&1 9>&- &
    pids[haproxy]=$!
    disown
    await "${url[haproxy]}" 200
}

# measure TARGET CONNECTIONS: successful requests per second, p50 and p99 in ms
measure() {
    wrk -t1 -c"$2" -d"${seconds}s" --latency "${url[$1]}" >"$folder/wrk"
    awk 'function ms(text) { return text ~ /us$/ ? text / 1000 : text ~ /ms$/ ? text + 0 : text * 1000 }
        $1 == "50%" { p50 = ms($2) } $1 == "99%" { p99 = ms($2) } /Non-2xx/ { failed = $NF }
        /requests in/ { all = $1; time = $4 + 0 } END { printf "%.0f %.3f %.3f", (all - failed) / time, p50, p99 }' "$folder/wrk"
}

[[ ${BUILD:-yes} == no ]] || build
machine
start_both
start_haproxy
for _ in 1 2 3; do # warm up
    for target in "${order[@]}"; do measure "$target" 64 >/dev/null; done
done
for connections in "${@:-64}"; do
    ratios=() p50s=() p99s=()
    for ((n = 0; n < rounds; n++)); do
        for target in "${order[@]}"; do
            read -r rate p50 p99 <<<"$(measure "$target" "$connections")"
            [[ $target == /livez ]] && nobody=$rate
            ratios[$target]+=" $(awk -v p="$rate" -v n="$nobody" 'BEGIN { printf "%.3f", p / n }')"
            p50s[$target]+=" $p50" p99s[$target]+=" $p99"
            echo "$connections connections, $target: $rate/s, p50 $p50 ms, p99 $p99 ms"
        done
    done
    for target in "${order[@]}"; do # words of a list, on purpose
        echo "$connections connections, $target to /livez: $(spread ${ratios[$target]}); p50, ms: $(spread ${p50s[$target]}); p99, ms: $(spread ${p99s[$target]})"
    done
done
