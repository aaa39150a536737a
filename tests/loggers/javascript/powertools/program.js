// Powertools for AWS Lambda, in a handler's invocation.
const { Logger } = require('@aws-lambda-powertools/logger');
const { pay } = require('./shop');

const context = {
  functionName: 'shop',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:shop',
  memoryLimitInMB: '128',
  awsRequestId: '6f2d6f0e-6d1c-4b2b-9d3a-0d5d8a1c2b3e',
};

function checkout(logger) {
  logger.addContext(context);
  logger.debug('cache miss', { key: 'user:42' });
  logger.info('order placed', { order_id: 4711, amount: 99.5, customer: 'acme', express: true });
  logger.warn('retrying payment', { attempt: 2, gateway: { name: 'stripe', timeout_ms: 1500 } });
  try {
    pay();
  } catch (error) {
    logger.error('payment failed', error);
  }
  logger.critical('out of disk');
  logger.info('größe 10 µm “ok”\nsecond line');
}

checkout(new Logger({ serviceName: 'checkout', logLevel: 'DEBUG', environment: 'production' }));
