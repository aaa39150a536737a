function connect() {
  const e = new Error('connect ECONNREFUSED');
  e.code = 'ECONNREFUSED';
  throw e;
}
function query() {
  try {
    connect();
  } catch (err) {
    throw new Error('query failed', { cause: err });
  }
}
function handler() {
  try {
    query();
  } catch (err) {
    throw new TypeError('no answer', { cause: err });
  }
}
handler();
