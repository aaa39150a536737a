const { Worker } = require('node:worker_threads');
new Worker('function job() { throw new Error("in worker"); } job();', { eval: true });
