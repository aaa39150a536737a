// Elastic's ECS format for winston.
const { ecsFormat } = require('@elastic/ecs-winston-format');
const winston = require('winston');
const { pay } = require('./shop');

function checkout(log) {
  log.debug('cache miss', { key: 'user:42' });
  log.info('order placed', { order_id: 4711, amount: 99.5, customer: 'acme', express: true });
  log.warn('retrying payment', { attempt: 2, gateway: { name: 'stripe', timeout_ms: 1500 } });
  try {
    pay();
  } catch (error) {
    log.error('payment failed', { err: error });
  }
  log.info('größe 10 µm “ok”\nsecond line');
}

checkout(winston.createLogger({
  level: 'debug',
  format: ecsFormat({ serviceName: 'checkout', eventDataset: 'checkout' }),
  transports: [new winston.transports.Console()],
}));
