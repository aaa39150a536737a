class PaymentError extends Error {
  constructor(message) {
    super(message);
    this.name = 'PaymentError';
    this.code = 'E_PAY';
    this.details = { order: 7, lines: ['a', 'b'] };
  }
}
class Shop {
  static pay() {
    throw new PaymentError('limit reached');
  }
}
Shop.pay();
