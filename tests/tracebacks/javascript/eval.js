function run(code) {
  return eval(code);
}
run('throw new Error("from eval")');
