# Sourced by the benchmarks: both services from a Release build, on loopback ports of their own, from PORT_BASE on. Whatever
# ends the script ends them: its exit kills them, and, should it be killed itself, they see the end of the pipe that it holds.

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
folder=$(mktemp -d)
port=${PORT_BASE:-28100}
a=http://127.0.0.1:$port
b=http://127.0.0.1:$((port + 1))
declare -A pids
mkfifo "$folder/hold"
exec 9<>"$folder/hold"
trap finish EXIT
trap 'exit 130' INT TERM

finish() {
    for pid in "${pids[@]}"; do
        kill -KILL "$pid" 2>/dev/null
    done
    rm -rf "$folder"
}

build() {
    for project in ServiceA ServiceB LoadTest; do
        dotnet build "$root/$project" -c Release -v q --nologo >"$folder/build" || { cat "$folder/build"; exit 1; }
    done
}

# start NAME HTTP_PORT REMOTE_PORT
start() {
    EXIT_WITH_PARENT=true HTTP_PORT=$2 REMOTE_PORT=$3 \
        SERVICE_B=127.0.0.1:$((port + 3)) SERVICE_B_URL=$b \
        dotnet "$root/$1/bin/Release/net10.0/$1.dll" <"$folder/hold" >>"$folder/$1.log" 2>&1 9>&- &
    pids[$1]=$!
    disown
}

start_a() { start ServiceA $port $((port + 2)); }
start_b() { start ServiceB $((port + 1)) $((port + 3)); }

# load OPTIONS...: the load test against ServiceA, in the background
load() {
    dotnet "$root/LoadTest/bin/Release/net10.0/LoadTest.dll" --url "$a/process" "$@" >"$folder/report" 2>/dev/null 9>&- &
    pids[load]=$!
}

status() { curl -s -o /dev/null -m 2 -w '%{http_code}' "$1"; }

# await URL STATUS: at most 60 s
await() {
    local limit=$((SECONDS + 60))
    until [[ $(status "$1") == "$2" ]]; do
        ((SECONDS < limit)) || { echo "$1 does not answer $2" >&2; cat "$folder"/*.log >&2; exit 1; }
        sleep 0.02
    done
}

start_both() {
    start_b
    start_a
    await "$b/readyz" 200
    await "$a/readyz" 200
    # Somebody else's services on the same ports would be ready as well.
    kill -0 "${pids[ServiceA]}" "${pids[ServiceB]}" 2>/dev/null || { cat "$folder"/*.log >&2; exit 1; }
}

# Microseconds of CPU that a process has taken so far
cpu_us() { awk -v tick="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); printf "%.0f", ($12 + $13) * 1e6 / tick }' "/proc/$1/stat"; }

now_ms() { echo "${EPOCHREALTIME/[.,]/}" | sed 's/...$//'; }

# in_both Rss|Pss: MB that both services hold; Pss counts pages that processes share once
in_both() {
    awk -v key="$1:" '$1 == key { sum += $2 } END { printf "%.0f", sum / 1024 }' \
        "/proc/${pids[ServiceA]}/smaps_rollup" "/proc/${pids[ServiceB]}/smaps_rollup"
}

# start_tiny PORT_BASE OPTION...: a lab by dotnet run with these options, in a process group of its own
start_tiny() {
    EXIT_WITH_PARENT=true setsid dotnet run "${@:2}" --project "$root/Lab" -- up --port-base "$1" \
        <"$folder/hold" >>"$folder/run.log" 2>&1 9>&- &
    pids[run]=$!
    disown
}

# end_tiny URL: ends that lab; nothing of it is left when URL does not answer and its group is gone
end_tiny() {
    local limit=$((SECONDS + 90))
    kill -TERM -- "-${pids[run]}"
    until [[ $(status "$1") == 000 ]] && ! kill -0 -- "-${pids[run]}" 2>/dev/null; do
        ((SECONDS < limit)) || { echo "it did not end" >&2; exit 1; }
        sleep 0.1
    done
    unset 'pids[run]'
}

median() { printf '%s\n' "$@" | sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# Smallest, median and largest of its arguments
spread() {
    printf '%s\n' "$@" | sort -g | awk '{ v[NR] = $1 } END { print "min " v[1] ", median " v[int((NR + 1) / 2)] ", max " v[NR] }'
}

machine() {
    echo "$(date -u +%F), $(nproc) cores, $(awk '/MemTotal/ { printf "%.0f GB", $2 / 1e6 }' /proc/meminfo), $(uname -sr), .NET $(dotnet --version)," \
        "load average $(cut -d' ' -f1 /proc/loadavg)"
}
