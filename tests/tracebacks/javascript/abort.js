const controller = new AbortController();
async function wait() {
  controller.abort();
  controller.signal.throwIfAborted();
}
wait();
