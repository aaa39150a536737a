// Elastic's ECS format for pino.
const { ecsFormat } = require('@elastic/ecs-pino-format');
const pino = require('pino');
const { pay } = require('./shop');

function checkout(log) {
  log.debug({ key: 'user:42' }, 'cache miss');
  log.info({ order_id: 4711, amount: 99.5, customer: 'acme', express: true }, 'order placed');
  log.warn({ attempt: 2, gateway: { name: 'stripe', timeout_ms: 1500 } }, 'retrying payment');
  try {
    pay();
  } catch (error) {
    log.error({ err: error }, 'payment failed');
  }
  log.fatal('out of disk');
  log.info('größe 10 µm “ok”\nsecond line');
}

const format = ecsFormat({ serviceName: 'checkout', serviceEnvironment: 'production' });
checkout(pino({ ...format, name: 'shop.checkout', level: 'debug' }, pino.destination({ sync: true })));
