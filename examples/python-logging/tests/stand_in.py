"""A stand-in for Amazon Data Firehose that answers as a script says: for the faults that
`nozzle serve` does not make."""

import base64
import http.server
import json
import threading
import time

CONTENT_TYPE = "application/x-amz-json-1.1"


def accept(records):
    return 200, {"FailedPutCount": 0, "Encrypted": False,
                 "RequestResponses": [{"RecordId": "1"} for _ in records]}, records


def refuse(code, status):
    return lambda records: (status, {"__type": code, "message": "refused"}, [])


def fail_some(*fails):
    """Fails the entries for which `fails`, over and over, says so."""
    def answer(records):
        failing = [fails[number % len(fails)] for number in range(len(records))]
        entries = [{"ErrorCode": "ServiceUnavailableException", "ErrorMessage": "slow down"}
                   if fails else {"RecordId": "1"} for fails in failing]
        accepted = [record for record, fails in zip(records, failing) if not fails]
        return 200, {"FailedPutCount": sum(failing), "RequestResponses": entries}, accepted
    return answer


def slowly(seconds, then=accept):
    def answer(records):
        time.sleep(seconds)
        return then(records)
    return answer


def cut(records):
    return None, None, []


def cut_after_accepting(records):
    return None, None, records


def garbage(records):
    return 200, "no object", []


def answer_too_few(records):
    return 200, {"FailedPutCount": 0, "RequestResponses": []}, []


class StandIn:
    """Follows `script`, a line for each request, and then does `rest`, which may change."""

    def __init__(self, *script, rest=accept):
        stand_in = self
        self.batches, self.accepted, self.rest = [], [], rest
        self.requested = threading.Event()
        script = list(script)

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                records = [base64.b64decode(record["Data"]) for record in body["Records"]]
                stand_in.batches.append(records)
                stand_in.requested.set()
                status, answer, accepted = (script.pop(0) if script else stand_in.rest)(records)
                stand_in.accepted += accepted
                if status is None:
                    self.close_connection = True
                    return
                content = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", CONTENT_TYPE)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def texts(self):
        return [record.decode() for record in self.accepted]
