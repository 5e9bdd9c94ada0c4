#!/usr/bin/env bash
# Is lane http a straw man? Its throughput beside that of a bare ASP.NET Core endpoint with an HttpClient to the same
# ServiceB: (a) neither has policies, (b) both have the same four. Interleaved, because a shared machine has fast and slow
# minutes: the ratio counts, and the CPU time that each takes for a request, which other work disturbs least. BARE says how bare
# the other endpoint is (benchmarks/Bare/Program.cs). Needs wrk (Debian package wrk).
# Usage: [BARE=web|factory|stripped] benchmarks/http-lane.sh [ROUNDS] [SECONDS]
set -u
source "$(dirname -- "$0")/bare.sh"
rounds=${1:-7} seconds=${2:-5}
export FAILURE_RATE=0 BASE_LATENCY_MS=0 MAX_LATENCY_MS=0 WORKERS=64 QUEUE_LIMIT=64

# measure PROCESS URL: requests per second, successful ones only, and microseconds of CPU for each
measure() {
    local before
    before=$(cpu_us "${pids[$1]}")
    wrk -t1 -c64 -d"${seconds}s" "$2" >"$folder/wrk"
    awk -v cpu="$(($(cpu_us "${pids[$1]}") - before))" '/Non-2xx/ { failed = $NF }
        /requests in/ { all = $1; time = $4 + 0 }
        END { printf "%.0f %.0f", (all - failed) / time, cpu / all }' "$folder/wrk"
}

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a / b }'; }

# compare NAME PIPELINE PATH_OF_BARE: each goes first in every second round
compare() {
    local ratios=() costs=() ours theirs our_cpu their_cpu
    pipeline "$2"
    for _ in 1 2 3; do # warm up: ServiceA has more code to be compiled, and its first seconds take five times as much
        measure Bare "$bare$3" >/dev/null
        measure ServiceA "$a/process/http" >/dev/null
    done
    for ((n = 0; n < rounds; n++)); do
        ((n % 2)) && read -r theirs their_cpu <<<"$(measure Bare "$bare$3")"
        read -r ours our_cpu <<<"$(measure ServiceA "$a/process/http")"
        ((n % 2)) || read -r theirs their_cpu <<<"$(measure Bare "$bare$3")"
        ratios+=("$(ratio "$ours" "$theirs")")
        costs+=("$(ratio "$our_cpu" "$their_cpu")")
        echo "$1: lane http $ours/s of $our_cpu us, bare endpoint $theirs/s of $their_cpu us, ratio ${ratios[-1]}, of CPU ${costs[-1]}"
    done
    echo "$1: throughput of lane http to that of the bare endpoint: $(spread "${ratios[@]}")"
    echo "$1: CPU time of ServiceA for a request to that of the bare endpoint: $(spread "${costs[@]}")"
}

[[ ${BUILD:-yes} == no ]] || build_with_bare
machine
start_both
start_bare
compare "no policies" none /process
compare "same policies" knobs /process/policies
