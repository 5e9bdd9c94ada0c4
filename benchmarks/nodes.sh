#!/usr/bin/env bash
# What do more ServiceB nodes bring? From one node to five (100 ms of work, 64 workers in each pool), which join the cluster while
# requests flow: a quarter more of them than the nodes could do in theory, 64 / 0.1 s = 640/s each. Answered a second, and the share of
# the requests that succeeded, in both lanes; every round begins with one node again. Draws a picture where SVG is given.
# Usage: benchmarks/nodes.sh [ROUNDS] [SECONDS] [SVG]
set -u
source "$(dirname -- "$0")/services.sh"
rounds=${1:-3} seconds=${2:-5} svg=${3:-}
each=640 nodes=5
ulimit -n "$(ulimit -H -n)"
export FAILURE_RATE=0 BASE_LATENCY_MS=100 MAX_LATENCY_MS=0 REQUEST_TIMEOUT_S=5 MAX_RETRIES=0 FAILURE_THRESHOLD=0
export CLUSTER_SEEDS=127.0.0.1:$((port + 2)),127.0.0.1:$((port + 3))
declare -A answered succeeded busy # one for each round, by lane and number of nodes

# start_node N: the first has the ports that services.sh knows, and is a seed; each other one the next two
start_node() {
    if (($1 == 1)); then start_b; else start ServiceB $((port + 2 * $1)) $((port + 2 * $1 + 1)); fi
    pids[node$1]=${pids[ServiceB]}
}

# taking LANE: how many nodes take attempts there
taking() { curl -s -m 5 "$a/state" | sed 's/"http":{"requests"/\n&/' | sed -n "$([[ $1 == actor ]] && echo 1p || echo 2p)" | grep -o '"accepting":true' | wc -l; }

# await_nodes N: at most 60 s
await_nodes() {
    local limit=$((SECONDS + 60))
    until [[ $(taking actor) == "$1" && $(taking http) == "$1" ]]; do
        ((SECONDS < limit)) || { echo "there are no $1 nodes" >&2; cat "$folder"/*.log >&2; exit 1; }
        sleep 0.1
    done
}

# ended LANE: requests that have succeeded, and all that have ended
ended() {
    local text
    until text=$(curl -s -f -m 10 "$a/metrics"); do sleep 0.1; done
    awk -v lane="lane=\"$1\"" '/^tiny_requests_total/ && index($0, lane) { all += $2; if (/succeeded/) good = $2 } END { print good + 0, all + 0 }' <<<"$text"
}

# spent: time that the cores were busy, and all their time, in ticks
spent() { awk '/^cpu / { for (n = 2; n <= 9; n++) all += $n; print all - $5 - $6, all }' /proc/stat; }

# lane_of LANE N: under load, waits until N nodes take part, and then for the queues to fill, and measures
lane_of() {
    local path=/process from took good all good_before all_before used ticks used_before ticks_before rate share full
    [[ $1 == http ]] && path=/process/http
    dotnet "$root/LoadTest/bin/Release/net10.0/LoadTest.dll" --url "$a$path" --rps $((each * $2 * 5 / 4)) --seconds 120 --max-in-flight 20000 \
        >/dev/null 2>&1 9>&- &
    pids[load]=$!
    (($2 == 1)) || [[ -n ${pids[node$2]:-} ]] || start_node "$2"
    await_nodes "$2"
    sleep 3
    read -r good_before all_before <<<"$(ended "$1")"
    from=$(now_ms)
    read -r used_before ticks_before <<<"$(spent)"
    sleep "$seconds"
    read -r good all <<<"$(ended "$1")"
    took=$(($(now_ms) - from))
    read -r used ticks <<<"$(spent)"
    kill -KILL "${pids[load]}"
    wait "${pids[load]}" 2>/dev/null
    read -r rate share full <<<"$(awk -v good=$((good - good_before)) -v all=$((all - all_before)) -v ms=$took -v used=$((used - used_before)) \
        -v ticks=$((ticks - ticks_before)) 'BEGIN { printf "%.0f %.1f %.0f", good * 1000 / ms, 100 * good / all, 100 * used / ticks }')"
    answered[$1 $2]+=" $rate" succeeded[$1 $2]+=" $share" busy[$1 $2]+=" $full"
    echo "lane $1, $2 nodes: $rate/s answered, $share % of the requests, cores $full % busy"
}

from_to() { printf '%s\n' "$@" | sort -g | awk 'NR == 1 { low = $1 } { high = $1 } END { print low, high }'; }

# Lines and marks of what was measured over the line of theory, in the style of the slides
draw() {
    local lane n low high
    for lane in actor http; do
        for ((n = 1; n <= nodes; n++)); do
            read -r low high <<<"$(from_to ${answered[$lane $n]})"
            echo "$lane $n $(median ${answered[$lane $n]}) $low $high"
        done
    done | awk -v each=$each -v nodes=$nodes '
        function x(n) { return 160 + (n - 1) * 1000 / (nodes - 1) }
        function y(rate) { return 740 - rate * 540 / (each * nodes) }
        function text(at_x, at_y, size, anchor, words) {
            printf "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"%s\" fill=\"#222222\">%s</text>\n", at_x, at_y, size, anchor, words
        }
        function line(x1, y1, x2, y2, colour, width, dash) {
            printf "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%s\"%s/>\n", x1, y1, x2, y2, colour, width,
                dash == "" ? "" : " stroke-dasharray=\"" dash "\""
        }
        BEGIN {
            colour["actor"] = "#4477AA"; colour["http"] = "#EE6677"
            print "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1600 900\" role=\"img\" font-family=\"Arial, Helvetica, sans-serif\">"
            print "<title>Requests answered a second with one to five nodes of ServiceB, beside theory</title>"
            print "<rect width=\"1600\" height=\"900\" fill=\"#FFFFFF\"/>"
            printf "<text x=\"50\" y=\"78\" font-size=\"48\" font-weight=\"bold\" fill=\"#222222\">Requests answered a second, with one to five nodes</text>\n"
            text(50, 140, 32, "start", "answered/s; each node has 64 workers, and its work takes 100 ms")
            for (n = 0; n <= nodes; n++) {
                line(160, y(n * each), 1160, y(n * each), n ? "#DDDDDD" : "#555555", n ? 1.5 : 2.5)
                text(130, y(n * each) + 10, 30, "end", n * each)
            }
            for (n = 1; n <= nodes; n++) text(x(n), 785, 30, "middle", n == 1 ? "1 node" : n)
            line(x(1), y(each), x(nodes), y(each * nodes), "#555555", 3, "12 9")
            text(1185, y(each * nodes) - 18, 30, "start", "theory: 640/s a node")
        }
        {
            at = x($2) + ($1 == "actor" ? -9 : 9)
            points[$1] = points[$1] sprintf("%.1f,%.1f ", at, y($3))
            marks[$1] = marks[$1] sprintf("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"5\"/>\n", at, y($4), at, y($5), colour[$1])
            marks[$1] = marks[$1] ($1 == "actor" \
                ? sprintf("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"11\" fill=\"%s\" stroke=\"#222222\" stroke-width=\"2\"/>\n", at, y($3), colour[$1]) \
                : sprintf("<rect x=\"%.1f\" y=\"%.1f\" width=\"20\" height=\"20\" fill=\"%s\" stroke=\"#222222\" stroke-width=\"2\"/>\n", at - 10, y($3) - 10, colour[$1]))
            last[$1] = y($3)
        }
        END {
            apart = last["http"] - last["actor"]
            if (apart * apart < 1600) { middle = (last["http"] + last["actor"]) / 2; side = apart < 0 ? -20 : 20; last["http"] = middle + side; last["actor"] = middle - side }
            for (lane in colour) {
                printf "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"6\"/>\n%s", points[lane], colour[lane], marks[lane]
                text(1185, last[lane] + 28, 30, "start", "lane " lane)
            }
            text(50, 870, 26, "start", "median of the rounds, bars from the least to the most; reproduce: benchmarks/nodes.sh")
            print "</svg>"
        }' >"$1"
}

[[ ${BUILD:-yes} == no ]] || build
machine
for ((round = 0; round < rounds; round++)); do
    start_node 1
    start_a
    await "$a/readyz" 200
    await_nodes 1
    for ((n = 1; n <= nodes; n++)); do
        lane_of actor $n
        lane_of http $n
    done
    for one in ServiceA node{1..5}; do
        kill -KILL "${pids[$one]}"
        while kill -0 "${pids[$one]}" 2>/dev/null; do sleep 0.1; done
        unset "pids[$one]"
    done
done
machine
echo "| lane | nodes | answered/s, median (from, to) | of theory | to one node | success, % | cores busy, % |"
echo "|---|---|---|---|---|---|---|"
for lane in actor http; do
    one=$(median ${answered[$lane 1]})
    for ((n = 1; n <= nodes; n++)); do
        read -r low high <<<"$(from_to ${answered[$lane $n]})"
        awk -v lane=$lane -v n=$n -v rate="$(median ${answered[$lane $n]})" -v low="$low" -v high="$high" -v one="$one" -v each=$each \
            -v share="$(median ${succeeded[$lane $n]})" -v full="$(median ${busy[$lane $n]})" 'BEGIN {
            printf "| %s | %d | %d (%d, %d) | %.2f | %.2f | %.1f | %d |\n", lane, n, rate, low, high, rate / (each * n), rate / one, share, full }'
    done
done
[[ -z $svg ]] || draw "$svg"
