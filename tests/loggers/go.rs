//! Loggers for Go.

use crate::row::{Row, row};

pub(crate) const ROWS: &[Row] = &[
    row("go/apex/1.9.0-json"),
    row("go/apex/1.9.0-logfmt"),
    row("go/aws-lambda-go/1.55.1-json"),
    row("go/aws-lambda-go/1.55.1-text"),
    row("go/ecszerolog/0.2.0"),
    row("go/glog/1.2.5"),
    row("go/go-kit/0.2.1-json"),
    row("go/go-kit/0.2.1-logfmt"),
    row("go/hclog/1.6.3-json"),
    row("go/hclog/1.6.3-text"),
    row("go/klog/2.140.0"),
    row("go/log/1.26.8"),
    row("go/logrus/1.10.2-caller"),
    row("go/logrus/1.10.2-json"),
    row("go/logrus/1.10.2-text"),
    row("go/slog/1.26.8-json"),
    row("go/slog/1.26.8-text"),
    row("go/zap/1.28.0-development"),
    row("go/zap/1.28.0-production"),
    row("go/zap/1.28.0-sugared"),
    row("go/zerolog/1.35.1-console"),
    row("go/zerolog/1.35.1-json"),
    row("go/zerolog/1.35.1-stack"),
];
