const refuse = () => {
  const error = new Error('http2 connections are not supported: use http or https');
  error.code = 'ENOTSUP';
  throw error;
};

module.exports = { connect: refuse, createServer: refuse, createSecureServer: refuse, constants: {}, getDefaultSettings: () => ({}) };
