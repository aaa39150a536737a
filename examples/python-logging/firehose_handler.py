"""A `logging` handler that puts each record into an Amazon Data Firehose delivery stream.

    handler = FirehoseHandler("logs")
    handler.setFormatter(pythonjsonlogger.json.JsonFormatter())
    logging.getLogger().addHandler(handler)

Logging never waits for the network: records go into a bounded queue, and one thread of the handler
sends them in batches. What a stream refuses is sent again, entry by entry. Nothing is raised into
the application; what the handler has to say of itself goes to standard error and names no content
of a record. Delivery is "at least once": a batch whose answer got lost is sent again.

Needs Python 3.9 and boto3. Limits: PutRecordBatch takes 500 records and 4 MiB, a record may have
1,000 KiB (https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html).
"""

import collections
import json
import logging
import multiprocessing.util
import os
import random
import sys
import threading
import time
import weakref

# Not on first use: that may be at the interpreter's end, when its parts cannot be imported.
import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

MAX_BATCH_RECORDS = 500
MAX_BATCH_BYTES = 4 * 1024 * 1024
MAX_RECORD_BYTES = 1000 * 1024
TRUNCATED = "… [truncated]"
SECONDS_BETWEEN_COMPLAINTS = 60
LONGEST_PAUSE = 10


class FirehoseHandler(logging.Handler):
    """Sends formatted records to `stream`.

    `max_queued` records and `max_queued_bytes` wait at most; what comes on top is dropped and
    counted. A batch is sent when it is full or `interval` seconds old. While the stream refuses, a
    batch is tried for `patience` seconds and then written to `fallback`, a text file, standard
    error when it is not given; None for nowhere, as when another handler writes there already.
    `flush()` and the end of the process wait up to `flush_timeout` seconds. `client_options` go to
    boto3's `client("firehose", …)`, such as `endpoint_url`.
    """

    def __init__(self, stream, level=logging.NOTSET, *, max_queued=10_000,
                 max_queued_bytes=64 * 1024 * 1024, interval=1.0, patience=60.0,
                 flush_timeout=10.0, fallback="stderr", client_options=None):
        super().__init__(level)
        self.stream = stream
        self.max_queued, self.max_queued_bytes = max_queued, max_queued_bytes
        self.interval, self.patience, self.flush_timeout = interval, patience, flush_timeout
        self.fallback = fallback
        self.client_options = client_options or {}
        self._start_anew()
        _handlers.add(self)
        # Workers of `multiprocessing` end without `atexit`, and so without `logging.shutdown`.
        multiprocessing.util.register_after_fork(self, _flush_at_the_end_of_a_worker)

    def _start_anew(self):
        """Forgets what another process queued, and its thread, lock and connections."""
        self._changed = threading.Condition()
        self._queue = collections.deque()
        self._queued_bytes = 0
        self._in_flight = []
        self._flush_until = 0.0
        self._closed = False
        self._sender = None
        self._client = None
        self._is_reachable = True
        self._counts = collections.Counter()
        self._complained = {}

    # In the application's threads.

    def emit(self, record):
        # What boto3 logs while it sends would make more to send.
        if threading.current_thread() is self._sender:
            return
        try:
            data = self.format(record).encode("utf-8", "backslashreplace")
            if len(data) > MAX_RECORD_BYTES:
                data = shortened(data, MAX_RECORD_BYTES)
        except Exception as error:
            self._complain(f"records could not be formatted ({type(error).__name__})")
            return
        if data:
            self._enqueue(data)

    def _enqueue(self, data):
        with self._changed:
            is_full = (len(self._queue) >= self.max_queued
                       or self._queued_bytes + len(data) > self.max_queued_bytes)
            if not is_full and not self._closed:
                self._queue.append(data)
                self._queued_bytes += len(data)
                if self._sender is None:
                    self._sender = threading.Thread(
                        target=self._run, name="firehose-handler", daemon=True)
                    try:
                        self._sender.start()
                    except RuntimeError:  # The interpreter is ending: `close` sees to the queue.
                        self._sender = None
                self._changed.notify_all()
                return
        if is_full:
            self._complain("records were dropped, because the queue is full")
        else:
            self._fall_back([data])

    def flush(self):
        """Waits until all that was logged before is sent, for `flush_timeout` seconds at most."""
        if threading.current_thread() is self._sender:
            return
        until = time.monotonic() + self.flush_timeout
        with self._changed:
            self._flush_until = max(self._flush_until, until)
            self._changed.notify_all()
            if self._sender is not None:
                self._changed.wait_for(
                    lambda: not self._queue and not self._in_flight,
                    timeout=self.flush_timeout)
            self._flush_until = 0.0

    def close(self):
        """Flushes, ends the thread, and hands what could not be sent to the fallback."""
        self.flush()
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            left = self._in_flight + list(self._queue)
            self._in_flight, self._queued_bytes = [], 0
            self._queue.clear()
        self._fall_back(left)
        with self._changed:
            complaints = self._counts.items()
            self._counts = collections.Counter()
        for what, count in complaints:
            self._write_to_stderr(what, count)
        super().close()

    # In the handler's thread.

    def _run(self):
        while batch := self._next_batch():
            left = self._send(batch)
            with self._changed:
                # Unless `close` waited no longer, and saw to it.
                left = left if self._in_flight else []
                self._in_flight = []
            self._fall_back(left)
            with self._changed:
                self._changed.notify_all()

    def _next_batch(self):
        """The next records to send; none when the handler is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._queue or self._closed)
            self._changed.wait_for(
                lambda: (len(self._queue) >= MAX_BATCH_RECORDS
                         or self._queued_bytes >= MAX_BATCH_BYTES
                         or self._is_hurried()),
                timeout=self.interval)
            batch, size = [], 0
            while self._queue and len(batch) < MAX_BATCH_RECORDS:
                size += len(self._queue[0])
                if size > MAX_BATCH_BYTES:
                    break
                batch.append(self._queue.popleft())
            self._queued_bytes -= sum(map(len, batch))
            self._in_flight = batch
            return batch

    def _is_hurried(self):
        return self._closed or time.monotonic() < self._flush_until

    def _send(self, batch):
        """Sends until all is accepted or the patience ends; what is left."""
        give_up = time.monotonic() + self.patience
        attempt = 0
        while True:
            refused, why = self._put(batch)
            if not refused:
                self._is_reachable = True
                return []
            # What was accepted in part shows that the stream is there.
            is_progress, batch = len(refused) < len(batch), refused
            attempt = 1 if is_progress else attempt + 1
            pause = random.uniform(0, min(LONGEST_PAUSE, 0.1 * 2 ** attempt))
            if time.monotonic() + pause > give_up or not (self._is_reachable or is_progress):
                self._is_reachable = False
                self._complain(f"records were not accepted by the stream ({why})", len(batch))
                return batch
            with self._changed:
                if self._changed.wait_for(lambda: self._closed, timeout=pause):
                    return batch

    def _put(self, batch):
        """Sends once; the records that were not accepted, and why."""
        try:
            if self._client is None:
                patient = Config(connect_timeout=5, read_timeout=10,
                                 retries={"total_max_attempts": 1})
                options = {"config": patient, **self.client_options}
                self._client = boto3.session.Session().client("firehose", **options)
            answer = self._client.put_record_batch(
                DeliveryStreamName=self.stream, Records=[{"Data": data} for data in batch])
            entries = answer["RequestResponses"]
            if len(entries) != len(batch):
                return batch, "an answer of another length"
        except ClientError as error:
            return batch, error.response.get("Error", {}).get("Code", "ClientError")
        except Exception as error:
            return batch, type(error).__name__
        refused = [(data, entry["ErrorCode"])
                   for data, entry in zip(batch, entries) if entry.get("ErrorCode")]
        return [data for data, _ in refused], refused[-1][1] if refused else None

    # In either.

    def _fall_back(self, batch):
        """Writes records where a person or the container's log finds them."""
        if self.fallback is None:
            if batch:
                self._complain("records are only with the other handlers", len(batch))
            return
        file = sys.stderr if self.fallback == "stderr" else self.fallback
        try:
            for data in batch:
                file.write(data.decode("utf-8", "replace") + "\n")
            if batch:
                file.flush()
        except Exception:
            pass  # There is no other place.

    def _complain(self, what, count=1):
        """Says `what` on standard error with the number of records, at most once in a minute."""
        with self._changed:
            self._counts[what] += count
            now = time.monotonic()
            if now < self._complained.get(what, 0.0):
                return
            self._complained[what] = now + SECONDS_BETWEEN_COMPLAINTS
            count = self._counts.pop(what)
        self._write_to_stderr(what, count)

    @staticmethod
    def _write_to_stderr(what, count):
        try:
            sys.stderr.write(f"firehose_handler: {count} {what}\n")
        except Exception:
            pass  # There is no other place.


def shortened(data, limit):
    """`data` in at most `limit` bytes, with a mark where something is missing. A JSON object stays
    one: its longest strings give way."""
    try:
        document = json.loads(data)
        while len(data) > limit:
            holder, key = max(strings_in(document), key=lambda place: len(place[0][place[1]]))
            text = holder[key]
            kept = len(text) - len(TRUNCATED) - (len(data) - limit) - 8
            if len(text) <= 2 * len(TRUNCATED):
                break
            holder[key] = text[:max(kept, 0)] + TRUNCATED
            data = json.dumps(document).encode()
        if len(data) <= limit:
            return data
    except (ValueError, RecursionError):
        pass
    mark = TRUNCATED.encode()
    return data[:limit - len(mark)].decode("utf-8", "ignore").encode() + mark


def strings_in(value):
    """Where the strings in JSON are: what holds each, and under which key."""
    places = {dict: dict.items, list: enumerate}.get(type(value), lambda _: ())
    for key, inner in places(value):
        if isinstance(inner, str):
            yield value, key
        else:
            yield from strings_in(inner)


def _flush_at_the_end_of_a_worker(handler):
    multiprocessing.util.Finalize(handler, handler.flush, exitpriority=0)


def _start_all_anew():
    for handler in _handlers:
        handler._start_anew()


_handlers = weakref.WeakSet()
if hasattr(os, "register_at_fork"):  # Where there is none, nothing forks.
    os.register_at_fork(after_in_child=_start_all_anew)
