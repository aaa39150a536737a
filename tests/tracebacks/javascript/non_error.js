function fail() {
  throw 'disk full';
}
fail();
