"""What Lambda does for a function of Python whose log format is JSON: its own client.

Lambda takes each message as one log; here a line break stands for that.
"""

import logging

from awslambdaric import bootstrap
from awslambdaric.lambda_runtime_log_utils import LogFormat

import shop


class Lines(bootstrap.StandardLogSink):
    def log(self, msg, frame_type=None):
        super().log(msg.removesuffix("\n") + "\n", frame_type)


bootstrap._setup_logging(LogFormat.JSON, "DEBUG", Lines())
bootstrap._GLOBAL_AWS_REQUEST_ID = "8286a188-ba32-4475-8077-530cd35c09a9"
shop.checkout(logging.getLogger("shop.checkout"))
