// tslog as JSON.
const { Logger } = require('tslog');
const { pay } = require('./shop');

function checkout(log) {
  log.debug('cache miss', { key: 'user:42' });
  log.info('order placed', { order_id: 4711, amount: 99.5, customer: 'acme', express: true });
  log.warn('retrying payment', { attempt: 2, gateway: { name: 'stripe', timeout_ms: 1500 } });
  try {
    pay();
  } catch (error) {
    log.error('payment failed', error);
  }
  log.fatal('out of disk');
  log.info('größe 10 µm “ok”\nsecond line');
}

checkout(new Logger({ name: 'shop.checkout', type: 'json' }));
