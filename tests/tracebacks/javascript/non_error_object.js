throw { code: 7, reason: 'none' };
