// pino as it is, and with what its documentation shows for log collectors: ISO times, level names,
// and neither process nor host.
const pino = require('pino');
const { pay } = require('./shop');

const LABELS = {
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  base: {},
  messageKey: 'message',
  errorKey: 'error',
};

function checkout(log) {
  log.debug({ key: 'user:42' }, 'cache miss');
  log.info({ order_id: 4711, amount: 99.5, customer: 'acme', express: true }, 'order placed');
  log.warn({ attempt: 2, gateway: { name: 'stripe', timeout_ms: 1500 } }, 'retrying payment');
  try {
    pay();
  } catch (error) {
    log.error(error, 'payment failed');
  }
  log.fatal('out of disk');
  log.info('größe 10 µm “ok”\nsecond line');
}

const options = process.argv[2] === 'labels' ? LABELS : {};
checkout(pino({ ...options, name: 'shop.checkout', level: 'debug' }, pino.destination({ sync: true })));
