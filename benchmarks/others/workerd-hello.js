// The function of `apps/hello` as a worker of workerd: what Berth is compared with.
export default {
  async fetch(request) {
    const body = await request.text();
    return new Response(JSON.stringify({ message: 'hello', length: body.length }), {
      headers: { 'Content-Type': 'application/json' },
    });
  },
};
