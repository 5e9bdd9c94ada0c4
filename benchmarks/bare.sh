# Sourced by what measures lane http beside the bare endpoint. Sources services.sh, whose exit ends it as well.

source "$(dirname -- "${BASH_SOURCE[0]}")/services.sh"
bare=http://127.0.0.1:$((port + 4))

build_with_bare() {
    build
    dotnet build "$root/benchmarks/Bare" -c Release -v q --nologo >"$folder/build" || { cat "$folder/build"; exit 1; }
}

start_bare() {
    HTTP_PORT=$((port + 4)) SERVICE_B_URL=$b dotnet "$root/benchmarks/Bare/bin/Release/net10.0/Bare.dll" >>"$folder/Bare.log" 2>&1 9>&- &
    pids[Bare]=$!
    disown
    await "$bare/process" 200
}

# pipeline KIND: of lane http
pipeline() {
    curl -s -o /dev/null -X PATCH -H 'Content-Type: application/json' -d "{\"HTTP_PIPELINE\":\"$1\"}" "$a/knobs"
}
