"""Run by `tests/producer.rs`, or by hand: python -m unittest discover tests"""

import collections
import contextlib
import io
import json
import logging
import multiprocessing
import os
import pathlib
import subprocess
import sys
import threading
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import firehose_handler
from firehose_handler import MAX_BATCH_BYTES, MAX_BATCH_RECORDS, MAX_RECORD_BYTES, FirehoseHandler
from stand_in import (StandIn, accept, answer_too_few, cut, cut_after_accepting, fail_some,
                      garbage, refuse, slowly)

os.environ.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test",
                  AWS_DEFAULT_REGION="eu-west-1", AWS_EC2_METADATA_DISABLED="true")
NOBODY = "http://127.0.0.1:9"


class HandlerTest(unittest.TestCase):
    def setUp(self):
        self.fallback = io.StringIO()
        self.log = logging.getLogger(f"test.{self.id()}")
        self.log.setLevel(logging.DEBUG)
        self.log.propagate = False

    def handler(self, url, **options):
        options = {"interval": 0.05, "fallback": self.fallback, **options}
        handler = FirehoseHandler("logs", client_options={"endpoint_url": url}, **options)
        self.log.addHandler(handler)
        self.addCleanup(handler.close)
        return handler

    @contextlib.contextmanager
    def complaints(self):
        """What is written to standard error."""
        with contextlib.redirect_stderr(io.StringIO()) as stderr:
            yield stderr

    def log_numbers(self, count):
        for number in range(count):
            self.log.info("number %d", number)
        return [f"number {number}" for number in range(count)]


class Batches(HandlerTest):
    def test_records_come_in_order_and_in_full_batches(self):
        with StandIn() as stream:
            handler = self.handler(stream.url, interval=30)
            expected = self.log_numbers(1_200)
            handler.flush()
            self.assertEqual(stream.texts(), expected)
            self.assertEqual(max(map(len, stream.batches)), MAX_BATCH_RECORDS)
            self.assertLessEqual(len(stream.batches), 4)

    def test_a_batch_has_at_most_four_mebibytes(self):
        with StandIn() as stream:
            handler = self.handler(stream.url, interval=30)
            for letter in "abcdefghijkl":
                self.log.info(letter * 900_000)
            handler.flush()
            self.assertEqual([text[0] for text in stream.texts()], list("abcdefghijkl"))
            sizes = [sum(map(len, batch)) for batch in stream.batches]
            self.assertLessEqual(max(sizes), MAX_BATCH_BYTES)
            self.assertEqual(len(sizes), 3)

    def test_a_batch_that_is_not_full_goes_after_the_interval(self):
        with StandIn() as stream:
            self.handler(stream.url, interval=0.2)
            self.log.info("alone")
            self.assertTrue(stream.requested.wait(10))


class Faults(HandlerTest):
    def arrives_whole(self, *script, count=100):
        """Logs under the script; what arrived must be what was logged, each once."""
        with StandIn(*script) as stream, self.complaints() as stderr:
            handler = self.handler(stream.url)
            expected = self.log_numbers(count)
            handler.flush()
            self.assertEqual(sorted(stream.texts()), sorted(expected))
            self.assertEqual(self.fallback.getvalue(), "")
            self.assertNotIn("number 7", stderr.getvalue())
            return stream

    def test_entries_that_failed_are_sent_again_alone(self):
        stream = self.arrives_whole(fail_some(True, False, False), fail_some(False, True))
        sizes = [len(batch) for batch in stream.batches]
        self.assertLess(sizes[1], sizes[0])
        self.assertLess(sizes[2], sizes[1])

    def test_throttling_is_waited_for(self):
        self.arrives_whole(refuse("ServiceUnavailableException", 503), refuse("LimitExceeded", 400))

    def test_a_cut_connection_loses_nothing(self):
        self.arrives_whole(cut, cut)

    def test_an_answer_that_makes_no_sense_is_none(self):
        self.arrives_whole(garbage, answer_too_few)

    def test_a_lost_answer_makes_duplicates_and_no_loss(self):
        with StandIn(cut_after_accepting) as stream:
            handler = self.handler(stream.url)
            expected = self.log_numbers(50)
            handler.flush()
            self.assertEqual(set(stream.texts()), set(expected))
            self.assertGreater(len(stream.texts()), len(expected))

    def test_pauses_grow_up_to_a_bound(self):
        # By thread: that of another test may still be at work.
        pauses = collections.defaultdict(list)
        original = firehose_handler.random.uniform
        self.addCleanup(setattr, firehose_handler.random, "uniform", original)
        firehose_handler.random.uniform = (
            lambda low, high: pauses[threading.current_thread()].append(high) or 0.0)
        self.arrives_whole(*[refuse("ServiceUnavailableException", 503)] * 8)
        self.assertIn([0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10], pauses.values())

    def test_logging_does_not_wait_for_the_stream(self):
        with StandIn(rest=slowly(30)) as stream:
            self.handler(stream.url, flush_timeout=0)
            start = time.monotonic()
            self.log_numbers(1_000)
            self.assertLess(time.monotonic() - start, 10)


class Fallback(HandlerTest):
    def test_what_nobody_takes_is_written_to_the_fallback(self):
        with self.complaints() as stderr:
            handler = self.handler(NOBODY, patience=0.3)
            expected = self.log_numbers(20)
            handler.flush()
            self.assertEqual(self.fallback.getvalue().splitlines(), expected)
            self.assertIn("not accepted by the stream (EndpointConnectionError)", stderr.getvalue())
            self.assertNotIn("number", stderr.getvalue())

    def test_a_stream_that_is_away_is_tried_once_for_each_batch_until_it_is_back(self):
        with StandIn(rest=refuse("ResourceNotFoundException", 400)) as stream, self.complaints():
            handler = self.handler(stream.url, patience=3)
            self.log.info("first")
            handler.flush()
            tried = len(stream.batches)
            self.assertGreater(tried, 1)
            self.log.info("second")
            handler.flush()
            self.assertEqual(len(stream.batches), tried + 1)
            self.assertEqual(self.fallback.getvalue().split(), ["first", "second"])
            stream.rest = accept
            self.log.info("third")
            handler.flush()
            self.assertEqual(stream.texts(), ["third"])
            # From then on it is waited for again.
            stream.rest = fail_some(True)
            self.log.info("fourth")
            handler.flush()
            self.assertGreater(len(stream.batches), tried + 3)

    def test_standard_error_is_the_default(self):
        with self.complaints() as stderr:
            handler = self.handler(NOBODY, patience=0, fallback="stderr")
            self.log.info("where to?")
            handler.flush()
            self.assertIn("where to?\n", stderr.getvalue())

    def test_without_a_fallback_what_is_left_is_counted(self):
        with self.complaints() as stderr:
            handler = self.handler(NOBODY, patience=0, fallback=None)
            self.log_numbers(3)
            handler.close()
            self.assertIn("3 records are only with the other handlers", stderr.getvalue())
            self.assertNotIn("number", stderr.getvalue())

    def test_no_fallback_and_no_standard_error_raise_nothing(self):
        handler = self.handler(NOBODY, patience=0, fallback=None)
        with contextlib.redirect_stderr(None):
            self.log.info("nowhere")
            handler.close()


class Bounds(HandlerTest):
    def test_a_full_queue_drops_and_counts(self):
        with StandIn(slowly(0.5)) as stream, self.complaints() as stderr:
            handler = self.handler(stream.url, max_queued=10, interval=0)
            self.log.info("in flight")
            self.assertTrue(stream.requested.wait(10))
            self.log_numbers(30)
            handler.close()
            self.assertEqual(len(stream.accepted), 11)
            complaints = stderr.getvalue().splitlines()
        # The first at once, the others with the end.
        self.assertEqual(complaints, [
            "firehose_handler: 1 records were dropped, because the queue is full",
            "firehose_handler: 19 records were dropped, because the queue is full",
        ])

    def test_the_queue_is_bounded_in_bytes(self):
        with StandIn(slowly(0.5)) as stream, self.complaints():
            handler = self.handler(stream.url, max_queued_bytes=1_000, interval=0)
            self.log.info("in flight")
            self.assertTrue(stream.requested.wait(10))
            for _ in range(5):
                self.log.info("x" * 400)
            handler.close()
            self.assertEqual(len(stream.accepted), 3)

    def test_an_oversize_text_is_cut_between_letters(self):
        with StandIn() as stream:
            handler = self.handler(stream.url)
            self.log.info("é" * MAX_RECORD_BYTES)
            handler.flush()
            [text] = stream.texts()
            self.assertLessEqual(len(text.encode()), MAX_RECORD_BYTES)
            self.assertGreater(len(text.encode()), MAX_RECORD_BYTES - 100)
            self.assertTrue(text.startswith("éé") and text.endswith("é… [truncated]"))

    def test_an_oversize_object_stays_one(self):
        for filler in ["x", "é", "\n", "😀"]:
            document = {"level": "info", "extra": {"list": ["short", filler * 600_000]},
                        "exc_info": filler * 900_000, "number": 7}
            for ascii_only in [True, False]:
                data = json.dumps(document, ensure_ascii=ascii_only).encode()
                short = firehose_handler.shortened(data, MAX_RECORD_BYTES)
                self.assertLessEqual(len(short), MAX_RECORD_BYTES)
                read = json.loads(short)
                self.assertEqual((read["level"], read["number"]), ("info", 7))
                self.assertEqual(read["extra"]["list"][0], "short")
                self.assertTrue(read["exc_info"].endswith("… [truncated]"))

    def test_an_object_without_long_strings_and_one_too_deep_are_cut_as_text(self):
        for data in [json.dumps(dict.fromkeys(map(str, range(200_000)), 7)).encode(), b"[" * 2_000_000]:
            short = firehose_handler.shortened(data, MAX_RECORD_BYTES)
            self.assertLessEqual(len(short), MAX_RECORD_BYTES)
            self.assertTrue(short.decode().endswith("… [truncated]"))


class Manners(HandlerTest):
    def test_what_cannot_be_formatted_raises_nothing_and_shows_nothing(self):
        class Hostile:
            def __str__(self):
                raise ValueError("hunter2")

        with StandIn() as stream, self.complaints() as stderr:
            handler = self.handler(stream.url)
            self.log.info("secret %s %s", "hunter2", Hostile())
            self.log.info("too many %d", "hunter2")
            self.log.info("\ud800 is no letter")
            handler.flush()
            self.assertEqual(stream.texts(), ["\\ud800 is no letter"])
            self.assertNotIn("hunter2", stderr.getvalue())
            self.assertIn("could not be formatted (ValueError)", stderr.getvalue())

    def test_what_boto3_logs_while_sending_is_not_sent(self):
        root = logging.getLogger()
        level = root.level
        self.addCleanup(root.setLevel, level)
        with StandIn() as stream:
            handler = self.handler(stream.url)
            self.addCleanup(root.removeHandler, handler)
            root.addHandler(handler)
            root.setLevel(logging.DEBUG)
            self.log.info("mine")
            handler.flush()
            root.setLevel(level)
            self.assertEqual(stream.texts(), ["mine"])

    def test_flush_and_close_end_in_time(self):
        with StandIn(rest=slowly(4, then=cut)) as stream, self.complaints():
            handler = self.handler(stream.url, flush_timeout=0.3)
            self.log.info("stuck")
            start = time.monotonic()
            handler.close()
            self.assertLess(time.monotonic() - start, 3)
            self.assertEqual(self.fallback.getvalue(), "stuck\n")
            handler._sender.join()
            self.assertEqual(self.fallback.getvalue(), "stuck\n")
            self.log.info("after the end")
            self.assertEqual(self.fallback.getvalue(), "stuck\nafter the end\n")

    def test_many_threads_lose_nothing(self):
        with StandIn() as stream:
            handler = self.handler(stream.url)
            threads = [threading.Thread(target=self.log_numbers, args=(500,)) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            handler.flush()
            self.assertEqual(len(stream.texts()), 4_000)


class Processes(HandlerTest):
    def test_the_end_of_the_process_flushes(self):
        with StandIn() as stream:
            program = ("import logging, firehose_handler as f\n"
                       f"h = f.FirehoseHandler('logs', client_options={{'endpoint_url': {stream.url!r}}})\n"
                       "logging.getLogger().addHandler(h)\n"
                       "[logging.warning('last %d', n) for n in range(700)]\n")
            subprocess.run([sys.executable, "-c", program], cwd=HERE.parent, check=True, timeout=60)
            self.assertEqual(stream.texts(), [f"last {number}" for number in range(700)])

    def test_a_forked_child_sends_its_own_records_and_no_others(self):
        with StandIn() as stream:
            handler = self.handler(stream.url, interval=0.5)
            self.log.info("before")
            child = os.fork()
            if child == 0:
                self.log.info("of the child")
                handler.flush()
                os._exit(0)
            self.assertEqual(os.waitpid(child, 0)[1], 0)
            self.log.info("of the parent")
            handler.flush()
            self.assertEqual(sorted(stream.texts()), ["before", "of the child", "of the parent"])

    def test_a_fork_while_the_lock_is_held_does_not_hang_the_child(self):
        with StandIn() as stream:
            handler = self.handler(stream.url)
            held, let_go = threading.Event(), threading.Event()

            def hold():
                with handler._changed:
                    held.set()
                    let_go.wait()

            threading.Thread(target=hold, daemon=True).start()
            held.wait()
            child = os.fork()
            if child == 0:
                self.log.info("of the child")
                handler.flush()
                os._exit(0)
            ended = time.monotonic() + 20
            while (status := os.waitpid(child, os.WNOHANG))[0] == 0 and time.monotonic() < ended:
                time.sleep(0.05)
            let_go.set()
            if status[0] == 0:
                os.kill(child, 9)
            self.assertEqual(status, (child, 0))
            self.assertEqual(stream.texts(), ["of the child"])

    def test_workers_of_multiprocessing_flush_at_their_end(self):
        with StandIn() as stream:
            self.handler(stream.url, interval=30)
            worker = multiprocessing.get_context("fork").Process(target=self.log_numbers, args=(3,))
            worker.start()
            worker.join(30)
            self.assertEqual(worker.exitcode, 0)
            self.assertEqual(stream.texts(), ["number 0", "number 1", "number 2"])


if __name__ == "__main__":
    unittest.main()
