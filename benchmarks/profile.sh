#!/usr/bin/env bash
# Where the CPU time of a request goes, by part, for each lane: of ServiceA, of ServiceB, and of the bare endpoint beside lane
# http without policies. 64 connections, no latency, no failures. Samples of all threads by perf (Debian package linux-perf; it
# must be allowed to look at the kernel, as root is); what a sample belongs to is its innermost function. Needs wrk as well
# (Debian package wrk). Usage: benchmarks/profile.sh [SECONDS]
set -u
source "$(dirname -- "$0")/bare.sh"
seconds=${1:-8}
export FAILURE_RATE=0 BASE_LATENCY_MS=0 MAX_LATENCY_MS=0 WORKERS=64 QUEUE_LIMIT=64
# names for code that was compiled at run time; perf finds them only where code is not mapped twice
export DOTNET_PerfMapEnabled=1 DOTNET_EnableWriteXorExecute=0

# profile PROCESS URL: microseconds of CPU for a request, by part
profile() {
    local before spent
    wrk -t1 -c64 -d$((seconds + 4))s "$2" >"$folder/wrk" &
    sleep 2
    perf record -q -F 1999 -g -p "${pids[$1]}" -o "$folder/perf" -- sleep "$seconds" >/dev/null 2>&1 &
    before=$(cpu_us "${pids[$1]}")
    sleep "$seconds"
    spent=$(($(cpu_us "${pids[$1]}") - before))
    wait
    perf report -i "$folder/perf" --no-children -g none --sort symbol 2>/dev/null | grep -v '^#' |
        awk -v name="$1 at ${2#http://*:*/}" -v spent="$spent" -v seconds="$seconds" '
        FNR == NR { if (/Requests\/sec/) rate = $2; next }
        NF == 0 { next }
        {
            share = $1 + 0
            if ($2 == "[k]") part = "kernel: sockets, scheduling"
            else if (!match($0, /\[[A-Za-z][A-Za-z0-9.]*\] [A-Za-z<][^ ]*::/)) part = "runtime: collector, threads, copying"
            else {
                split(substr($0, RSTART + 1), words, "]")
                assembly = words[1]
                if (assembly ~ /^(ServiceA|ServiceB|Shared\.)/) part = "our code"
                else if (assembly ~ /^Bare/) part = "the bare endpoint itself"
                else if (assembly ~ /^Akka\.Remote/) part = "Akka.Remote"
                else if (assembly ~ /^Akka/) part = "Akka: actors, ask, breaker"
                else if (assembly ~ /^DotNetty/) part = "DotNetty: the transport of Akka.Remote"
                else if (assembly ~ /^Google/) part = "protobuf, in Akka.Remote"
                else if (assembly ~ /^Polly/) part = "Polly"
                else if (assembly ~ /^Prometheus/) part = "metrics"
                else if (assembly ~ /^System\.Text/) part = "JSON"
                else if (assembly ~ /^System\.Net\.Http/) part = "HttpClient"
                else if (assembly ~ /^Microsoft\.AspNetCore|^System\.IO\.Pipelines/) part = "Kestrel, routing"
                else if (assembly ~ /^System\.Net\.Sockets/) part = "sockets, above the kernel"
                else part = "base library: tasks, locks, collections, strings"
            }
            of[part] += share
            all += share
        }
        END {
            each = spent / (rate * seconds)
            printf "%s: %.0f requests/s under perf, %.1f us of CPU for each\n", name, rate, each
            for (part in of) printf "  %6.2f us  %4.1f %%  %s\n", each * of[part] / all, 100 * of[part] / all, part | "sort -rn"
            close("sort -rn")
        }' "$folder/wrk" -
}

command -v perf >/dev/null || { echo "perf is missing: install the Debian package linux-perf" >&2; exit 1; }
[[ ${BUILD:-yes} == no ]] || build_with_bare
machine
start_both
start_bare
pipeline none
for url in "$a/process" "$a/process/http" "$bare/process"; do
    for _ in 1 2 3; do wrk -t1 -c64 -d3s "$url" >/dev/null; done
done
profile Bare "$bare/process"
profile ServiceA "$a/process/http"
profile ServiceB "$a/process/http"
profile ServiceA "$a/process"
profile ServiceB "$a/process"
