// log4js with its basic layout, and with log4js-layout-json.
const log4js = require('log4js');
const { pay } = require('./shop');

if (process.argv[2] === 'json') {
  log4js.addLayout('json', require('log4js-layout-json').layout);
}
log4js.configure({
  appenders: { out: { type: 'stdout', layout: { type: process.argv[2] } } },
  categories: { default: { appenders: ['out'], level: 'debug' } },
});

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

checkout(log4js.getLogger('shop.checkout'));
