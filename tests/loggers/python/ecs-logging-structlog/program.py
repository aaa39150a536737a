"""ecs-logging behind structlog."""

import ecs_logging
import structlog

import shop_keywords

structlog.configure(
    processors=[structlog.processors.format_exc_info, ecs_logging.StructlogFormatter()],
)
shop_keywords.checkout(structlog.get_logger().bind(**{"log.logger": "shop.checkout"}))
