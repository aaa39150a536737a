"""What Lambda does for a function of Python, in the log format that is its argument.

The client is Lambda's own. Lambda takes each message as one log; here a line break stands for that.
"""

import logging
import sys

from awslambdaric import bootstrap
from awslambdaric.lambda_runtime_log_utils import LogFormat

import shop


class Lines(bootstrap.StandardLogSink):
    def log(self, msg, frame_type=None):
        super().log(msg.removesuffix("\n") + "\n", frame_type)


bootstrap._setup_logging(LogFormat.from_str(sys.argv[1]), "DEBUG", Lines())
bootstrap._GLOBAL_AWS_REQUEST_ID = "8286a188-ba32-4475-8077-530cd35c09a9"
shop.checkout(logging.getLogger("shop.checkout"))
