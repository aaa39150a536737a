"""Powertools for AWS Lambda."""

from aws_lambda_powertools import Logger

import shop_keywords

shop_keywords.checkout(Logger(service="shop", name="shop.checkout", level="DEBUG"))
