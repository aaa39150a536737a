function each(n) {
  throw new RangeError('bad ' + n);
}
[1, 2].map(each);
