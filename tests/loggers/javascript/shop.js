// The shop whose logs all programs write: a payment that fails two frames deep, with a cause.

class PaymentError extends Error {
  name = 'PaymentError';
}

function connect() {
  throw new Error('gateway unreachable');
}

function charge() {
  try {
    connect();
  } catch (cause) {
    throw new PaymentError('card declined', { cause });
  }
}

function pay() {
  charge();
}

module.exports = { pay };
