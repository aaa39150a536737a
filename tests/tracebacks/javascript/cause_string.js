throw new Error('cannot start', { cause: 'no disk' });
