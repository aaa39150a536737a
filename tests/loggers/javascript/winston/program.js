// winston with the formats that people combine.
const winston = require('winston');
const { pay } = require('./shop');

const { combine, errors, json, label, logstash, printf, simple, timestamp } = winston.format;
const FORMATS = {
  json: combine(errors({ stack: true, cause: true }), timestamp(), json()),
  logstash: combine(errors({ stack: true }), timestamp(), logstash()),
  simple: simple(),
  printf: combine(
    errors({ stack: true }),
    label({ label: 'shop.checkout' }),
    timestamp(),
    printf((log) => `${log.timestamp} [${log.label}] ${log.level}: ${[log.message, log.stack].filter(Boolean).join('\n')}`),
  ),
};

function checkout(log) {
  log.debug('cache miss', { key: 'user:42' });
  log.info('order placed', { order_id: 4711, amount: 99.5, customer: 'acme', express: true });
  log.warn('retrying payment', { attempt: 2, gateway: { name: 'stripe', timeout_ms: 1500 } });
  try {
    pay();
  } catch (error) {
    log.error('payment failed', error);
  }
  log.info('größe 10 µm “ok”\nsecond line');
}

checkout(winston.createLogger({
  level: 'debug',
  format: FORMATS[process.argv[2]],
  defaultMeta: process.argv[2] === 'json' ? { logger: 'shop.checkout' } : undefined,
  transports: [new winston.transports.Console()],
}));
