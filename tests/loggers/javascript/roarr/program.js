// roarr, whose context names the package and the place.
const { Roarr, ROARR } = require('roarr');
const { serializeError } = require('serialize-error');
const { pay } = require('./shop');

ROARR.write = (line) => process.stdout.write(`${line}\n`);

function checkout(log) {
  log.debug({ key: 'user:42' }, 'cache miss');
  log.info({ order_id: 4711, amount: 99.5, customer: 'acme', express: true }, 'order placed');
  log.warn({ attempt: 2, gateway: { name: 'stripe', timeout_ms: 1500 } }, 'retrying payment');
  try {
    pay();
  } catch (error) {
    log.error({ error: serializeError(error) }, 'payment failed');
  }
  log.fatal('out of disk');
  log.info('größe 10 µm “ok”\nsecond line');
}

checkout(Roarr.child({ package: 'shop', logger: 'shop.checkout' }));
