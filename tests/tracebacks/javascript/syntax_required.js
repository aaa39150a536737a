function load() {
  return require('./syntax.js');
}
load();
