// bunyan with its own serializers.
const bunyan = require('bunyan');
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

checkout(bunyan.createLogger({
  name: 'shop.checkout',
  level: 'debug',
  serializers: bunyan.stdSerializers,
}));
