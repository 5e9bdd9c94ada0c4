# Sourced by what drives the stage in a browser from a shell: tiny up from a build on ports of its own, and headless Chromium, by the
# WebDriver protocol over curl. Needs Debian's packages chromium and chromium-driver. Sources services.sh, whose exit ends all of it.

source "$(dirname -- "${BASH_SOURCE[0]}")/services.sh"
port_base=${PORT_BASE:-28800}
stage=http://localhost:$((port_base + 4))
driver=http://127.0.0.1:$((port_base + 5))
session=
configuration=${CONFIGURATION:-Debug} # as dotnet run has it

for program in chromium chromedriver curl; do
    command -v $program >/dev/null || { echo "there is no $program on the PATH" >&2; exit 1; }
done
trap '[[ -z $session ]] || curl -s -X DELETE "$driver/session/$session" >/dev/null; finish' EXIT

build_lab() { dotnet build "$root/Lab" -c $configuration -v q --nologo >"$folder/build" || { cat "$folder/build"; exit 1; }; }

start_lab() {
    EXIT_WITH_PARENT=true dotnet "$root/Lab/bin/$configuration/net10.0/Lab.dll" up --port-base $port_base <"$folder/hold" >>"$folder/lab.log" 2>&1 9>&- &
    pids[lab]=$!
    disown
    await "$stage/readyz" 200
    until_state '"service_a":"up","service_b":"up"'
}

# change METHOD PATH [JSON]: what a presenter can change
change() { curl -s -f -X "$1" "$stage$2" ${3:+-H 'Content-Type: application/json' -d "$3"} >/dev/null || { echo "$1 $2 $3: refused" >&2; exit 1; }; }

# until_state WORDS: at most a minute, until /state of the stage holds them
until_state() {
    local limit=$((SECONDS + 60))
    until curl -s "$stage/state" | grep -qF -- "$1"; do
        ((SECONDS < limit)) || { echo "the stage never said $1" >&2; exit 1; }
        sleep 0.1
    done
}

# wd METHOD PATH [JSON]: one command to chromedriver
wd() { curl -s -X "$1" "$driver/session${session:+/$session}$2" ${3:+-d "$3"}; }

start_browser() {
    chromedriver --port=$((port_base + 5)) >"$folder/chromedriver.log" 2>&1 9>&- &
    pids[chromedriver]=$!
    disown
    await $driver/status 200
    local sandbox=
    [[ $(id -u) != 0 ]] || sandbox='"--no-sandbox",' # root has none
    session=$(wd POST "" '{"capabilities":{"alwaysMatch":{"goog:chromeOptions":{"args":["--headless","--disable-gpu","--disable-quic","--no-first-run",
        "--disable-background-networking","--disable-component-update","--disable-sync","--remote-debugging-pipe",'"$sandbox"'"--user-data-dir='"$folder"'/profile"]}}}}' |
        grep -o '"sessionId":"[^"]*"' | cut -d'"' -f4)
    [[ -n $session ]] || { cat "$folder/chromedriver.log" >&2; exit 1; }
}

# cdp COMMAND [PARAMETERS]: one command of the DevTools protocol to the page in front
cdp() { wd POST /goog/cdp/execute "{\"cmd\":\"$1\",\"params\":${2:-{\}}}"; }

# new_page PATH: in a window of its own, of 1280 x 720, which is then in front. Sets $window.
new_page() {
    window=$(wd POST /window/new '{"type":"window"}' | grep -o '"handle":"[^"]*"' | cut -d'"' -f4)
    to_page "$window"
    cdp Emulation.setDeviceMetricsOverride '{"width":1280,"height":720,"deviceScaleFactor":1,"mobile":false}' >/dev/null
    wd POST /url "{\"url\":\"$stage$1\"}" >/dev/null
}

to_page() { wd POST /window "{\"handle\":\"$1\"}" >/dev/null; }

# js EXPRESSION: its value on the page in front; no double quotes in it
js() { wd POST /execute/sync "{\"script\":\"return $1\",\"args\":[]}" | sed -E 's/^\{"value":(.*)\}$/\1/'; }

# until_js EXPRESSION: at most a minute, until it is true on the page in front
until_js() {
    local limit=$((SECONDS + 60))
    until [[ $(js "$1") == true ]]; do
        ((SECONDS < limit)) || { echo "never true: $1" >&2; exit 1; }
        sleep 0.05
    done
}
