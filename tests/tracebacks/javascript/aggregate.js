function one() {
  return Promise.reject(new Error('first mirror'));
}
function two() {
  return Promise.reject(new TypeError('second mirror'));
}
Promise.any([one(), two()]).catch((e) => console.error(e));
