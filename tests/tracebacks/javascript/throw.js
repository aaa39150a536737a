function charge(order) {
  throw new Error('card declined');
}
function checkout(order) {
  charge(order);
}
checkout({ id: 7 });
