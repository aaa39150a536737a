"""ecs-logging, the logger of Elastic."""

import logging

import ecs_logging

import shop

handler = logging.StreamHandler()
handler.setFormatter(ecs_logging.StdlibFormatter())
logging.basicConfig(level=logging.DEBUG, handlers=[handler])
shop.checkout(logging.getLogger("shop.checkout"))
