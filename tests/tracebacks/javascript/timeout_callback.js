setTimeout(function tick() {
  null.run();
}, 1);
