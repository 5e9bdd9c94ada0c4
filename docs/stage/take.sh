#!/usr/bin/env bash
# Takes the pictures of the stage in this folder, from a real run, in Chromium at 1280 x 720. Takes three minutes.
# Needs chromium, chromedriver and a font (Debian package fonts-dejavu-core). Usage: docs/stage/take.sh
set -u
here=$(cd -- "$(dirname -- "$0")" && pwd)
source "$here/../../benchmarks/browser.sh"

# take NAME: what the page in front shows now
take() {
    wd GET /screenshot | sed -e 's/^{"value":"//' -e 's/"}$//' | base64 -d >"$folder/$1.png"
    mv "$folder/$1.png" "$here/$1.png"
    echo "$here/$1.png"
}

lane() { echo "document.querySelector('[data-lane=$1] $2').textContent"; }

[[ ${BUILD:-yes} == no ]] || build_lab
start_lab
start_browser
new_page /; presenter=$window
new_page /stage; audience=$window

# few_workers: cells that are large enough to be told apart, and little to do
few_workers() {
    change PATCH /knobs '{"WORKERS":16,"MAX_LATENCY_MS":200,"FAILURE_RATE":0.05}'
    change PUT /load '{"on":true,"rate":30}'
}

few_workers
sleep 50
take quiet
to_page "$presenter"
take presenter
to_page "$audience"

change PATCH /knobs '{"FAILURE_THRESHOLD":0}'
change PUT /faults '[{"kind":"corrupt","probability":0.03}]'
until_js "Number($(lane http '[data-part=success]')) < 60"
take corrupt

change POST /reset
few_workers
sleep 40
change PUT /faults '[{"kind":"outage"}]'
until_js "$(lane actor .word) === 'OPEN' && $(lane http .word) === 'OPEN'"
sleep 1
until_js "Number($(lane actor .countdown)) > 2.5 && Number($(lane http .countdown)) > 1.5"
take breaker-open

change POST /reset
few_workers
sleep 40
change POST /service-b '{"do":"kill"}'
until_js "document.querySelector('[data-part=contact]').textContent.startsWith('✖ lost contact with ServiceB')"
take service-b-down
