// The frames of the server, one after the other, for as long as the page is looked at. A stream that ends or falls silent is
// opened again; a hidden page has none, so it costs nobody anything.

const silentAfterMs = 12_000; // the server says something every 5 s
const againAfterMs = 1_000;

/** @param onFrame each frame; @param onContact true when a stream is open, false while it is being opened again. */
export function watch(onFrame, onContact) {
  let source = null;
  let heardAt = performance.now();

  function open() {
    source?.close();
    source = new EventSource("/events");
    heardAt = performance.now();
    source.onopen = () => {
      heardAt = performance.now();
      onContact(true);
    };
    source.onmessage = message => {
      heardAt = performance.now();
      onFrame(JSON.parse(message.data));
    };
    source.addEventListener("heartbeat", () => heardAt = performance.now());
    source.onerror = () => onContact(false);
  }

  function check() {
    if (document.hidden)
      return;
    const isSilent = performance.now() - heardAt > silentAfterMs;
    if (isSilent)
      onContact(false);
    if (source === null || source.readyState === EventSource.CLOSED || isSilent)
      open();
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      source?.close();
      source = null;
    } else {
      heardAt = performance.now();
      check();
    }
  });
  setInterval(check, againAfterMs);
  check();
}
