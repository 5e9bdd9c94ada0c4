#!/usr/bin/env bash
# How long until ServiceA answers 200 again after ServiceB was killed and started again, and after it was paused for 15 s.
# Under a load of 50 requests/s. Usage: benchmarks/recovery.sh [KILLS] [PAUSES]
set -u
source "$(dirname -- "$0")/services.sh"
kills=${1:-7} pauses=${2:-3}
export COOL_DOWN_SECONDS=0.5 FAILURE_RATE=0 MAX_LATENCY_MS=0

# From the moment of $1 in ms to the first 200 of ServiceA.
until_success() {
    await "$a/process" 200
    echo $(($(now_ms) - $1))
}

after_kill() {
    kill -KILL "${pids[ServiceB]}"
    await "$a/process" 503
    start_b
    await "$b/readyz" 200
    until_success "$(now_ms)"
}

after_pause() {
    kill -STOP "${pids[ServiceB]}"
    await "$a/process" 503
    sleep 15
    kill -CONT "${pids[ServiceB]}"
    until_success "$(now_ms)"
}

[[ ${BUILD:-yes} == no ]] || build
machine
start_both
load --rps 50 --seconds 1h
disown
times=()
for ((n = 0; n < kills; n++)); do
    sleep 3
    after_kill >"$folder/time"
    times+=("$(<"$folder/time")")
done
echo "killed and started again, ms from /readyz of ServiceB to a 200 of ServiceA: ${times[*]} ($(spread "${times[@]}"))"
times=()
for ((n = 0; n < pauses; n++)); do
    sleep 3
    after_pause >"$folder/time"
    times+=("$(<"$folder/time")")
done
echo "paused for 15 s, ms from SIGCONT to a 200 of ServiceA: ${times[*]} ($(spread "${times[@]}"))"
