structuredClone({ f() {} });
