// Node's own console.
const { pay } = require('./shop');

function checkout() {
  console.debug('cache miss', { key: 'user:42' });
  console.info('order placed', { order_id: 4711, amount: 99.5, customer: 'acme', express: true });
  console.warn('retrying payment', { attempt: 2, gateway: { name: 'stripe', timeout_ms: 1500 } });
  try {
    pay();
  } catch (error) {
    console.error('payment failed', error);
  }
  console.info('größe 10 µm “ok”\nsecond line');
}

checkout();
