// The function of `apps/hello` as a Fastify handler: what Berth is compared with.
'use strict';

const fastify = require('fastify');

const server = fastify();
server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));
server.post('/hello', async (request) => ({ message: 'hello', length: request.body.length }));

server.listen({ host: '127.0.0.1', port: 0 }).then(() => {
  console.log(`listening ${server.server.address().port} /hello Fastify ${server.version}, Node ${process.version}`);
});
