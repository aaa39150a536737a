class StockError extends Error {}
function take() {
  throw new StockError('out of stock');
}
take();
