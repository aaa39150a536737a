class Cart {
  #sum() { throw new Error('private'); }
  get total() { return this.#sum(); }
  static of() { return new Cart(); }
}
console.log(Cart.of().total);
