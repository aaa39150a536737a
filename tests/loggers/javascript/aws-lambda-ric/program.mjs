// The Lambda runtime for Node: its console, in a handler's invocation. The runtime's own client is
// native code; this program stands in for it, and prints what the runtime writes to Lambda, which
// comes in frames of 16 bytes and the message.
import fs from 'node:fs';
import Module, { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { pay } = require('./shop');

const TELEMETRY = '/app/telemetry';
const INVOCATION = {
  'lambda-runtime-aws-request-id': '6f2d6f0e-6d1c-4b2b-9d3a-0d5d8a1c2b3e',
  'lambda-runtime-deadline-ms': String(Date.now() + 60000),
  'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-central-1:123456789012:function:shop',
};

export async function checkout() {
  console.debug('cache miss', { key: 'user:42' });
  console.info({ message: 'order placed', order_id: 4711, amount: 99.5, customer: 'acme', express: true });
  console.warn({ message: 'retrying payment', attempt: 2, gateway: { name: 'stripe', timeout_ms: 1500 } });
  try {
    pay();
  } catch (error) {
    console.error('payment failed', error);
  }
  console.fatal('out of disk');
  console.info('größe 10 µm “ok”\nsecond line');
}

function printTelemetry() {
  const bytes = fs.readFileSync(TELEMETRY);
  for (let at = 0; at < bytes.length; ) {
    const end = at + 16 + bytes.readInt32BE(at + 4);
    process.stdout.write(`${bytes.toString('utf8', at + 16, end).trimEnd()}\n`);
    at = end;
  }
}

fs.writeFileSync('/app/node_modules/aws-lambda-ric/dist/rapid-client.node', '');
Module._extensions['.node'] = (module) => {
  module.exports = {
    initializeClient() {},
    next: () => ({ bodyJson: '{}', headers: INVOCATION }),
    done() {
      printTelemetry();
      process.exit(0);
    },
  };
};
process.env._LAMBDA_TELEMETRY_LOG_FD = String(fs.openSync(TELEMETRY, 'w'));
process.env.AWS_LAMBDA_RUNTIME_API = '127.0.0.1:9001';
process.env.AWS_LAMBDA_LOG_FORMAT = process.argv[2];
const { run } = await import('aws-lambda-ric');
await run(checkout);
