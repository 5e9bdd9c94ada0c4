#!/usr/bin/env bash
# What the stage costs, all with 100 requests/s in each lane. Four parts: from dotnet run --project Lab, built before, to the first point
# that is drawn; Lab's processor time with 0, 2 and 20 readers of /events; requests beside a reader that never reads and one that goes
# away again and again; and what two open pages and the three processes hold, once a minute. Needs chromium and chromedriver; Linux.
# Usage: benchmarks/stage.sh [MINUTES] [STARTS] [ROUNDS]        each 0 leaves its part out; the full run is 60 7 5
set -u
source "$(dirname -- "$0")/browser.sh"
minutes=${1:-5} starts=${2:-5} rounds=${3:-5}
window_s=10

# The colour of lane actor on the chart's canvas; what is predicted has another.
drawn="(() => { const c = document.querySelector('#chart canvas'); if (c === null) return false;"
drawn+=" const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
drawn+=" for (let i = 0; i < d.length; i += 4) if (d[i] === 68 && d[i + 1] === 119 && d[i + 2] === 170) return true; return false; })()"

# start_once [OPTION of dotnet run]: sets $answers, the ms until /stage answers, and $point, until a point is drawn: the load is
# switched on as soon as somebody could do it.
start_once() {
    local from limit=$((SECONDS + 60))
    from=$(now_ms)
    start_tiny $port_base "$@" -c $configuration
    await $stage/stage 200
    answers=$(($(now_ms) - from))
    wd POST /url "{\"url\":\"$stage/stage\"}" >/dev/null
    until curl -s -f -m 5 -X PUT $stage/load -H 'Content-Type: application/json' -d '{"on":true,"rate":100}' >/dev/null; do
        ((SECONDS < limit)) || { cat "$folder/run.log" >&2; exit 1; }
        sleep 0.02
    done
    until_js "$drawn"
    point=$(($(now_ms) - from))
    wd POST /url '{"url":"about:blank"}' >/dev/null
    end_tiny $stage/livez
}

# number NAME: the first such number in what is on standard input
number() { grep -oE -m 1 "\"$1\":-?[0-9.]+" | head -n 1 | cut -d: -f2; }

# count NAME: how often it is in $history
count() { grep -o "\"$1\":" <<<"$history" | wc -l; }

# share SECONDS: cores that Lab takes over the next seconds
share() {
    local before
    before=$(cpu_us "${pids[lab]}")
    sleep "$1"
    awk -v b="$before" -v n="$(cpu_us "${pids[lab]}")" -v s="$1" 'BEGIN { printf "%.3f", (n - b) / s / 1e6 }'
}

# readers N: that many more read /events
readers() {
    local n
    for ((n = 0; n < $1; n++)); do
        curl -s -N -m 600 $stage/events >/dev/null 9>&- &
        pids[reader$n]=$!
        disown
    done
}

end_readers() {
    local name
    for name in "${!pids[@]}"; do
        [[ $name == reader* ]] || continue
        kill -KILL "${pids[$name]}" 2>/dev/null
        unset "pids[$name]"
    done
}

# beside WORDS: LoadTest's 100/s in lane actor, and how late the stage's own load is
beside() {
    timeout 120 dotnet "$root/LoadTest/bin/$configuration/net10.0/LoadTest.dll" --url http://127.0.0.1:$port_base/process --rps 100 \
        --seconds $((2 * window_s)) --warmup 2 --json "$folder/load.json" >/dev/null 2>&1 9>&- || { echo "no load" >&2; exit 1; }
    local load state
    load=$(tr -d ' \n' <"$folder/load.json")
    state=$(curl -s $stage/state)
    echo "$1 | $(number achieved_rate <<<"$load") | $(number p99_ms <<<"$load")" \
        "| $(number lag_p99_ms <<<"$state") | $(number dropped <<<"$state")"
}

# held PID: MB, threads and open files of a process
held() {
    local files=("/proc/$1/fd"/*)
    awk -v files=${#files[@]} '/VmRSS/ { mb = $2 / 1024 } /Threads/ { n = $2 } END { printf "%.0f %d %d", mb, n, files }' "/proc/$1/status"
}

# page WINDOW: MB of its JavaScript heap after a collection, and its nodes
page() {
    to_page "$1"
    cdp HeapProfiler.collectGarbage >/dev/null
    echo "$(cdp Runtime.getHeapUsage | number usedSize | awk '{ printf "%.2f", $1 / 1e6 }') $(cdp Memory.getDOMCounters | number nodes)"
}

# beside_bad COMMAND: while it runs, one reader has asked and reads nothing, and one goes away without a word every half second
beside_bad() {
    local still
    exec {still}<>"/dev/tcp/localhost/$((port_base + 4))"
    printf 'GET /events HTTP/1.1\r\nHost: localhost:%s\r\n\r\n' $((port_base + 4)) >&$still
    while true; do timeout -s KILL 0.5 curl -s -N $stage/events >/dev/null; done 2>/dev/null 9>&- {still}>&- &
    pids[reader]=$!
    disown
    "$@"
    end_readers
    exec {still}>&-
}

[[ ${BUILD:-yes} == no ]] || build_lab
machine
start_browser

if ((starts > 0)); then
    new_page /
    for option in "" --no-build; do
        up=() first=()
        for ((n = 0; n < starts; n++)); do
            start_once $option
            up+=("$answers") first+=("$point")
        done
        echo "ms from dotnet run${option:+ $option} to an answer of /stage: ${up[*]} ($(spread "${up[@]}"))"
        echo "ms from dotnet run${option:+ $option} to the first point drawn: ${first[*]} ($(spread "${first[@]}"))"
    done
fi

start_lab
declare -A process=([Lab]=${pids[lab]} [ServiceA]=$(curl -s http://localhost:$port_base/state | number pid)
    [ServiceB]=$(curl -s http://localhost:$((port_base + 1))/state | number pid))
change PATCH /knobs '{"FAILURE_RATE":0.1,"MAX_LATENCY_MS":200}' # as they are, both breakers would soon be open
change PUT /load '{"on":true,"rate":100}'

if ((rounds > 0)); then
    sleep $((2 * window_s)) # for the compiler
    echo "round | cores of Lab with 0 readers | with 2 | with 20"
    for ((round = 1; round <= rounds; round++)); do
        row=$round
        for more in 0 2 20; do
            readers $more
            sleep 1
            row+=" | $(share $window_s)"
            end_readers
        done
        echo "$row"
    done
    echo "readers beside | achieved rate | p99 ms | the stage's own load: p99 ms late | dropped"
    for ((round = 1; round <= rounds; round++)); do
        beside none
        beside_bad beside "one that never reads, one that goes away"
    done
fi

if ((minutes > 0)); then
    for ((n = 0; n < 300; n++)); do # so that the rings of events and marks are full from the beginning
        change POST /marks "{\"text\":\"mark $n\"}"
    done
    new_page /; presenter=$window
    new_page /stage; audience=$window
    echo "minute | / MB, nodes | /stage MB, nodes | Lab MB, threads, files | ServiceA | ServiceB | cores of Lab"
    for ((minute = 0; minute <= minutes; minute++)); do
        cores=$(share $((minute == 0 ? window_s : 60)))
        echo "$minute | $(page "$presenter") | $(page "$audience") | $(held "${process[Lab]}") | $(held "${process[ServiceA]}")" \
            "| $(held "${process[ServiceB]}") | $cores"
    done
    history=$(curl -s $stage/history)
    events=$(count seq) texts=$(count text)
    echo "kept: $events events, $((texts - events)) marks, $(count offered) seconds; dropped: $(curl -s $stage/state | number dropped)"
fi
