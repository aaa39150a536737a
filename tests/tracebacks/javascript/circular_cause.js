const e = new Error('loop');
e.cause = e;
throw e;
