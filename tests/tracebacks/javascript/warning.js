function old() {
  process.emitWarning('use pay() now', 'DeprecationWarning', 'DEP_SHOP');
}
old();
