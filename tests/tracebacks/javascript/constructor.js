class Store {
  constructor(path) {
    if (!path) throw new TypeError('no path');
  }
}
new Store();
