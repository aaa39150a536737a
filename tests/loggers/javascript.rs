//! Loggers for JavaScript.

use crate::row::{Row, row};

pub(crate) const ROWS: &[Row] = &[
    row("javascript/aws-lambda-ric/3.3.0-JSON"),
    row("javascript/aws-lambda-ric/3.3.0-TEXT"),
    row("javascript/bunyan/1.8.15"),
    row("javascript/bunyan/2.0.5"),
    row("javascript/console/20.20.2"),
    row("javascript/ecs-pino/1.5.0"),
    row("javascript/ecs-winston/1.5.3"),
    row("javascript/log4js/6.9.1-basic"),
    row("javascript/log4js/6.9.1-json"),
    row("javascript/pino/10.4.0"),
    row("javascript/pino/10.4.0-labels"),
    row("javascript/pino/7.11.0"),
    row("javascript/pino/9.14.0"),
    row("javascript/powertools/2.36.0"),
    row("javascript/roarr/7.21.7"),
    row("javascript/tslog/4.9.3"),
    row("javascript/winston/3.19.0-json"),
    row("javascript/winston/3.19.0-logstash"),
    row("javascript/winston/3.19.0-printf"),
    row("javascript/winston/3.19.0-simple"),
];
