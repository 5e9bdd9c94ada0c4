#!/usr/bin/env bash
# Can LoadTest be believed? First how exactly it keeps its schedule, and up to which rate: against /livez, which answers at once.
# Then against a server that takes 2 ms and once stalls for 2 s: of 100 requests/s for 20 s one in ten falls into the stall, so p95 is
# 1.0 s, p99 1.8 s and the longest 2.0 s by arithmetic. Beside it wrk and hey, which wait for an answer before they ask again and
# so leave out what users would have met. Needs wrk and hey (Debian packages). Usage: benchmarks/loadtest.sh [ROUNDS] [RATES...]
set -u
source "$(dirname -- "$0")/services.sh"
rounds=${1:-3}
shift $(($# > 0))
export FAILURE_RATE=0 BASE_LATENCY_MS=2 MAX_LATENCY_MS=0 WORKERS=64 QUEUE_LIMIT=10000
target=$b/process

# loadtest URL OPTIONS...: its report
loadtest() { dotnet "$root/LoadTest/bin/Release/net10.0/LoadTest.dll" --url "$1" "${@:2}" 2>/dev/null 9>&-; }

# p99_of WORDS: in the line of the report that begins with them
p99_of() { awk -v words="$1" 'index($0, words) == 1 { print $(NF - 2) }' "$folder/loadtest"; }

# stall: in 5 s from now, for 2 s
stall() {
    curl -s -f -o /dev/null -X PUT "$b/faults" -H 'Content-Type: application/json' -d '[{"kind":"stall","from_s":5,"for_s":2}]' || exit 1
}

percentiles() { # of wrk and hey: p50, p95, p99 and longest, where they tell them, in ms
    awk 'function ms(text) { return text ~ /us$/ ? text / 1000 : text ~ /ms$/ ? text + 0 : text ~ /s$/ ? text * 1000 : 0 }
        $1 ~ /^(50|75|90|95|99)%$/ { line = line " p" $1 + 0 " " ($2 == "in" ? $3 * 1000 : ms($2)) } $1 == "Slowest:" { slowest = $2 * 1000 }
        $1 == "Latency" && NF == 5 { slowest = ms($4) } END { print line " longest " slowest }' "$1"
}

[[ ${BUILD:-yes} == no ]] || build
machine
start_b
await "$b/readyz" 200
loadtest "$b/livez" --rps 2000 --seconds 5 >/dev/null # warm up
for rate in "${@:-1000}"; do
    lags=() achieved=()
    for ((n = 0; n < rounds; n++)); do
        loadtest "$b/livez" --rps "$rate" --seconds 10 --warmup 3 >"$folder/loadtest"
        lags+=("$(p99_of 'schedule lag')")
        achieved+=("$(sed -n 's/^Rate: asked.*achieved \([0-9.,]*\).*/\1/p' "$folder/loadtest" | tr -d ,)")
        grep 'load generator was' "$folder/loadtest"
    done
    echo "asked for $rate/s: achieved $(spread "${achieved[@]}"); p99 of the schedule lag, ms: $(spread "${lags[@]}")"
done
for ((n = 0; n < rounds; n++)); do
    stall
    loadtest "$target" --rps 100 --seconds 20 >"$folder/loadtest"
    echo "LoadTest, 100/s: $(awk '/^response, all/ { print "p50 " $4 " p95 " $5 " p99 " $6 " longest " $7 }' "$folder/loadtest"); arithmetic: p50 2 p95 1000 p99 1800 longest 2000"
    stall
    hey -z 20s -c 10 -q 10 "$target" >"$folder/hey"
    echo "hey, 10 clients of 10/s:$(percentiles "$folder/hey")"
    stall
    wrk -t1 -c10 -d20s --latency "$target" >"$folder/wrk"
    echo "wrk, 10 connections:$(percentiles "$folder/wrk")"
done
