#!/usr/bin/env bash
# The numbers of docs/scale.md: first what a request, a connection and a member cost on this machine, then by arithmetic what many
# of them need. Measured: CPU of ServiceA and ServiceB for a request of each lane at 1,000/s; connections between the two; bytes
# that the members of a cluster send each other at rest, with 2 to 8 members. Linux. Usage: benchmarks/scale.sh [ROUNDS]
set -u
source "$(dirname -- "$0")/services.sh"
rounds=${1:-3}
rate=1000
export FAILURE_RATE=0 BASE_LATENCY_MS=0 MAX_LATENCY_MS=0 QUEUE_LIMIT=1000

# cost PATH: us of CPU for a request, of ServiceA and of ServiceB
cost() {
    local a_us b_us
    a_us=$(cpu_us "${pids[ServiceA]}") b_us=$(cpu_us "${pids[ServiceB]}")
    dotnet "$root/LoadTest/bin/Release/net10.0/LoadTest.dll" --url "$a$1" --rps $rate --seconds 10 >"$folder/report" 2>/dev/null 9>&-
    echo $((($(cpu_us "${pids[ServiceA]}") - a_us) / 10 / rate)) $((($(cpu_us "${pids[ServiceB]}") - b_us) / 10 / rate))
}

# connections PORT: from ServiceA to that port of ServiceB
connections() { ss -tnH state established "( dport = :$1 )" | wc -l; }

# Bytes that all members have sent by now, heartbeats and gossip
sent() {
    local name members=""
    for name in "${!pids[@]}"; do members+="|pid=${pids[$name]},"; done
    ss -tinpH state established | awk -v members="${members#|}" '/pid=/ { ours = $0 ~ members } ours && match($0, /bytes_sent:[0-9]+/) {
        sum += substr($0, RSTART + 11, RLENGTH - 11) } END { printf "%.0f", sum }'
}

# member NUMBER: a ServiceB of the cluster
member() {
    EXIT_WITH_PARENT=true CLUSTER_SEEDS=127.0.0.1:$((port + 11)) HTTP_PORT=$((port + 8 + 2 * $1)) REMOTE_PORT=$((port + 9 + 2 * $1)) \
        dotnet "$root/ServiceB/bin/Release/net10.0/ServiceB.dll" <"$folder/hold" >>"$folder/member$1.log" 2>&1 9>&- &
    pids[member$1]=$!
    disown
    await "http://127.0.0.1:$((port + 8 + 2 * $1))/readyz" 200
}

[[ ${BUILD:-yes} == no ]] || build
machine
start_both
cost /process >/dev/null # warm up
cost /process/http >/dev/null
for path in /process /process/http; do
    ours=() theirs=()
    for ((n = 0; n < rounds; n++)); do
        read -r one other <<<"$(cost "$path")"
        ours+=("$one") theirs+=("$other")
    done
    echo "$path at $rate/s, us of CPU for a request: ServiceA $(spread "${ours[@]}"); ServiceB $(spread "${theirs[@]}")"
    [[ $path == /process ]] && ours_us=$(median "${ours[@]}") theirs_us=$(median "${theirs[@]}")
done
echo "connections from ServiceA to ServiceB: remoting $(connections $((port + 3))), HTTP $(connections $((port + 1)))"
kill "${pids[ServiceA]}" "${pids[ServiceB]}"
unset 'pids[ServiceA]' 'pids[ServiceB]'
for count in 1 2 3 4 5 6 7 8; do
    member $count
    ((count == 1)) && continue
    sleep 5 # until all know of it
    before=$(sent)
    sleep 10
    bytes=$((($(sent) - before) / 10 / count))
    echo "$count members at rest: each sends $bytes bytes/s"
done

# Arithmetic. Work of 430 ms (the default's mean) at workers of 64 a node, filled to 70 %; 1.39 attempts for a request (3 at most, 30 %
# fail); cores filled to 60 %. A node hears of 5 requests in a row that fail after 5 n m / rate s where n gateways share m nodes.
awk -v a_us="$ours_us" -v b_us="$theirs_us" 'BEGIN {
    attempts = 1.39; work = 0.43; workers = 64
    print "requests/s | ServiceB nodes | cores, ServiceA + ServiceB | gateways (2 cores) | connections n x m | one pair sees, attempts/s | 5 in a row take, s | in an outage, attempts/s"
    for (i = 1; i <= 3; i++) {
        rate = i == 1 ? 100 : i == 2 ? 1000 : 100000
        nodes = up(rate * attempts * work / workers / 0.7)
        a_cores = rate * attempts * a_us / 1e6 / 0.6; b_cores = rate * attempts * b_us / 1e6 / 0.6
        gateways = up(a_cores / 2); if (gateways < 2) gateways = 2
        pair = rate * attempts / gateways / nodes
        printf "%d | %d | %.1f + %.1f | %d | %d | %.2f | %.1f | %d\n", rate, nodes, a_cores, b_cores, gateways, gateways * nodes, pair, 5 / pair, 3 * rate
    }
    print "nodes | gateways | connections n x m | breakers of one lane | at 1,000 requests/s one pair sees, attempts/s | 5 in a row take, s"
    for (nodes = 10; nodes <= 1000; nodes *= 10) {
        gateways = up(nodes / 10) < 2 ? 2 : up(nodes / 10)
        pair = 1000 * attempts / gateways / nodes
        printf "%d | %d | %d | %d | %.3f | %.0f\n", nodes, gateways, gateways * nodes, gateways * nodes, pair, 5 / pair
    }
}
function up(x) { return x == int(x) ? x : int(x) + 1 }'
